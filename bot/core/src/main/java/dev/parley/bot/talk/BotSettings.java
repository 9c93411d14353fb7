package dev.parley.bot.talk;

import java.time.Duration;
import java.util.Set;

/**
 * How the bot behaves.
 *
 * @param tenant whose conversations these are
 * @param editEvery least time between two edits of one message
 * @param heardAfter how long a plan may take before a "planning" card is posted
 * @param remindBefore how long before a plan expires its approvers are reminded
 * @param longest bytes of UTF-8 that one message may have
 * @param channels where changes may be asked for: {@code surface/workspace/channel}; empty means
 *     anywhere
 * @param strangersRead whether people who are linked to no user may ask questions
 */
public record BotSettings(
    String tenant,
    Duration editEvery,
    Duration heardAfter,
    Duration remindBefore,
    int longest,
    Set<String> channels,
    boolean strangersRead) {
  public BotSettings {
    channels = Set.copyOf(channels);
  }

  /** The usual ones. */
  public static BotSettings of(String tenant) {
    return new BotSettings(
        tenant,
        Duration.ofSeconds(2),
        Duration.ofMillis(700),
        Duration.ofHours(2),
        20_000,
        Set.of(),
        false);
  }

  /** For tests and transcripts: edits at once, no "planning" card. */
  public BotSettings prompt() {
    return new BotSettings(
        tenant,
        Duration.ZERO,
        Duration.ofMinutes(5),
        remindBefore,
        longest,
        channels,
        strangersRead);
  }

  public BotSettings withEditEvery(Duration span) {
    return new BotSettings(
        tenant, span, heardAfter, remindBefore, longest, channels, strangersRead);
  }

  public BotSettings withHeardAfter(Duration span) {
    return new BotSettings(tenant, editEvery, span, remindBefore, longest, channels, strangersRead);
  }

  public BotSettings withRemindBefore(Duration span) {
    return new BotSettings(tenant, editEvery, heardAfter, span, longest, channels, strangersRead);
  }

  public BotSettings withChannels(Set<String> allowed) {
    return new BotSettings(
        tenant, editEvery, heardAfter, remindBefore, longest, allowed, strangersRead);
  }

  public BotSettings withStrangersRead(boolean may) {
    return new BotSettings(tenant, editEvery, heardAfter, remindBefore, longest, channels, may);
  }
}
