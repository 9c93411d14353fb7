package dev.parley.engine.execute;

import java.time.Duration;
import java.time.Instant;

/**
 * A circuit breaker: opens when an account is down several times in a row, lets one call through
 * after a while, and closes when that one is answered. Not for many threads.
 */
final class Breaker {
  private static final int TIMES = 5;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration MOST = Duration.ofMinutes(1);

  private int failures;
  private Duration pause = FIRST;
  private Instant until = Instant.MIN;
  private boolean trying;

  /**
   * How long to wait before a call may go out; zero if one may go now, which is then expected to.
   */
  Duration admit(Instant now) {
    if (failures < TIMES) {
      return Duration.ZERO;
    }
    if (now.isBefore(until)) {
      return Duration.between(now, until);
    }
    if (trying) {
      return pause;
    }
    trying = true;
    return Duration.ZERO;
  }

  /** The account answered, whatever it said. */
  void answered() {
    failures = 0;
    pause = FIRST;
    trying = false;
  }

  /** The call that was let through was not made. */
  void unused() {
    trying = false;
  }

  /** The account is down. */
  void down(Instant now) {
    failures++;
    if (failures == TIMES) {
      until = now.plus(pause);
    } else if (failures > TIMES && trying) {
      pause = pause.multipliedBy(2).compareTo(MOST) > 0 ? MOST : pause.multipliedBy(2);
      until = now.plus(pause);
    }
    trying = false;
  }
}
