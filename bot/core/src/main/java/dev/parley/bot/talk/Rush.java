package dev.parley.bot.talk;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Many speaking up at once. What takes long lets them all be heard first: platforms wait for an
 * acknowledgement for a few seconds only, and people for a first sign. Who speaks alone waits for
 * nothing, and if the many do not end, nobody waits any more.
 */
final class Rush {
  private static final int MANY = 32;
  private static final long WITHIN = Duration.ofSeconds(1).toNanos();
  private static final long QUIET = Duration.ofMillis(150).toNanos();
  private static final long LONGEST = Duration.ofSeconds(3).toNanos();
  private static final long LOOK = Duration.ofMillis(75).toNanos();

  private final LongSupplier nanos;
  private final long[] moments = new long[MANY];
  private long count;
  private boolean many;
  private long began;

  /**
   * Nobody has spoken yet.
   *
   * @param nanos a clock like {@link System#nanoTime}
   */
  Rush(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Somebody speaks up, or is given a first sign. */
  synchronized void moves() {
    long now = nanos.getAsLong();
    moments[(int) (count++ % MANY)] = now;
    boolean before = many;
    many = count >= MANY && now - moments[(int) (count % MANY)] < WITHIN;
    if (many && !before) {
      began = now;
    }
  }

  /** Whether much has moved within a second, the last of it a moment ago, and not for long yet. */
  synchronized boolean goesOn() {
    long now = nanos.getAsLong();
    long last = moments[(int) ((count + MANY - 1) % MANY)];
    return many && now - last < QUIET && now - began < LONGEST;
  }

  /** Waits until it is over. */
  void pass() {
    while (goesOn()) {
      LockSupport.parkNanos(LOOK);
    }
  }
}
