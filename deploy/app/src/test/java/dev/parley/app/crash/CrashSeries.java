package dev.parley.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A series of kills: the whole program is started on the same folder, killed at a random point of a
 * real run, started again. In the end it may finish, and then nothing that was acknowledged may be
 * missing, and the cloud must hold what the runs say and nothing more.
 */
final class CrashSeries implements AutoCloseable {
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final String ACK = "ACK ";
  private static final String HAS = "HAS ";
  private final List<Process> started = new ArrayList<>();
  private final Path folder;
  private final Map<String, String> environment;

  /**
   * In a folder.
   *
   * @param environment what the programs find in their environment beside the usual
   */
  CrashSeries(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** How many kills, if nobody says otherwise by {@code -Dcrash.kills}. */
  static int kills(int usual) {
    return Integer.getInteger("crash.kills", usual);
  }

  /**
   * Kills so many times, lets it finish, and checks.
   *
   * @param settings the configuration's file; its first tenant has the users ann and bob
   * @param resources how many each plan makes
   * @return how many resources there must be
   */
  long run(Path settings, int kills, int resources) throws IOException, InterruptedException {
    var random = new Random(SEED);
    Set<String> acknowledged = new TreeSet<>();
    for (int kill = 1; kill <= kills; kill++) {
      Child child = child(settings, resources);
      boolean early = random.nextInt(5) == 0;
      if (early) {
        child.reads(random.nextInt(1500), acknowledged);
      } else {
        child.waitsFor("READY", acknowledged);
        child.hears(random.nextInt(4), acknowledged);
        child.reads(random.nextInt(400), acknowledged);
      }
      child.process.destroyForcibly().waitFor();
      child.rest(acknowledged);
    }
    Child last = child(settings, resources, "finish");
    List<String> lines = last.waitsFor("DONE", acknowledged);
    assertThat(last.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.process.exitValue()).isZero();
    return check(kills, resources, acknowledged, lines);
  }

  private static long check(
      int kills, int resources, Set<String> acknowledged, List<String> lines) {
    var has =
        lines.stream()
            .filter(line -> line.startsWith(HAS))
            .map(line -> line.substring(HAS.length()))
            .toList();
    long runs = has.stream().filter(line -> line.startsWith("run ")).count();
    System.out.printf(
        "crash test: seed %d, %d kills, %d acknowledged, %d runs of %d resources%n",
        SEED, kills, acknowledged.size(), runs, resources);
    assertThat(runs * resources)
        .as("resources, or the test has shown nothing")
        .isGreaterThan(kills / 4);
    for (String line : acknowledged) {
      if (line.startsWith("run ") || line.startsWith("proposal ")) {
        assertThat(has).as("seed %d", SEED).contains(line);
      } else {
        assertThat(has)
            .as("seed %d", SEED)
            .contains("receipt " + line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    assertThat(has)
        .filteredOn(line -> line.startsWith("run "))
        .as("seed %d", SEED)
        .allMatch(line -> line.endsWith(" SUCCEEDED"));
    assertThat(has)
        .as("seed %d", SEED)
        .contains("tracked " + runs * resources, "graph " + runs * resources, "audit intact");
    return runs * resources;
  }

  /** Says with which seed this can be played again. */
  static String seed() {
    return "seed " + SEED;
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }

  private Child child(Path settings, int resources, String... more) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                folder.resolve("data").toString(),
                settings.toString(),
                Integer.toString(resources)));
    arguments.addAll(List.of(more));
    return new Child(java(CrashChild.class.getName(), arguments.toArray(String[]::new)));
  }

  /** Starts a program of this class path beside the series; it ends with it. */
  BufferedReader beside(Class<?> main, String... arguments) throws IOException {
    Process process = java(main.getName(), arguments);
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Process java(String main, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** A child and what it has said. */
  private static final class Child {
    private static final String END = "(end)";
    private final Process process;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    Child(Process process) {
      this.process = process;
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      try (var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          said.add(line);
        }
      } catch (IOException e) {
        // the child is gone
      }
      said.add(END);
    }

    List<String> waitsFor(String wanted, Set<String> acknowledged) throws InterruptedException {
      var lines = new ArrayList<String>();
      for (String line = said.poll(120, TimeUnit.SECONDS);
          ;
          line = said.poll(120, TimeUnit.SECONDS)) {
        assertThat(line)
            .as("seed %d: the child said so far %s", SEED, lines)
            .isNotNull()
            .isNotEqualTo(END);
        lines.add(line);
        note(line, acknowledged);
        if (line.equals(wanted)) {
          return lines;
        }
      }
    }

    void hears(int acknowledgements, Set<String> acknowledged) throws InterruptedException {
      for (int left = acknowledgements; left > 0; ) {
        String line = said.poll(120, TimeUnit.SECONDS);
        assertThat(line).as("seed %d", SEED).isNotNull().isNotEqualTo(END);
        note(line, acknowledged);
        left -= line.startsWith(ACK) ? 1 : 0;
      }
    }

    void reads(long millis, Set<String> acknowledged) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        String line = said.poll(left, TimeUnit.NANOSECONDS);
        if (line != null) {
          note(line, acknowledged);
        }
      }
    }

    void rest(Set<String> acknowledged) throws InterruptedException {
      for (String line = said.poll(30, TimeUnit.SECONDS);
          line != null && !line.equals(END);
          line = said.poll(30, TimeUnit.SECONDS)) {
        note(line, acknowledged);
      }
    }

    private static void note(String line, Set<String> acknowledged) {
      if (line.startsWith(ACK)) {
        acknowledged.add(line.substring(ACK.length()));
      }
    }
  }
}
