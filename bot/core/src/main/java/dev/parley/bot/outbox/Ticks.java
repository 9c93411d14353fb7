package dev.parley.bot.outbox;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Steady time, and being called later. */
public interface Ticks {
  /** Nanoseconds since some moment; never goes back. */
  long nanos();

  /** Calls after a while, on a thread that may block. */
  void later(Duration after, Runnable what);

  /** Calls as soon as may be, on a thread that may block. */
  void soon(Runnable what);

  /** The machine's own. */
  static Ticks of(ScheduledExecutorService timer, Executor threads) {
    return new Ticks() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void later(Duration after, Runnable what) {
        try {
          timer.schedule(() -> soon(what), after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
          // Closing: what waits stays on its shelf.
          return;
        }
      }

      @Override
      public void soon(Runnable what) {
        try {
          threads.execute(what);
        } catch (RejectedExecutionException e) {
          // Closing, as above.
          return;
        }
      }
    };
  }
}
