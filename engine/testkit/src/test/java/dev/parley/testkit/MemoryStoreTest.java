package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.run.Store;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open(Clock clock) {
    return new MemoryStore(new MemoryJournal(clock));
  }

  @Override
  protected boolean durable() {
    return false;
  }

  @Test
  void a_second_store_over_the_same_journal_has_the_same_views() {
    var journal = new MemoryJournal(clock);
    var first = new MemoryStore(journal);
    first.put("acme", "notes", "a", 0, body(1));
    first.put("acme", "notes", "b", 0, body(1));
    first.remove("acme", "notes", "a", 1);
    first.append("acme", "talk/1", "Said", 1, body(2));
    var second = new MemoryStore(journal);
    assertThat(second.list("acme", "notes")).isEqualTo(first.list("acme", "notes")).hasSize(1);
    assertThat(second.read("acme", "talk/1", 0, 9))
        .isEqualTo(first.read("acme", "talk/1", 0, 9))
        .hasSize(1);
    assertThat(second.read("acme", "doc/notes/a", 0, 9)).hasSize(2);
  }
}
