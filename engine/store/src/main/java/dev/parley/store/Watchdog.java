package dev.parley.store;

import dev.parley.run.Journal.JournalFailed;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets others touch MapDB only on threads of its own, for damage there may show as an endless loop.
 * Work that neither ends nor gets on within the deadline is given up with its thread. The threads
 * are never interrupted: that would close the file under the others.
 */
final class Watchdog implements AutoCloseable {
  private static final AtomicLong THREADS = new AtomicLong();

  private final Duration deadline;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "parley-views-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Has no thread until there is work.
   *
   * @param deadline for one step, not for the whole: a long replay is not a hang
   */
  Watchdog(Duration deadline) {
    this.deadline = deadline;
  }

  /** Begins work without waiting for it. */
  void begin(Runnable work) {
    threads.execute(work);
  }

  /**
   * Waits for work.
   *
   * @param progress counts the steps of all work on the same views
   * @throws Doubt if it failed or got stuck
   */
  <T> T call(AtomicLong progress, Callable<T> work) {
    Future<T> future = threads.submit(work);
    boolean interrupted = false;
    try {
      long seen = progress.get();
      long until = System.nanoTime() + deadline.toNanos();
      while (true) {
        try {
          return future.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          long now = progress.get();
          if (now == seen) {
            throw new Doubt("no answer within " + deadline, e);
          }
          seen = now;
          until = System.nanoTime() + deadline.toNanos();
        }
      }
    } catch (ExecutionException e) {
      throw told(e.getCause() == null ? e : e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** The journal's own trouble is no doubt about the views. */
  private static RuntimeException told(Throwable cause) {
    return switch (cause) {
      case JournalFailed failed -> failed;
      case Doubt doubt -> doubt;
      default -> new Doubt(cause.toString(), cause);
    };
  }
}
