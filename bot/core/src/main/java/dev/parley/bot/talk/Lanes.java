package dev.parley.bot.talk;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serial queues by name: what is put into one lane runs in order, one at a time, on a virtual
 * thread; lanes don't wait for one another, except for {@link #within}.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<String, Queue<Runnable>> lanes = new HashMap<>();
  private final Set<CompletableFuture<Void>> awaited = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Puts work at the end of a lane. */
  void run(String lane, Runnable work) {
    synchronized (lanes) {
      if (closed) {
        return;
      }
      Queue<Runnable> queue = lanes.get(lane);
      if (queue != null) {
        queue.add(work);
        return;
      }
      lanes.put(lane, new ArrayDeque<>(java.util.List.of(work)));
    }
    Thread.ofVirtual().name("lane " + lane).start(() -> drain(lane));
  }

  /**
   * Puts work at the end of a lane and waits until it is done; what it throws is thrown here. Not
   * from a thread's own lane: two threads could wait for each other.
   *
   * @throws CancellationException when the lanes are closed before
   */
  void within(String lane, Runnable work) {
    var done = new CompletableFuture<Void>();
    awaited.add(done);
    run(
        lane,
        () -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    if (closed) {
      done.cancel(false);
    }
    try {
      done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException broken -> throw broken;
        case Error broken -> throw broken;
        case null, default -> throw e;
      }
    } finally {
      awaited.remove(done);
    }
  }

  /** Whether nothing runs and nothing waits. */
  boolean idle() {
    synchronized (lanes) {
      return lanes.isEmpty();
    }
  }

  /** Takes no more work; what runs goes on to its end. */
  void close() {
    synchronized (lanes) {
      closed = true;
      lanes.values().forEach(Queue::clear);
    }
    awaited.forEach(one -> one.cancel(false));
  }

  private void drain(String lane) {
    while (true) {
      Runnable work;
      synchronized (lanes) {
        Queue<Runnable> queue = lanes.get(lane);
        if (queue == null) {
          return;
        }
        Runnable head = queue.poll();
        if (head == null) {
          lanes.remove(lane);
          lanes.notifyAll();
          return;
        }
        work = head;
      }
      try {
        work.run();
      } catch (CancellationException e) {
        LOG.debug("lane {} ends: {}", lane, String.valueOf(e.getMessage()));
      } catch (RuntimeException | Error e) {
        LOG.error("lane {} failed", lane, e);
      }
    }
  }
}
