package dev.parley.bot.talk;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serial queues by name: what is put into one lane runs in order, one at a time, on a virtual
 * thread; lanes don't wait for one another.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Map<String, Queue<Runnable>> lanes = new HashMap<>();
  private boolean closed;

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
      } catch (RuntimeException | Error e) {
        LOG.error("lane {} failed", lane, e);
      }
    }
  }
}
