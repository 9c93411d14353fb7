package dev.parley.provider.sandbox.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token bucket: so many calls in a second, with a reserve for bursts. */
final class Meter {
  private final Clock clock;
  private final double perSecond;
  private final double burst;
  private double tokens;
  private Instant filled;

  /** Zero calls in a second means no limit. */
  Meter(Clock clock, double perSecond, double burst) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.burst = Math.max(1, burst);
    this.tokens = this.burst;
    this.filled = clock.instant();
  }

  /** Takes one call out; if there is none left, how long until there is one. */
  synchronized Optional<Duration> take() {
    if (perSecond <= 0) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    double seconds = Duration.between(filled, now).toNanos() / 1e9;
    tokens = Math.min(burst, tokens + Math.max(0, seconds) * perSecond);
    filled = now;
    if (tokens >= 1) {
      tokens--;
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil((1 - tokens) / perSecond * 1000)));
  }
}
