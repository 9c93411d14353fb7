package dev.parley.bot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.outbox.Platform.Mood;
import dev.parley.bot.surface.Pace;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.run.Store;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever goes wrong in whatever order: each message once, in order, in its last state. */
class OutboxCrashTest {
  /** What the bot does, and how the platform takes its next call. */
  record Act(boolean edit, int channel, int which, Mood mood, int seconds) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<Mood> moods =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(6, Mood.WELL),
            net.jqwik.api.Tuple.of(2, Mood.SLOW),
            net.jqwik.api.Tuple.of(2, Mood.DOWN),
            net.jqwik.api.Tuple.of(2, Mood.LOST_AFTER),
            net.jqwik.api.Tuple.of(2, Mood.LOST_BEFORE),
            net.jqwik.api.Tuple.of(2, Mood.CRASH_AFTER),
            net.jqwik.api.Tuple.of(2, Mood.CRASH_BEFORE));
    return net.jqwik.api.Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 5),
            moods,
            Arbitraries.integers().between(0, 4))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 400)
  void each_message_arrives_once_in_order_and_in_its_last_state(@ForAll("acts") List<Act> acts) {
    var world = new World();
    acts.forEach(world::act);
    world.settle();
    world.check();
  }

  private static final class World {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
    private final Store store = new MemoryStore(new MemoryJournal(clock));
    private final VirtualTime time = new VirtualTime();
    private final Platform platform =
        new Platform(time, new Pace(Duration.ofSeconds(1), 2, 50, Duration.ofSeconds(2)));
    private final Sender sender = new Sender();
    private final Map<String, List<String>> said = new HashMap<>();
    private final Map<String, String> last = new HashMap<>();
    private Outbox outbox = open();
    private int number;

    private Outbox open() {
      return new Outbox(
          platform,
          Duration.ofSeconds(2),
          Shelf.stored(store, "demo", "platform"),
          sender,
          time,
          clock);
    }

    void act(Act act) {
      platform.moods(once(act.mood()));
      surviving(
          () -> {
            String channel = "C" + act.channel();
            List<String> before = said.computeIfAbsent(channel, _ -> new ArrayList<>());
            if (act.edit() && !before.isEmpty()) {
              String owner = before.get(act.which() % before.size());
              String title = owner + " edit " + ++number;
              last.put(owner, title);
              outbox.edit(Sender.channel(channel), Sender.card(title), owner);
            } else {
              String owner = channel + " message " + ++number;
              before.add(owner);
              outbox.post(Sender.channel(channel), Sender.card(owner), owner, owner, false);
            }
          });
      surviving(() -> time.pass(Duration.ofSeconds(act.seconds())));
      clock.advance(Duration.ofSeconds(act.seconds()));
    }

    private static java.util.function.Supplier<Mood> once(Mood mood) {
      var left = new java.util.concurrent.atomic.AtomicBoolean(true);
      return () -> left.getAndSet(false) ? mood : Mood.WELL;
    }

    private void surviving(Runnable work) {
      try {
        work.run();
      } catch (Platform.Crash e) {
        time.crash();
        outbox = open();
        outbox.resume();
      }
    }

    void settle() {
      platform.moods(() -> Mood.WELL);
      outbox.close();
      time.crash();
      outbox = open();
      outbox.resume();
      for (int i = 0; i < 1000 && !outbox.idle(); i++) {
        time.pass(Duration.ofSeconds(1));
      }
    }

    void check() {
      assertThat(outbox.idle()).isTrue();
      assertThat(sender.failed).isEmpty();
      said.forEach(
          (channel, owners) ->
              assertThat(platform.posted.getOrDefault(channel, List.of())).isEqualTo(owners));
      last.forEach(
          (owner, title) ->
              assertThat(platform.state.get(sender.messages.get(owner).id())).isEqualTo(title));
      assertThat(store.list("demo", "bot-outbox-platform")).isEmpty();
    }
  }
}
