package dev.parley.app.house;

import dev.parley.app.settings.Settings;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.transcript.Failure;
import dev.parley.bot.transcript.Host;
import dev.parley.bot.transcript.Script;
import dev.parley.bot.transcript.TranscriptPlayer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The whole program as a stage for scripted conversations: it can be made to crash, and to wait for
 * days.
 */
public final class Stage implements Host, AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private final AheadClock clock = new AheadClock();
  private final Settings settings;
  private Installation house;
  private Bot bot;

  /** Opens an installation with the first tenant's bot. */
  public Stage(Settings settings) {
    this.settings = settings;
    this.house = Installation.open(settings, clock);
    this.bot = raise(house);
  }

  private static Bot raise(Installation house) {
    return house.bot(BotSettings.of(house.tenant("")).prompt());
  }

  /** Plays a script; each printed line goes out as it comes. */
  public List<Failure> play(Script script, boolean json, Consumer<String> out) {
    return new TranscriptPlayer(this, clock, json, LONGEST, out).play(script);
  }

  @Override
  public Bot bot() {
    return bot;
  }

  @Override
  public String surface() {
    return "console";
  }

  @Override
  public boolean crash() {
    house.abandon();
    house = Installation.open(settings, clock);
    bot = raise(house);
    return true;
  }

  @Override
  public boolean advance(Duration by) {
    clock.advance(by);
    bot.tick();
    return true;
  }

  @Override
  public void close() {
    house.close();
  }
}
