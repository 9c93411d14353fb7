package dev.parley.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests, follow-ups and questions, each with what is expected of it. */
class CorpusTest {
  private static final OfflinePlanner PLANNER = new OfflinePlanner();

  static Stream<Corpus.Entry> entries() {
    return Stream.of("requests.yaml", "follow-ups.yaml", "questions.yaml")
        .flatMap(file -> Corpus.read(file).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void a_message_is_read_as_expected(Corpus.Entry entry) {
    assertThat(entry.expectation().isEmpty()).isFalse();
    var reading = entry.read(PLANNER);
    assertThat(entry.expectation().differences(reading))
        .as("%s read as %s", entry, reading)
        .isEmpty();
  }

  @Test
  void the_corpus_is_large_and_says_nothing_twice() {
    List<String> all = entries().map(entry -> entry.world() + ": " + entry.says()).toList();
    assertThat(all).hasSizeGreaterThan(150).doesNotHaveDuplicates();
  }
}
