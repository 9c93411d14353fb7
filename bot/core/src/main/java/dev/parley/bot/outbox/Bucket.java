package dev.parley.bot.outbox;

import dev.parley.bot.surface.Pace;
import java.time.Duration;

/**
 * A token bucket: so many at once, and then one in each interval; shut for a while when the
 * platform says so. Nanoseconds of a steady clock.
 */
final class Bucket {
  private final long interval;
  private final int most;
  private double tokens;
  private long filled;
  private long shut;

  /** A bucket with so many tokens to begin with. */
  private Bucket(Duration interval, int most, int tokens, long now) {
    this.interval = interval.toNanos();
    this.most = most;
    this.tokens = tokens;
    this.filled = now;
    this.shut = now;
  }

  /** A bucket that starts with a single token, so that a restart is no burst. */
  Bucket(Duration interval, int most, long now) {
    this(interval, most, 1, now);
  }

  /** The same for a rate. */
  Bucket(Pace.Rate rate, long now) {
    this(rate.interval(), rate.burst(), now);
  }

  /** A full one, for what nothing depends on. */
  static Bucket full(Pace.Rate rate, long now) {
    return new Bucket(rate.interval(), rate.burst(), rate.burst(), now);
  }

  /** Nanoseconds until there is a token; 0 if there is one. */
  long lack(long now) {
    long closed = Math.max(0, shut - now);
    if (interval == 0) {
      return closed;
    }
    fill(now);
    return Math.max(closed, tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * interval));
  }

  /** Takes a token. */
  void take(long now) {
    if (interval > 0) {
      fill(now);
      tokens -= 1;
    }
  }

  /** Gives nothing until then. */
  void shut(long until) {
    shut = Math.max(shut, until);
  }

  private void fill(long now) {
    tokens = Math.min(most, tokens + (double) (now - filled) / interval);
    filled = now;
  }
}
