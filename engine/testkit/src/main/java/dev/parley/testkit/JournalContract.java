package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Unknown;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every journal keeps. One subclass for each; a journal that outlasts its process says so. */
public abstract class JournalContract {
  protected final SettableClock clock =
      new SettableClock(Instant.parse("2026-01-05T09:00:00.000000001Z"));
  private final List<Journal> opened = new ArrayList<>();

  /** Opens the journal of this test: empty at first, then with what was appended before. */
  protected abstract Journal open(Clock clock);

  /** Whether what was appended is there when it is opened again. */
  protected abstract boolean durable();

  @AfterEach
  final void close_all() {
    opened.forEach(Journal::close);
  }

  @Test
  void an_empty_journal_has_no_last_entry() {
    Journal journal = opened();
    assertThat(journal.last()).isZero();
    assertThat(all(journal)).isEmpty();
    assertThat(journal.check().ok()).isTrue();
  }

  @Test
  void entries_count_from_one_without_gaps() {
    Journal journal = opened();
    List<Entry> placed = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> placed.addAll(journal.append(List.of(fresh("s", i)))));
    assertThat(placed).extracting(Entry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(journal.last()).isEqualTo(5);
  }

  @Test
  void an_entry_is_what_was_given_with_the_clocks_time() {
    Journal journal = opened();
    clock.advance(Duration.ofHours(3));
    var fresh = new Entry.Fresh("acme", "run/r-1", "StepStarted", 2, everything());
    Entry entry = journal.append(List.of(fresh)).getFirst();
    assertThat(entry)
        .isEqualTo(
            new Entry(1, "acme", "run/r-1", "StepStarted", 2, clock.instant(), everything()));
    assertThat(all(journal)).containsExactly(entry);
  }

  @Test
  void the_entries_of_one_append_stand_together() {
    Journal journal = opened();
    journal.append(List.of(fresh("a", 1)));
    List<Entry> placed = journal.append(List.of(fresh("b", 1), fresh("b", 2), fresh("c", 3)));
    assertThat(placed).extracting(Entry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(all(journal)).endsWith(placed.toArray(Entry[]::new)).hasSize(4);
  }

  @Test
  void appending_nothing_is_nothing() {
    Journal journal = opened();
    assertThat(journal.append(List.of())).isEmpty();
    assertThat(journal.last()).isZero();
  }

  @Test
  void replay_begins_behind_a_place() {
    Journal journal = opened();
    IntStream.range(0, 300).forEach(i -> journal.append(List.of(fresh("s", i))));
    for (long after : new long[] {-1, 0, 1, 150, 299, 300, 1000}) {
      assertThat(behind(journal, after))
          .extracting(Entry::sequence)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(Math.max(0, after) + 1, 300).boxed().toList());
    }
  }

  @Test
  void every_thread_finds_its_entries_in_its_order() throws Exception {
    Journal journal = opened();
    int threads = 12;
    int each = 40;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String stream = "thread/" + thread;
        writers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    Entry entry = journal.append(List.of(fresh(stream, i))).getFirst();
                    assertThat(journal.last()).isGreaterThanOrEqualTo(entry.sequence());
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    List<Entry> all = all(journal);
    assertThat(all)
        .extracting(Entry::sequence)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) threads * each).boxed().toList());
    for (int thread = 0; thread < threads; thread++) {
      String stream = "thread/" + thread;
      assertThat(all.stream().filter(entry -> entry.stream().equals(stream)).map(Entry::body))
          .containsExactlyElementsOf(
              IntStream.range(0, each).mapToObj(i -> fresh(stream, i).body()).toList());
    }
  }

  @Test
  void a_reader_that_throws_does_no_harm() {
    Journal journal = opened();
    journal.append(List.of(fresh("s", 1)));
    assertThatThrownBy(
            () ->
                journal.replay(
                    0,
                    _ -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    journal.append(List.of(fresh("s", 2)));
    assertThat(all(journal)).hasSize(2);
  }

  @Test
  void a_reader_may_append() {
    Journal journal = opened();
    journal.append(List.of(fresh("s", 1)));
    var seen = new ArrayList<Entry>();
    journal.replay(
        0,
        entry -> {
          seen.add(entry);
          journal.append(List.of(fresh("s", 2)));
        });
    assertThat(seen).hasSize(1);
    assertThat(all(journal)).hasSize(2);
  }

  @Test
  void an_interrupted_thread_can_append_and_stays_interrupted() {
    Journal journal = opened();
    Thread.currentThread().interrupt();
    try {
      journal.append(List.of(fresh("s", 1)));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    journal.append(List.of(fresh("s", 2)));
    assertThat(all(journal)).hasSize(2);
  }

  @Test
  void a_closed_journal_takes_nothing_and_says_so() {
    Journal journal = opened();
    journal.append(List.of(fresh("s", 1)));
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(List.of(fresh("s", 2))))
        .isInstanceOf(JournalFailed.class)
        .hasMessageContaining("closed");
    assertThat(journal.check().ok()).isFalse();
    assertThat(journal.check().next()).isPresent();
  }

  @Test
  void opened_again_it_goes_on_where_it_ended() {
    assumeTrue(durable(), "it ends with its process");
    Journal journal = opened();
    List<Entry> before = new ArrayList<>();
    before.addAll(journal.append(List.of(fresh("a", 1), fresh("b", 2))));
    before.addAll(
        journal.append(List.of(new Entry.Fresh("acme", "run/r-1", "Voted", 1, everything()))));
    journal.close();
    Journal again = opened();
    assertThat(again.last()).isEqualTo(3);
    assertThat(all(again)).isEqualTo(before);
    assertThat(again.append(List.of(fresh("c", 3))).getFirst().sequence()).isEqualTo(4);
  }

  /** One of everything a body can hold. */
  protected static Fields everything() {
    return Fields.of(
            "text", Value.text("naïve – 東京 – 🚀 – \ud83d – \"quotes\" \\ \n \u0000 \u2028"))
        .with("number", Value.num(new BigDecimal("12345678901234567890.000000000123")))
        .with("small", Value.num(-7))
        .with("yes", Value.bool(true))
        .with("nothing", Value.NULL)
        .with("list", Items.of(Value.text(""), Items.of(), Fields.EMPTY))
        .with("ref", new Ref("acme/aws:AWS::EC2::VPC/main", "/VpcId"))
        .with("secret", new Secret("env:PASSWORD"))
        .with("unknown", new Unknown("known after the run"));
  }

  protected static Entry.Fresh fresh(String stream, int number) {
    return new Entry.Fresh("acme", stream, "Counted", 1, Fields.of("number", Value.num(number)));
  }

  protected static List<Entry> all(Journal journal) {
    return behind(journal, 0);
  }

  private static List<Entry> behind(Journal journal, long after) {
    var found = new ArrayList<Entry>();
    journal.replay(after, found::add);
    return found;
  }

  private Journal opened() {
    Journal journal = open(clock);
    opened.add(journal);
    return journal;
  }
}
