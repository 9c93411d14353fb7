package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.testkit.JournalContract;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest extends JournalContract {
  @TempDir Path folder;

  @Override
  protected Journal open(Clock clock) {
    return FileJournal.open(folder, clock);
  }

  @Override
  protected boolean durable() {
    return true;
  }

  @Test
  void every_line_of_the_file_is_one_entry_in_json() throws Exception {
    try (Journal journal = open(clock)) {
      journal.append(List.of(fresh("run/r-1", 7), fresh("run/r-1", 8)));
    }
    String file =
        Files.readString(
            folder.resolve("0000000000000000001.journal"),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(file)
        .contains(
            "{\"sequence\":1,\"at\":\"2026-01-05T09:00:00.000000001Z\",\"tenant\":\"acme\",\"stream\":\"run/r-1\",\"kind\":\"Counted\",\"version\":1,\"body\":{\"number\":7}}\n"
                + "{\"sequence\":2,");
  }

  @Test
  void a_long_journal_is_read_back_from_its_files() {
    Fields long1 = Fields.of("text", Value.text("x".repeat(3000)));
    var fresh = new Entry.Fresh("acme", "s", "Said", 1, long1);
    try (Journal journal = open(clock)) {
      IntStream.range(0, 300)
          .forEach(i -> journal.append(List.of(fresh, fresh("s", i), fresh, fresh, fresh, fresh)));
      assertThat(all(journal)).hasSize(1800);
      assertThat(all(journal).get(1).body()).isEqualTo(fresh("s", 0).body());
      assertThat(((FileJournal) journal).entry(602).orElseThrow().body())
          .isEqualTo(fresh("s", 100).body());
      assertThat(((FileJournal) journal).entry(0)).isEmpty();
      assertThat(((FileJournal) journal).entry(1801)).isEmpty();
    }
  }

  @Test
  void an_append_larger_than_a_segment_gets_a_segment_of_its_own() {
    try (Journal journal = FileJournal.open(folder, clock, 500)) {
      var big = IntStream.range(0, 50).mapToObj(i -> fresh("big", i)).toList();
      journal.append(List.of(fresh("s", 1)));
      journal.append(big);
      journal.append(List.of(fresh("s", 2)));
    }
    try (Journal journal = FileJournal.open(folder, clock, 500)) {
      assertThat(all(journal)).hasSize(52);
      assertThat(journal.check().detail()).contains("files: 3");
    }
  }

  @Test
  void a_body_that_would_be_read_back_as_a_reference_is_refused() {
    try (Journal journal = open(clock)) {
      var body = Fields.of("$secret", Value.text("env:X"));
      assertThatThrownBy(() -> journal.append(List.of(new Entry.Fresh("acme", "s", "k", 1, body))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(journal.last()).isZero();
    }
  }
}
