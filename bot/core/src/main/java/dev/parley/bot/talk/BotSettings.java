package dev.parley.bot.talk;

import dev.parley.bot.route.Ground;
import dev.parley.bot.surface.Place;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * How the bot behaves.
 *
 * @param tenant whose conversations these are
 * @param editEvery least time between two edits of one message; zero also ignores a platform's pace
 * @param heardAfter how long a plan may take before a "planning" card is posted
 * @param remindBefore how long before a plan expires its approvers are reminded
 * @param longest bytes of UTF-8 that one message may have
 * @param grounds what may be done where
 */
public record BotSettings(
    String tenant,
    Duration editEvery,
    Duration heardAfter,
    Duration remindBefore,
    int longest,
    Function<Place, Ground> grounds) {
  /** The usual ones. */
  public static BotSettings of(String tenant) {
    return new BotSettings(
        tenant,
        Duration.ofSeconds(2),
        Duration.ofMillis(700),
        Duration.ofHours(2),
        20_000,
        Ground.anywhere());
  }

  /** For tests and transcripts: edits at once, no "planning" card. */
  public BotSettings prompt() {
    return new BotSettings(
        tenant, Duration.ZERO, Duration.ofMinutes(5), remindBefore, longest, grounds);
  }

  public BotSettings withEditEvery(Duration span) {
    return new BotSettings(tenant, span, heardAfter, remindBefore, longest, grounds);
  }

  public BotSettings withHeardAfter(Duration span) {
    return new BotSettings(tenant, editEvery, span, remindBefore, longest, grounds);
  }

  public BotSettings withRemindBefore(Duration span) {
    return new BotSettings(tenant, editEvery, heardAfter, span, longest, grounds);
  }

  public BotSettings withGrounds(Function<Place, Ground> where) {
    return new BotSettings(tenant, editEvery, heardAfter, remindBefore, longest, where);
  }

  /**
   * Changes may be asked for in these places only.
   *
   * @param allowed {@code surface/workspace/channel}; empty means anywhere
   */
  public BotSettings withChannels(Set<String> allowed) {
    return withGrounds(
        place -> {
          Ground ground = grounds.apply(place);
          boolean changes =
              ground.changes() && (allowed.isEmpty() || allowed.contains(place.root().key()));
          return new Ground(ground.bound(), changes, ground.accounts(), ground.strangersRead());
        });
  }

  /** Whether people who are linked to no user may ask questions. */
  public BotSettings withStrangersRead(boolean may) {
    return withGrounds(
        place -> {
          Ground ground = grounds.apply(place);
          return new Ground(ground.bound(), ground.changes(), ground.accounts(), may);
        });
  }
}
