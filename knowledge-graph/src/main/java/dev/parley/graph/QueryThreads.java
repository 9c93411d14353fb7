package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Knowledge.Refused.Why;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryException;

/**
 * Runs queries, each on a platform thread with a stack that a long path does not overflow; a few of
 * one tenant at once, a few more in a queue. One that does not end in time is left behind and
 * counted.
 */
final class QueryThreads {
  private static final long STACK = 64L << 20;
  private static final int MOST_HUNG = 4;
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Limits limits;
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> queues = new ConcurrentHashMap<>();
  private final AtomicInteger hung = new AtomicInteger();

  QueryThreads(Limits limits) {
    this.limits = limits;
  }

  /** Threads that did not end when their time was over. */
  int hung() {
    return hung.get();
  }

  /**
   * Runs one query to its end.
   *
   * @throws Refused if it can't have its turn, or does not end well
   */
  <T> T run(String tenant, Callable<T> query) {
    if (hung.get() > MOST_HUNG) {
      throw new Refused(
          Why.TOO_MANY,
          "More than "
              + MOST_HUNG
              + " queries hang; no new ones are started. Restart Parley, and simplify those"
              + " queries.");
    }
    Semaphore turn = turns.computeIfAbsent(tenant, _ -> new Semaphore(limits.atOnce(), true));
    take(turn, queues.computeIfAbsent(tenant, _ -> new AtomicInteger()));
    var left = new AtomicInteger();
    var task = new FutureTask<>(query);
    Thread.ofPlatform()
        .name("sparql")
        .daemon(true)
        .stackSize(STACK)
        .start(
            () -> {
              try {
                task.run();
              } finally {
                turn.release();
                if (!left.compareAndSet(0, 1)) {
                  hung.decrementAndGet();
                }
              }
            });
    try {
      return task.get(limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      hung.incrementAndGet();
      if (!left.compareAndSet(0, 2)) {
        hung.decrementAndGet();
      }
      throw tooLong();
    } catch (ExecutionException e) {
      throw told(Optional.ofNullable(e.getCause()).orElse(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Why.BROKEN, "The question was interrupted. Ask again.");
    }
  }

  private void take(Semaphore turn, AtomicInteger queue) {
    if (turn.tryAcquire()) {
      return;
    }
    if (queue.incrementAndGet() > limits.queued()) {
      queue.decrementAndGet();
      throw tooMany();
    }
    try {
      if (!turn.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Why.BROKEN, "The question was interrupted. Ask again.");
    } finally {
      queue.decrementAndGet();
    }
  }

  private Refused tooMany() {
    return new Refused(
        Why.TOO_MANY,
        "Too many questions at once: "
            + limits.atOnce()
            + " run, and others wait. Ask again in a few seconds.");
  }

  private Refused tooLong() {
    return new Refused(
        Why.TOO_LONG,
        "The query ran longer than "
            + limits.time().toMillis()
            + " ms and was stopped. Ask for less: name a resource, add a FILTER, shorten a path.");
  }

  private RuntimeException told(Throwable cause) {
    return switch (cause) {
      case Refused refused -> refused;
      case NotAcceptable notAcceptable -> notAcceptable;
      case QueryCancelledException _ -> tooLong();
      case StackOverflowError _ ->
          new Refused(
              Why.TOO_LONG, "The query goes too deep. Shorten its path or flatten its groups.");
      case OutOfMemoryError _ ->
          new Refused(Why.TOO_LONG, "The query needs too much memory. Ask for less, or in parts.");
      case QueryException e ->
          new Refused(Why.MALFORMED, "The query can't be answered: " + e.getMessage() + ".");
      default ->
          new Refused(
              Why.BROKEN,
              "The graph could not answer: "
                  + cause
                  + ". Look at the log; the graph can be rebuilt.");
    };
  }
}
