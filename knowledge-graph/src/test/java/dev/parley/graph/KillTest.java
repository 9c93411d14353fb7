package dev.parley.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writing process is killed at random; what is found afterwards is exactly what its place says.
 */
class KillTest {
  @TempDir Path folder;

  @Test
  void a_kill_loses_nothing_acknowledged_and_leaves_nothing_half_written() throws Exception {
    var random = new Random(7);
    for (int kill = 0; kill < 5; kill++) {
      long acknowledged = writeAndKill(2 + random.nextInt(20));
      try (var graph = new TdbKnowledge(folder, Clock.systemUTC())) {
        long place = graph.recorded("acme");
        assertThat(place).isBetween(acknowledged, acknowledged + 1);
        assertThat(lines(graph)).isEqualTo(expected(place));
      }
    }
  }

  @Test
  void a_folder_that_can_not_be_opened_is_thrown_away_and_starts_at_zero() throws IOException {
    Path tenant = Files.createDirectories(folder.resolve("acme"));
    try (var graph = new TdbKnowledge(folder, Clock.systemUTC())) {
      graph.record("acme", 5, Child.pages(5));
    }
    try (var files = Files.walk(tenant)) {
      files
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  file.toString().endsWith(".dat")
                      || file.toString().endsWith(".idn")
                      || file.toString().endsWith(".bpt"))
          .forEach(KillTest::spoil);
    }
    try (var graph = new TdbKnowledge(folder, Clock.systemUTC())) {
      assertThat(graph.recorded("acme")).isZero();
      graph.record("acme", 6, Child.pages(6));
      assertThat(lines(graph)).hasSize(40);
    }
  }

  private static void spoil(Path file) {
    try {
      byte[] noise = new byte[(int) Math.min(Files.size(file), 64 << 10)];
      new Random(1).nextBytes(noise);
      Files.write(file, noise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for so many acknowledgements, kills, and gives the last one. */
  private long writeAndKill(int acknowledgements) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long last = -1;
    try (var out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i <= acknowledgements; i++) {
        last = Long.parseLong(out.readLine());
      }
      // The handle kills and leaves what was said before to be read.
      child.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.matches("\\d+") ? Long.parseLong(line) : last;
      }
    }
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return last;
  }

  private static List<String> lines(TdbKnowledge graph) {
    var lines = new ArrayList<String>();
    graph.export("acme", lines::add);
    return lines.stream().sorted().toList();
  }

  private static List<String> expected(long place) {
    var lines = new TreeSet<String>();
    for (long next = 1; next <= place; next++) {
      long one = next;
      var pages = Child.pages(one);
      (one == place ? pages : pages.subList(0, 1))
          .forEach(
              page ->
                  page.triples()
                      .forEach(
                          triple ->
                              lines.add(
                                  "<"
                                      + triple.subject().iri()
                                      + "> <"
                                      + triple.predicate().iri()
                                      + "> \"at "
                                      + one
                                      + "\" <"
                                      + page.graph().iri()
                                      + "> .")));
    }
    return List.copyOf(lines);
  }
}
