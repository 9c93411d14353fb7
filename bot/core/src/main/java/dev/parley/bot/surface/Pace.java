package dev.parley.bot.surface;

import java.time.Duration;

/**
 * How fast a surface takes messages. The outbox keeps to it, so that a burst is not answered with
 * refusals; a refusal with a time to wait is honoured all the same.
 *
 * @param betweenPosts least time between two new messages in one channel, once the burst is used up
 * @param burst new messages in one channel that may go out at once
 * @param editsPerMinute changes of messages in one workspace
 * @param betweenEdits least time between two changes of one message
 */
public record Pace(Duration betweenPosts, int burst, int editsPerMinute, Duration betweenEdits) {
  /** As fast as it goes. */
  public static final Pace ANY = new Pace(Duration.ZERO, 1, Integer.MAX_VALUE, Duration.ZERO);

  public Pace {
    if (betweenPosts.isNegative() || betweenEdits.isNegative()) {
      throw new IllegalArgumentException(
          "a pace has no negative time: " + betweenPosts + ", " + betweenEdits);
    }
    if (burst < 1 || editsPerMinute < 1) {
      throw new IllegalArgumentException(
          "a pace lets at least one through: burst " + burst + ", edits " + editsPerMinute);
    }
  }
}
