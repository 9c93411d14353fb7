package dev.parley.engine.execute;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket that learns an account's rate: without limit until the provider throttles, half as
 * fast after each throttling, and slowly faster again with each call that goes through. Not for
 * many threads.
 */
final class Bucket {
  private static final double SLOWEST = 0.2;
  private static final double FASTEST = 500;
  private static final double BURST = 4;

  private double rate = Double.POSITIVE_INFINITY;
  private double tokens;
  private Instant filled = Instant.MIN;
  private Instant held = Instant.MIN;
  private Instant counting = Instant.MIN;
  private int counted;
  private double seen;

  /** Takes a token, or says how long to wait for one. */
  Duration take(Instant now) {
    if (now.isBefore(held)) {
      return Duration.between(now, held);
    }
    count(now);
    if (Double.isInfinite(rate)) {
      return Duration.ZERO;
    }
    fill(now);
    if (tokens >= 1) {
      tokens--;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) ((1 - tokens) / rate * 1e9) + 1);
  }

  /** The provider said: too many. */
  void throttled(Instant now, Duration wait) {
    Instant until = now.plus(wait);
    if (until.isAfter(held)) {
      held = until;
    }
    rate = Math.max(SLOWEST, (Double.isInfinite(rate) ? Math.max(2, seen) : rate) / 2);
    tokens = 0;
    filled = held;
  }

  /** A call went through. */
  void passed() {
    if (!Double.isInfinite(rate)) {
      rate = rate * 1.05;
      if (rate > FASTEST) {
        rate = Double.POSITIVE_INFINITY;
      }
    }
  }

  private void fill(Instant now) {
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / 1e9;
      tokens = Math.min(BURST, tokens + seconds * rate);
      filled = now;
    }
  }

  /** Calls in the last whole second, which is the rate that was too much. */
  private void count(Instant now) {
    if (counting.equals(Instant.MIN) || !now.isBefore(counting.plusSeconds(1))) {
      seen = counted;
      counting = now;
      counted = 0;
    }
    counted++;
    seen = Math.max(seen, counted);
  }
}
