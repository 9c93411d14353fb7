package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.run.Store;
import dev.parley.run.Store.Document;
import dev.parley.run.Store.Stale;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store keeps. One subclass for each; a store that outlasts its process says so. */
public abstract class StoreContract {
  protected final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private final List<Store> opened = new ArrayList<>();

  /** Opens the store of this test: empty at first, then with what was written before. */
  protected abstract Store open(Clock clock);

  /** Whether what was written is there when it is opened again. */
  protected abstract boolean durable();

  @AfterEach
  final void close_all() {
    opened.forEach(Store::close);
  }

  @Test
  void what_was_never_written_is_not_there() {
    Store store = opened();
    assertThat(store.get("acme", "notes", "a")).isEmpty();
    assertThat(store.list("acme", "notes")).isEmpty();
    assertThat(store.read("acme", "talk/1", 0, 10)).isEmpty();
    assertThat(store.check().ok()).isTrue();
  }

  @Test
  void a_documents_version_counts_from_one() {
    Store store = opened();
    assertThat(store.put("acme", "notes", "a", 0, body(1)))
        .isEqualTo(new Document("a", 1, body(1)));
    assertThat(store.put("acme", "notes", "a", 1, body(2)))
        .isEqualTo(new Document("a", 2, body(2)));
    assertThat(store.get("acme", "notes", "a")).contains(new Document("a", 2, body(2)));
  }

  @Test
  void who_read_an_older_version_writes_nothing() {
    Store store = opened();
    store.put("acme", "notes", "a", 0, body(1));
    store.put("acme", "notes", "a", 1, body(2));
    long last = store.journal().last();
    assertThatThrownBy(() -> store.put("acme", "notes", "a", 1, body(9)))
        .isInstanceOf(Stale.class)
        .hasMessage("notes/a is at version 2, not 1; read it again");
    assertThatThrownBy(() -> store.put("acme", "notes", "a", 0, body(9))).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> store.put("acme", "notes", "b", 1, body(9))).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> store.remove("acme", "notes", "a", 1)).isInstanceOf(Stale.class);
    assertThatThrownBy(() -> store.remove("acme", "notes", "b", 1)).isInstanceOf(Stale.class);
    assertThat(store.get("acme", "notes", "a")).contains(new Document("a", 2, body(2)));
    assertThat(store.journal().last()).isEqualTo(last);
  }

  @Test
  void a_removed_document_is_gone_and_a_new_one_is_never_mistaken_for_it() {
    Store store = opened();
    store.put("acme", "notes", "a", 0, body(1));
    store.remove("acme", "notes", "a", 1);
    assertThat(store.get("acme", "notes", "a")).isEmpty();
    assertThat(store.list("acme", "notes")).isEmpty();
    Document again = store.put("acme", "notes", "a", 0, body(2));
    assertThat(again.version()).isGreaterThan(1);
    assertThatThrownBy(() -> store.put("acme", "notes", "a", 1, body(3))).isInstanceOf(Stale.class);
    assertThat(store.get("acme", "notes", "a")).contains(again);
  }

  @Test
  void only_a_document_that_is_there_can_be_removed() {
    Store store = opened();
    assertThatThrownBy(() -> store.remove("acme", "notes", "a", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_list_has_one_collection_of_one_tenant_by_key() {
    Store store = opened();
    for (String key : List.of("b", "a/x", "é", "a", "z\u0001")) {
      store.put("acme", "notes", key, 0, body(1));
    }
    store.put("acme", "notes2", "c", 0, body(2));
    store.put("acme", "note", "s/c", 0, body(3));
    store.put("other", "notes", "d", 0, body(4));
    assertThat(store.list("acme", "notes")).containsOnlyKeys("a", "a/x", "b", "z\u0001", "é");
    assertThat(List.copyOf(store.list("acme", "notes").keySet())).isSorted();
    assertThat(store.list("other", "notes")).containsOnlyKeys("d");
    assertThat(store.get("other", "notes", "a")).isEmpty();
  }

  @Test
  void a_document_holds_everything_a_body_can() {
    Store store = opened();
    store.put("acme", "notes", "a", 0, JournalContract.everything());
    assertThat(store.get("acme", "notes", "a").orElseThrow().body())
        .isEqualTo(JournalContract.everything());
    store.put("acme", "notes", "empty", 0, Fields.EMPTY);
    assertThat(store.get("acme", "notes", "empty").orElseThrow().body()).isEqualTo(Fields.EMPTY);
  }

  @Test
  void a_document_needs_a_collection_and_a_key() {
    Store store = opened();
    assertThatThrownBy(() -> store.put("acme", "a/b", "c", 0, body(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.put("acme", "notes", "", 0, body(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.put("acme", "notes", "a\0b", 0, body(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.journal().last()).isZero();
  }

  @Test
  void of_many_writers_with_one_version_one_wins() throws Exception {
    Store store = opened();
    int threads = 8;
    int each = 15;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        writers.add(pool.submit(() -> IntStream.range(0, each).forEach(_ -> increment(store))));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    Document counter = store.get("acme", "counters", "c").orElseThrow();
    assertThat(counter.body()).isEqualTo(body(threads * each));
    assertThat(counter.version()).isEqualTo(threads * each);
  }

  @Test
  void a_stream_is_read_in_order_from_a_place_and_at_most_so_many() {
    Store store = opened();
    var talk = new ArrayList<Entry>();
    for (int i = 0; i < 10; i++) {
      talk.add(store.append("acme", "talk/1", "Said", 1, body(i)));
      store.append("acme", "talk/10", "Said", 1, body(i));
      store.append("other", "talk/1", "Said", 1, body(i));
    }
    assertThat(store.read("acme", "talk/1", 0, 100)).isEqualTo(talk);
    assertThat(store.read("acme", "talk/1", talk.get(3).sequence(), 2))
        .isEqualTo(talk.subList(4, 6));
    assertThat(store.read("acme", "talk/1", talk.getLast().sequence(), 2)).isEmpty();
    assertThat(store.read("acme", "talk/1", -5, Integer.MAX_VALUE)).isEqualTo(talk);
    assertThatThrownBy(() -> store.read("acme", "talk/1", 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_appended_to_the_journal_itself_is_seen() {
    Store store = opened();
    List<Entry> placed =
        store
            .journal()
            .append(
                List.of(
                    new Entry.Fresh("acme", "event", "Voted", 1, body(1)),
                    new Entry.Fresh("acme", "event", "Minted", 1, body(2))));
    assertThat(store.read("acme", "event", 0, 10)).isEqualTo(placed);
  }

  @Test
  void an_entry_that_only_looks_like_a_document_harms_nobody() {
    Store store = opened();
    store
        .journal()
        .append(
            List.of(
                new Entry.Fresh("acme", "doc/", "put", 1, body(1)),
                new Entry.Fresh("acme", "doc/notes", "put", 1, body(1)),
                new Entry.Fresh("acme", "doc/notes/", "put", 1, body(1)),
                new Entry.Fresh("acme", "doc/notes/a", "put", 1, body(1)),
                new Entry.Fresh("acme", "doc/notes/b", "other", 1, body(1)),
                new Entry.Fresh("acme", "talk\0" + "5000", "Said", 1, body(1))));
    assertThat(store.list("acme", "notes")).isEmpty();
    assertThat(store.read("acme", "talk", 0, 10)).isEmpty();
    assertThat(store.put("acme", "notes", "a", 0, body(2)).version()).isEqualTo(1);
    assertThat(store.check().ok()).isTrue();
  }

  @Test
  void a_documents_stream_is_not_for_appending() {
    Store store = opened();
    for (String stream : List.of("doc/notes/a", "", " ", "a\0b")) {
      assertThatThrownBy(() -> store.append("acme", stream, "put", 1, body(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.journal().last()).isZero();
  }

  @Test
  void a_closed_store_writes_nothing() {
    Store store = opened();
    store.put("acme", "notes", "a", 0, body(1));
    store.close();
    store.close();
    assertThatThrownBy(() -> store.put("acme", "notes", "a", 1, body(2)))
        .isInstanceOf(JournalFailed.class);
    assertThatThrownBy(() -> store.append("acme", "talk/1", "Said", 1, body(1)))
        .isInstanceOf(JournalFailed.class);
  }

  @Test
  void opened_again_everything_is_there() {
    assumeTrue(durable(), "it ends with its process");
    Store store = opened();
    store.put("acme", "notes", "a", 0, body(1));
    store.put("acme", "notes", "a", 1, body(2));
    store.put("acme", "notes", "b", 0, body(1));
    store.remove("acme", "notes", "b", 1);
    Entry said = store.append("acme", "talk/1", "Said", 1, JournalContract.everything());
    store.close();
    Store again = opened();
    assertThat(again.list("acme", "notes"))
        .containsExactly(Map.entry("a", new Document("a", 2, body(2))));
    assertThat(again.read("acme", "talk/1", 0, 10)).containsExactly(said);
    assertThat(again.put("acme", "notes", "a", 2, body(3)).version()).isEqualTo(3);
    assertThatThrownBy(() -> again.put("acme", "notes", "b", 1, body(3))).isInstanceOf(Stale.class);
  }

  private static void increment(Store store) {
    while (true) {
      var now = store.get("acme", "counters", "c");
      long version = now.map(Document::version).orElse(0L);
      try {
        store.put("acme", "counters", "c", version, body((int) version + 1));
        return;
      } catch (Stale e) {
        // somebody else was faster
      }
    }
  }

  protected static Fields body(int number) {
    return Fields.of("number", Value.num(number));
  }

  private Store opened() {
    Store store = open(clock);
    opened.add(store);
    return store;
  }
}
