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
 * @param files sent apart from cards, in one workspace
 * @param reactions put on messages, in one workspace
 * @param threadsApart whether each thread is counted by itself, its changes too; otherwise a thread
 *     is counted with its channel
 */
public record Pace(
    Duration betweenPosts,
    int burst,
    int editsPerMinute,
    Duration betweenEdits,
    Rate files,
    Rate reactions,
    boolean threadsApart) {
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

  /** Of a surface that takes any number of files and reactions, and counts threads as channels. */
  public Pace(Duration betweenPosts, int burst, int editsPerMinute, Duration betweenEdits) {
    this(betweenPosts, burst, editsPerMinute, betweenEdits, Rate.ANY, Rate.ANY, false);
  }

  /** So many calls a minute, after a burst; any minute sees at most both together. */
  public record Rate(int perMinute, int burst) {
    /** As many as there are. */
    public static final Rate ANY = new Rate(Integer.MAX_VALUE, 1);

    public Rate {
      if (perMinute < 1 || burst < 1) {
        throw new IllegalArgumentException(
            "a rate lets at least one through: " + perMinute + " a minute, burst " + burst);
      }
    }

    /** Time in which one more may be made. */
    public Duration interval() {
      return perMinute == Integer.MAX_VALUE
          ? Duration.ZERO
          : Duration.ofMinutes(1).dividedBy(perMinute);
    }
  }

  /** Changes as a rate. */
  public Rate edits() {
    return new Rate(editsPerMinute, Math.min(5, editsPerMinute));
  }

  /** The same, with changes of one message at least so far apart. */
  public Pace betweenEdits(Duration least) {
    Duration longer = betweenEdits.compareTo(least) > 0 ? betweenEdits : least;
    return new Pace(betweenPosts, burst, editsPerMinute, longer, files, reactions, threadsApart);
  }
}
