package dev.parley.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Json;
import dev.parley.provider.sandbox.SandboxMain;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random points of real runs against clouds that live on in a process of their
 * own. 100 kills; {@code -Dcrash.kills=1000} for more, {@code -Dcrash.seed=} to repeat a series.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("crash.kills", 100);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
  private static final String ACK = "ACK ";
  private static final String HAS = "HAS ";
  private final List<Process> started = new ArrayList<>();
  @TempDir Path folder;

  @Test
  void whatever_moment_it_is_killed_at_nothing_acknowledged_is_lost_and_nothing_is_made_twice()
      throws Exception {
    URI cloud = cloud();
    Path settings = Files.writeString(folder.resolve("parley.yaml"), settings(cloud));
    var random = new Random(SEED);
    Set<String> acknowledged = new TreeSet<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      Child child = child(settings);
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
    Child last = child(settings, "finish");
    List<String> lines = last.waitsFor("DONE", acknowledged);
    assertThat(last.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.process.exitValue()).isZero();

    var has =
        lines.stream()
            .filter(line -> line.startsWith(HAS))
            .map(line -> line.substring(HAS.length()))
            .toList();
    long runs = has.stream().filter(line -> line.startsWith("run ")).count();
    System.out.printf(
        "crash test: seed %d, %d kills, %d acknowledged, %d runs of %d resources%n",
        SEED, KILLS, acknowledged.size(), runs, CrashChild.RESOURCES);
    assertThat(runs).as("runs, or the test has shown nothing").isGreaterThan(KILLS / 20);
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
        .allMatch(line -> line.endsWith(" SUCCEEDED"));
    assertThat(resources(cloud))
        .as("resources in the cloud, seed %d", SEED)
        .isEqualTo(runs * CrashChild.RESOURCES);
    assertThat(has)
        .contains(
            "tracked " + runs * CrashChild.RESOURCES,
            "graph " + runs * CrashChild.RESOURCES,
            "audit intact");
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  private URI cloud() throws IOException {
    Path settings = Files.writeString(folder.resolve("cloud.yaml"), "latency: 0.02\n");
    Process process =
        java(
            SandboxMain.class.getName(),
            folder.resolve("cloud").toString(),
            "0",
            settings.toString());
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return URI.create(out.readLine().strip());
  }

  private static String settings(URI cloud) {
    return """
    tenants:
      demo:
        currency: USD
        users:
          ann: {roles: [viewer, operator], people: ["console::ann"]}
          bob: {roles: [viewer, approver, admin], teams: [security, finops, sre], people: ["console::bob"]}
        accounts:
          aws-dev:
            provider: sandbox
            family: aws
            region: eu-west-1
            environment: development
            tags: {cost-center: "1"}
            settings: {endpoint: "%s"}
    """
        .formatted(cloud);
  }

  private static long resources(URI cloud) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(cloud.resolve("/admin")).GET().build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return sum(((Fields) Json.parse(body)).fieldsAt("resources"));
    }
  }

  private static long sum(Fields counts) {
    return counts.fields().values().stream()
        .mapToLong(
            value ->
                switch (value) {
                  case Value.Num(var number) -> number.longValueExact();
                  case Fields below -> sum(below);
                  default -> 0;
                })
        .sum();
  }

  private Child child(Path settings, String... more) throws IOException {
    var arguments =
        new ArrayList<>(List.of(folder.resolve("data").toString(), settings.toString()));
    arguments.addAll(List.of(more));
    return new Child(java(CrashChild.class.getName(), arguments.toArray(String[]::new)));
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
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
