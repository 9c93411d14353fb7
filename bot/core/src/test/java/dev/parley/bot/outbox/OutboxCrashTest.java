package dev.parley.bot.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.outbox.Platform.Mood;
import dev.parley.bot.surface.Pace;
import dev.parley.bot.surface.Place;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever goes wrong in whatever order: each message once, in order, in its last state. */
class OutboxCrashTest {
  private static final Pace TOGETHER =
      new Pace(Duration.ofSeconds(1), 2, 50, Duration.ofSeconds(2));
  private static final Pace APART =
      new Pace(
          Duration.ofSeconds(1),
          2,
          50,
          Duration.ofSeconds(2),
          new Pace.Rate(90, 3),
          Pace.Rate.ANY,
          true);

  private enum What {
    POST,
    EDIT,
    FILE
  }

  /** What the bot does, and how the platform takes its next call. */
  record Act(What what, int channel, int thread, int which, Mood mood, int seconds) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<Mood> moods =
        Arbitraries.frequency(
            Tuple.of(6, Mood.WELL),
            Tuple.of(2, Mood.SLOW),
            Tuple.of(2, Mood.DOWN),
            Tuple.of(2, Mood.LOST_AFTER),
            Tuple.of(2, Mood.LOST_BEFORE),
            Tuple.of(2, Mood.CRASH_AFTER),
            Tuple.of(2, Mood.CRASH_BEFORE));
    return Combinators.combine(
            Arbitraries.of(What.values()),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 5),
            moods,
            Arbitraries.integers().between(0, 4))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 400)
  void each_message_arrives_once_in_order_and_in_its_last_state(
      @ForAll("acts") List<Act> acts, @ForAll boolean apart) {
    var world = new World(apart ? APART : TOGETHER);
    acts.forEach(world::act);
    world.settle();
    world.check();
  }

  private static final class World {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
    private final Store store = new MemoryStore(new MemoryJournal(clock));
    private final VirtualTime time = new VirtualTime();
    private final Platform platform;
    private final Sender sender = new Sender();

    /** Keys by place, as they were handed in; owners are cards. */
    private final Map<String, List<String>> said = new HashMap<>();

    private final Map<Place, List<String>> owners = new HashMap<>();
    private final Map<String, String> last = new HashMap<>();
    private Outbox outbox;
    private int number;

    World(Pace pace) {
      platform = new Platform(time, pace);
      outbox = open();
    }

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
      surviving(() -> hand(act));
      surviving(() -> time.pass(Duration.ofSeconds(act.seconds())));
      clock.advance(Duration.ofSeconds(act.seconds()));
    }

    private void hand(Act act) {
      Place channel = Sender.channel("C" + act.channel());
      Place place = act.thread() == 0 ? channel : channel.in("t" + act.thread());
      List<String> cards = owners.computeIfAbsent(place, _ -> new ArrayList<>());
      String name = place.key() + " message " + ++number;
      if (act.what() == What.EDIT && !cards.isEmpty()) {
        String owner = cards.get(act.which() % cards.size());
        String title = owner + " edit " + number;
        last.put(owner, title);
        outbox.edit(place, Sender.card(title), owner);
        return;
      }
      said.computeIfAbsent(place.key(), _ -> new ArrayList<>()).add(name);
      if (act.what() == What.FILE) {
        outbox.attach(place, Sender.file("plan.txt"), "a file", name, name);
      } else {
        cards.add(name);
        outbox.post(place, Sender.card(name), name, name, false);
      }
    }

    private static Supplier<Mood> once(Mood mood) {
      var left = new AtomicBoolean(true);
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
      assertThat(platform.arrived).isEqualTo(said);
      last.forEach(
          (owner, title) ->
              assertThat(platform.state.get(sender.messages.get(owner).id())).isEqualTo(title));
      assertThat(store.list("demo", "bot-outbox-platform")).isEmpty();
    }
  }
}
