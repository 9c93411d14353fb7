package dev.parley.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.knowledge.Ask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies while TDB writes its own transaction log leaves the beginning of an entry.
 */
class TornTransactionTest {
  private static final Ask COUNT =
      new Ask.Sparql("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", Optional.empty());

  @TempDir Path folder;

  @Test
  void a_graph_with_half_an_entry_opens_and_goes_on() throws IOException {
    for (int length : List.of(24, 8, 1_000_000, 24, 8, 1_000_000)) {
      ask();
      Path log;
      try (Stream<Path> files = Files.walk(folder)) {
        log =
            files
                .filter(file -> file.getFileName().toString().equals("journal.jrnl"))
                .findFirst()
                .orElseThrow();
      }
      Files.write(
          log, ByteBuffer.allocate(16).putInt(length).putInt(7).putInt(1).putInt(1).array());
      ask();
      ask();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).hasSize(1);
      }
    }
  }

  private void ask() {
    try (var knowledge = new TdbKnowledge(folder, Clock.systemUTC())) {
      assertThat(knowledge.ask("demo", COUNT).rows()).hasSize(1);
      assertThat(knowledge.check().ok()).isTrue();
    }
  }
}
