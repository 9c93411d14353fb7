package dev.parley.app.house;

import dev.parley.bot.talk.Bot;
import dev.parley.engine.Engine;
import dev.parley.value.Check;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an installation is, for whoever watches it. The look is kept for a while, so that a probe
 * every second does not become a call to every cloud every second.
 */
public final class Health {
  /** How old an answer may be. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Engine engine;
  private final List<Bot> bots;
  private final Clock clock;
  private Report last = new Report(Instant.MIN, Map.of(), Map.of());

  /** Of an engine and everybody who talks to people for it. */
  Health(Engine engine, List<Bot> bots, Clock clock) {
    this.engine = engine;
    this.bots = List.copyOf(bots);
    this.clock = clock;
  }

  /** How it is, or was a moment ago. */
  synchronized Report report() {
    Instant now = clock.instant();
    if (last.at().isBefore(now.minus(FRESH))) {
      var own = new TreeMap<String, Check>();
      var outside = new TreeMap<String, Check>();
      engine
          .check()
          .forEach((part, check) -> (part.startsWith("account ") ? outside : own).put(part, check));
      bots.forEach(bot -> bot.check().forEach((part, check) -> add(outside, bot, part, check)));
      last = new Report(now, own, outside);
    }
    return last;
  }

  /** A chat that several tenants share is one; what waits for it is each tenant's own. */
  private static void add(Map<String, Check> parts, Bot bot, String part, Check check) {
    String name = "surface " + part;
    parts.put(part.contains(" ") ? name + " of " + bot.tenant() : name, check);
  }

  /** Whether the whole is of use. */
  public enum State {
    /** All is well. */
    OK,
    /** An account or a chat can't be reached: what needs it waits, everything else goes on. */
    DEGRADED,
    /** A part without which nothing can be decided or kept does not work. */
    FAILED
  }

  /**
   * One look.
   *
   * @param own the parts without which nothing works, by name
   * @param outside what is reached over a network: accounts, chats
   */
  public record Report(Instant at, Map<String, Check> own, Map<String, Check> outside) {
    /** What they amount to. */
    public State state() {
      return own.values().stream().anyMatch(check -> !check.ok())
          ? State.FAILED
          : outside.values().stream().anyMatch(check -> !check.ok()) ? State.DEGRADED : State.OK;
    }

    /**
     * The report as JSON.
     *
     * @param details whether what was seen, and what to do, is told too
     */
    public Fields body(boolean details) {
      var all = new TreeMap<>(own);
      all.putAll(outside);
      List<Value> lines =
          all.entrySet().stream()
              .<Value>map(part -> line(part.getKey(), part.getValue(), details))
              .toList();
      return Fields.of("state", Value.text(state().name().toLowerCase(Locale.ROOT)))
          .with("at", Value.text(at.toString()))
          .with("parts", new Items(lines));
    }

    private static Fields line(String part, Check check, boolean details) {
      Fields line = Fields.of("part", Value.text(part)).with("ok", Value.bool(check.ok()));
      if (!details) {
        return line;
      }
      Fields told = line.with("detail", Value.text(check.detail()));
      return check.next().map(next -> told.with("next", Value.text(next))).orElse(told);
    }
  }
}
