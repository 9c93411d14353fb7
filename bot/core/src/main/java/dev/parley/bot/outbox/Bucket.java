package dev.parley.bot.outbox;

import java.time.Duration;

/**
 * A token bucket: so many at once, and then one in each interval. Nanoseconds of a steady clock.
 */
final class Bucket {
  private final long interval;
  private final int most;
  private double tokens;
  private long filled;

  /** A bucket that starts with a single token, so that a restart is no burst. */
  Bucket(Duration interval, int most, long now) {
    this.interval = interval.toNanos();
    this.most = most;
    this.tokens = 1;
    this.filled = now;
  }

  /** Nanoseconds until there is a token; 0 if there is one. */
  long lack(long now) {
    if (interval == 0) {
      return 0;
    }
    fill(now);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * interval);
  }

  /** Takes a token. */
  void take(long now) {
    if (interval > 0) {
      fill(now);
      tokens -= 1;
    }
  }

  private void fill(long now) {
    tokens = Math.min(most, tokens + (double) (now - filled) / interval);
    filled = now;
  }
}
