package dev.parley.bot.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.talk.House;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.testkit.ContractReport;
import dev.parley.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bot on a surface, with people on it: what every promise of a surface is tried on. */
@ExtendWith(ContractReport.class)
abstract class SurfaceSession {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  protected final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T09:00:00Z"));
  protected MemoryStore store;
  protected ScriptedEngine engine;
  protected WordPlanner planner;
  protected Bot bot;
  protected House bots;
  protected Rig rig;

  /**
   * The surface, fresh, as after a start of the program; what it keeps for ever stays in its own
   * hands.
   */
  protected abstract Rig rig();

  @BeforeEach
  final void begin() {
    store = new MemoryStore(new MemoryJournal(clock));
    engine = new ScriptedEngine(store, clock);
    planner = new WordPlanner();
    start(settings());
  }

  @AfterEach
  final void end() {
    engine.release();
    bot.close();
    rig.close();
    engine.close();
  }

  static BotSettings settings() {
    return BotSettings.of(People.TENANT).prompt();
  }

  void start(BotSettings settings) {
    rig = rig();
    bot = new Bot(engine, List.of(planner), settings, clock);
    bots = new House(Map.of());
    bots.enter(bot);
    engine.presence(bots);
    bot.attach(rig.surface());
  }

  void restart(BotSettings settings) {
    bot.close();
    rig.close();
    start(settings);
  }

  void say(String person, String thread, String text) {
    rig.say(person, thread, text);
    quiet();
  }

  void press(String person, String thread, String label) {
    rig.press(person, thread, label);
    quiet();
  }

  void quiet() {
    assertTrue(bot.quiet(LONGEST), "the bot did not come to rest");
  }

  void until(String what, BooleanSupplier seen) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!seen.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> "not seen in time: " + what);
      Thread.onSpinWait();
    }
  }
}
