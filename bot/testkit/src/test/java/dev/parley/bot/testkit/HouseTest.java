package dev.parley.bot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bot.memory.MemorySurface;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.talk.House;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HouseTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  private final MemoryStore store = new MemoryStore(new MemoryJournal(clock));
  private final ScriptedEngine engine = new ScriptedEngine(store, clock);
  private final MemorySurface chat = new MemorySurface("chat", clock);
  private final MemorySurface terminal = new MemorySurface("terminal", clock);
  private final House house = new House(Map.of(People.TENANT, Set.of("chat")));
  private final Bot bot =
      new Bot(engine, List.of(new WordPlanner()), BotSettings.of(People.TENANT).prompt(), clock);

  @AfterEach
  void end() {
    engine.release();
    bot.close();
    engine.close();
  }

  private Plan planned() {
    bot.attach(chat);
    house.enter(bot);
    say(chat, "bucket one waiting");
    return engine.proposal(People.TENANT, "p-1").orElseThrow().plan();
  }

  private void say(MemorySurface surface, String words) {
    surface.say(surface.human("ann"), surface.place("t1"), words);
    until(() -> bot.settled(LONGEST));
  }

  private void until(BooleanSupplier seen) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** The chat takes nothing, and something is on its way there. */
  private void goesDown() {
    chat.down(true);
    say(chat, "bucket two waiting");
    until(() -> bot.check().get("chat outbox").detail().contains("nothing gets through"));
  }

  private int waiting() {
    String detail = bot.check().get("chat outbox").detail();
    return detail.equals("nothing waits") ? 0 : Integer.parseInt(detail.split(" ")[0]);
  }

  @Test
  void an_outage_counts_after_ten_seconds_and_ends_with_the_first_answer() {
    Plan plan = planned();
    assertThat(house.away(plan)).isEmpty();
    goesDown();
    clock.advance(Duration.ofSeconds(9));
    assertThat(house.away(plan)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(house.away(plan).orElseThrow())
        .contains("chat can't be reached", "since 2026-03-01 09:00");
    chat.down(false);
    until(() -> house.away(plan).isEmpty());
    until(() -> waiting() == 0);
  }

  @Test
  void being_asked_for_patience_is_no_outage() {
    Plan plan = planned();
    chat.refuse(List.of(new SurfaceFailure.Slow("too many", Duration.ofHours(1))));
    say(chat, "bucket two waiting");
    until(() -> waiting() > 0);
    clock.advance(Duration.ofMinutes(5));
    assertThat(house.away(plan)).isEmpty();
  }

  @Test
  void one_place_that_shows_the_plan_and_can_be_reached_is_enough() {
    Plan plan = planned();
    bot.attach(terminal);
    goesDown();
    clock.advance(Duration.ofSeconds(10));
    assertThat(house.away(plan)).isPresent();
    say(terminal, "show p-1");
    assertThat(house.away(plan)).isEmpty();
  }

  @Test
  void a_chat_that_is_expected_and_not_there_yet_is_down() {
    var later = new House(Map.of(People.TENANT, Set.of("chat")));
    Plan plan = planned();
    assertThat(later.away(plan)).contains("chat is not connected yet");
    later.enter(bot);
    assertThat(later.away(plan)).isEmpty();
  }

  @Test
  void nobody_is_waited_for_where_a_plan_is_talked_about_nowhere() {
    planned();
    var draft =
        new Draft(
            "by a program",
            Optional.empty(),
            Place.ANY,
            List.of(
                new Want.Make("x", new Want.OfType(WordPlanner.BUCKET, Fields.EMPTY), Place.ANY)),
            Map.of(),
            Optional.empty(),
            false,
            Optional.of(WhenChatIsDown.WAIT),
            "program");
    engine.propose(
        People.TENANT,
        "mcp/session-1",
        engine.directory().user(People.TENANT, "ann").orElseThrow(),
        "x",
        draft);
    Plan plan = engine.latest(People.TENANT, "mcp/session-1").orElseThrow().plan();
    goesDown();
    clock.advance(Duration.ofSeconds(10));
    assertThat(house.away(plan)).isEmpty();
  }
}
