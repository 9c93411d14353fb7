package dev.parley.bot.outbox;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Steady time, and being called later. */
public interface Ticks {
  /** Nanoseconds since some moment; never goes back. */
  long nanos();

  /** Calls after a while, on a thread that may block. */
  void later(Duration after, Runnable what);

  /** The machine's own. */
  static Ticks of(ScheduledExecutorService timer) {
    return new Ticks() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void later(Duration after, Runnable what) {
        try {
          timer.schedule(
              () -> Thread.ofVirtual().start(what), after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
          // Closing: what waits stays on its shelf.
          return;
        }
      }
    };
  }
}
