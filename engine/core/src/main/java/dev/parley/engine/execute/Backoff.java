package dev.parley.engine.execute;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next look or try: 2, 4, 8, 16, then 30 seconds, a fifth more or less.
 */
final class Backoff {
  private static final long FIRST = 2_000;
  private static final long MOST = 30_000;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param former how often it was waited for the same reason
   */
  Duration pause(int former) {
    long pause = Math.min(MOST, FIRST << Math.min(former, 10));
    return Duration.ofMillis((long) (pause * (0.8 + random.nextDouble() * 0.4)));
  }
}
