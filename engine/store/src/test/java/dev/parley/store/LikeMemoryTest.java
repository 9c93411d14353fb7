package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.run.Store;
import dev.parley.run.Store.Document;
import dev.parley.run.Store.Stale;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to it, the embedded store answers as the one in memory does. */
class LikeMemoryTest {
  private static final List<String> KEYS = List.of("a", "b", "a/b", "é");

  private record Act(int what, String key, long expected, String text) {}

  @Property(tries = 40)
  void the_embedded_store_answers_as_the_one_in_memory(@ForAll("acts") List<Act> acts)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-store");
    var clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
    var memory = new MemoryStore(new MemoryJournal(clock));
    Store store = open(folder, clock);
    try {
      for (Act act : acts) {
        clock.advance(Duration.ofNanos(1));
        if (act.what() == 0) {
          store.close();
          store = open(folder, clock);
        } else {
          assertThat(done(store, act)).isEqualTo(done(memory, act));
        }
      }
      assertThat(store.list("acme", "notes")).isEqualTo(memory.list("acme", "notes"));
      assertThat(store.journal().last()).isEqualTo(memory.journal().last());
      for (String key : KEYS) {
        assertThat(store.read("acme", "talk/" + key, 0, 99))
            .isEqualTo(memory.read("acme", "talk/" + key, 0, 99));
      }
    } finally {
      store.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Object done(Store store, Act act) {
    Fields body = Fields.of("text", Value.text(act.text()));
    try {
      return switch (act.what()) {
        case 1, 2, 3 -> store.put("acme", "notes", act.key(), act.expected(), body);
        case 4, 5 -> {
          long version = store.get("acme", "notes", act.key()).map(Document::version).orElse(0L);
          yield store.put("acme", "notes", act.key(), version, body);
        }
        case 6 -> {
          store.remove("acme", "notes", act.key(), Math.max(1, act.expected()));
          yield "removed";
        }
        default -> store.append("acme", "talk/" + act.key(), "Said", 1, body);
      };
    } catch (Stale e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Store open(Path folder, SettableClock clock) {
    return new MapDbStore(
        folder.resolve("views"),
        FileJournal.open(folder.resolve("journal"), clock, 600),
        Duration.ofSeconds(10),
        MapDbViews::new);
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 8),
            Arbitraries.of(KEYS),
            Arbitraries.longs().between(0, 3),
            Arbitraries.strings().all().ofMaxLength(30))
        .as(Act::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }
}
