package dev.parley.benchmarks;

import dev.parley.app.Parley;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code parley start} in a process of its own, until it is closed. */
final class Program implements AutoCloseable {
  private final Process process;

  /** Starts it, and returns when it says that it is ready. */
  Program(Path folder, String configuration, Map<String, String> environment) {
    try {
      Path file = Files.writeString(folder.resolve("parley.yaml"), configuration);
      var builder =
          new ProcessBuilder(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + System.getProperty("parley.heap", "1500m"),
                  System.getProperty("parley.jvm", "-XX:+UseSerialGC"),
                  "-Xss1m",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Parley.class.getName(),
                  "start",
                  "--config",
                  file.toString()));
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      process = builder.start();
      ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready() throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("Parley is ready")) {
        return;
      }
    }
    throw new IllegalStateException("the program ended before it was ready");
  }

  /** Processor time that it has used, in seconds. */
  double processor() {
    return process.toHandle().info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
