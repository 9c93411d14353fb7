package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A torn end is cut off and said; anything else that is broken stops the journal, unchanged. */
class DamageTest {
  private static final String FIRST = "0000000000000000001.journal";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private int opens;

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void begin() {
    folder = root.resolve("journal");
  }

  @Test
  void a_last_append_cut_at_any_byte_is_taken_off_whole_and_said() throws Exception {
    byte[] before = killedAfter(3);
    byte[] whole = killedAfter(4);
    for (int length = before.length; length < whole.length; length++) {
      try (Journal journal = reopened(Arrays.copyOf(whole, length))) {
        assertThat(entries(journal)).hasSize(6);
        if (length > before.length) {
          assertThat(journal.check().detail())
              .contains("cut " + (length - before.length) + " bytes", "never acknowledged");
        }
        assertThat(journal.append(List.of(fresh(99))).getFirst().sequence()).isEqualTo(7);
      }
    }
    try (Journal journal = reopened(whole)) {
      assertThat(entries(journal)).hasSize(8);
      assertThat(journal.check().detail()).doesNotContain("cut");
    }
  }

  @Test
  void rubbish_behind_the_last_append_is_taken_off() throws Exception {
    byte[] whole = killedAfter(3);
    for (byte filler : new byte[] {0, -1, 'x'}) {
      byte[] longer = Arrays.copyOf(whole, whole.length + 5000);
      Arrays.fill(longer, whole.length, longer.length, filler);
      try (Journal journal = reopened(longer)) {
        assertThat(entries(journal)).hasSize(6);
      }
    }
  }

  @Test
  void a_bit_flipped_before_the_last_append_stops_it_naming_file_and_byte() throws Exception {
    byte[] protectedPart = killedAfter(3);
    byte[] whole = killedAfter(4);
    for (int at = 0; at < protectedPart.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      assertStops(flipped, at);
    }
  }

  @Test
  void after_a_proper_close_a_bit_flipped_in_the_last_append_stops_it_too() throws Exception {
    byte[] appended = killedAfter(4);
    byte[] closed = closedAfter(4);
    for (int at = 0; at < appended.length; at++) {
      byte[] flipped = closed.clone();
      flipped[at] ^= 64;
      assertStops(flipped, at);
    }
  }

  @Test
  void after_an_opening_what_a_kill_left_is_protected_too() throws Exception {
    byte[] killed = killedAfter(4);
    byte[] opened;
    try (Journal journal = reopened(killed)) {
      opened = Files.readAllBytes(folder.resolve(FIRST));
      assertThat(entries(journal)).hasSize(8);
    }
    opened[killed.length - 3] ^= 1;
    assertStops(opened, killed.length - 3);
  }

  @Test
  void an_earlier_file_that_is_damaged_short_or_missing_stops_it() throws Exception {
    var contents = manyFiles();
    List<String> names = List.copyOf(contents.keySet());
    assertThat(names).hasSizeGreaterThan(4);
    String second = names.get(1);
    byte[] good = contents.get(second);

    byte[] flipped = good.clone();
    flipped[good.length - 1] ^= 1;
    assertStops(with(contents, second, flipped), second + " is damaged at byte");
    assertStops(
        with(contents, second, Arrays.copyOf(good, good.length - 1)), second + " is damaged");
    assertStops(
        with(contents, second, new byte[0]), "the file that begins with entry 3 is missing");
    var without = new TreeMap<>(contents);
    without.remove(second);
    assertStops(without, "the file that begins with entry 3 is missing");
    without = new TreeMap<>(contents);
    without.remove(FIRST);
    assertStops(without, "the file that begins with entry 1 is missing");
    assertStops(with(contents, second, contents.get(names.get(2))), "out of order");
  }

  @Test
  void damage_that_comes_while_it_is_open_is_found_when_it_is_read() throws Exception {
    var fresh =
        new Entry.Fresh("acme", "s", "Said", 1, Fields.of("t", Value.text("x".repeat(2000))));
    try (Journal journal = FileJournal.open(folder, clock)) {
      for (int i = 0; i < 3000; i++) {
        journal.append(List.of(fresh, fresh));
      }
      byte[] content = Files.readAllBytes(folder.resolve(FIRST));
      content[700] ^= 1;
      Files.write(folder.resolve(FIRST), content);
      assertThatThrownBy(() -> entries(journal))
          .isInstanceOf(JournalFailed.class)
          .hasMessageContaining(FIRST);
    }
  }

  private void assertStops(byte[] content, int flippedAt) throws IOException {
    var contents = new TreeMap<String, byte[]>();
    contents.put(FIRST, content);
    String message = assertStops(contents, FIRST + " is damaged at byte ");
    long named = Long.parseLong(message.replaceAll("(?s).*at byte (\\d+),.*", "$1"));
    assertThat(named).isLessThanOrEqualTo(flippedAt);
  }

  private String assertStops(TreeMap<String, byte[]> contents, String message) throws IOException {
    write(contents);
    var thrown =
        org.assertj.core.api.Assertions.catchThrowable(() -> FileJournal.open(folder, clock));
    assertThat(thrown).isInstanceOf(JournalFailed.class).hasMessageContaining(message);
    for (var file : contents.entrySet()) {
      assertThat(Files.readAllBytes(folder.resolve(file.getKey()))).isEqualTo(file.getValue());
    }
    return thrown.getMessage();
  }

  /** The file as a kill leaves it after so many appends of two entries. */
  private byte[] killedAfter(int appends) throws IOException {
    try (Journal journal = FileJournal.open(root.resolve("made-" + opens++), clock)) {
      append(journal, appends);
      return Files.readAllBytes(root.resolve("made-" + (opens - 1)).resolve(FIRST));
    }
  }

  private byte[] closedAfter(int appends) throws IOException {
    Path made = root.resolve("made-" + opens++);
    try (Journal journal = FileJournal.open(made, clock)) {
      append(journal, appends);
    }
    return Files.readAllBytes(made.resolve(FIRST));
  }

  private TreeMap<String, byte[]> manyFiles() throws IOException {
    Path made = root.resolve("made-" + opens++);
    try (Journal journal = FileJournal.open(made, clock, 300)) {
      append(journal, 6);
    }
    var contents = new TreeMap<String, byte[]>();
    for (String file : new FolderDisk(made).files()) {
      if (Segment.isOne(file)) {
        contents.put(file, Files.readAllBytes(made.resolve(file)));
      }
    }
    return contents;
  }

  private Journal reopened(byte[] content) throws IOException {
    var contents = new TreeMap<String, byte[]>();
    contents.put(FIRST, content);
    write(contents);
    return FileJournal.open(folder, clock);
  }

  private void write(TreeMap<String, byte[]> contents) throws IOException {
    Files.createDirectories(folder);
    for (String file : new FolderDisk(folder).files()) {
      Files.delete(folder.resolve(file));
    }
    for (var file : contents.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static TreeMap<String, byte[]> with(
      TreeMap<String, byte[]> contents, String file, byte[] content) {
    var changed = new TreeMap<>(contents);
    changed.put(file, content);
    return changed;
  }

  private static void append(Journal journal, int appends) {
    for (int i = 0; i < appends; i++) {
      journal.append(List.of(fresh(i), fresh(-i)));
    }
  }

  private static Entry.Fresh fresh(int number) {
    return new Entry.Fresh("acme", "s", "Counted", 1, Fields.of("number", Value.num(number)));
  }

  private static List<Entry> entries(Journal journal) {
    var found = new ArrayList<Entry>();
    journal.replay(0, found::add);
    return found;
  }
}
