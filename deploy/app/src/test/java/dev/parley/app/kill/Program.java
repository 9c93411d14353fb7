package dev.parley.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.Parley;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole program in a process of its own, which can be killed and started anew. */
final class Program implements AutoCloseable {
  private final List<String> command;
  private final Map<String, String> environment;
  private Process process;

  private Program(List<String> command, Map<String, String> environment) {
    this.command = command;
    this.environment = environment;
  }

  /** {@code parley start}, not started yet. */
  static Program parley(Path configuration, Map<String, String> secrets) {
    return new Program(
        java(Parley.class, List.of("start", "--config", configuration.toString())), secrets);
  }

  /** Any other program of this class path. */
  static Program of(Class<?> main, String... arguments) {
    return new Program(java(main, List.of(arguments)), Map.of());
  }

  private static List<String> java(Class<?> main, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xss1m",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** Starts it; gives its first line. */
  String start() throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).as("the program's first line").isNotNull();
    return line;
  }

  /** Starts it and does not wait. */
  void launch() throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    process = builder.start();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
