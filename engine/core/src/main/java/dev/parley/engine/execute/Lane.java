package dev.parley.engine.execute;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to one account: as many calls at once as it bears, no faster than it takes them, and none
 * while it is down. What has to wait, waits in a queue and not on a thread.
 */
final class Lane {
  private final String name;
  private final int width;
  private final Clock clock;
  private final Pauses pauses;
  private final Bucket bucket = new Bucket();
  private final Breaker breaker = new Breaker();

  /** Looks at what is under way; they go before new calls. */
  private final ArrayDeque<Runnable> looks = new ArrayDeque<>();

  private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
  private int onTheWire;
  private boolean waking;
  private boolean closed;

  Lane(String name, int width, Clock clock, Pauses pauses) {
    this.name = name;
    this.width = Math.max(1, width);
    this.clock = clock;
    this.pauses = pauses;
  }

  /** How many new calls are worth preparing at once. */
  int window() {
    return Math.clamp(width * 2L, 32, 256);
  }

  /** Sends something new as soon as there is room. */
  void call(Runnable call) {
    submit(calls, call);
  }

  /** Looks at something as soon as there is room. */
  void look(Runnable look) {
    submit(looks, look);
  }

  /** Takes a call back; false if it has gone out. */
  synchronized boolean withdraw(Runnable call) {
    return calls.remove(call);
  }

  private void submit(ArrayDeque<Runnable> queue, Runnable job) {
    synchronized (this) {
      if (closed) {
        return;
      }
      queue.add(job);
    }
    dispatch();
  }

  /** Too many requests: wait that long, and be slower afterwards. */
  synchronized void throttled(Duration wait) {
    bucket.throttled(clock.instant(), wait);
    breaker.answered();
  }

  /** A call whose turn had come was not made after all. */
  synchronized void unused() {
    breaker.unused();
  }

  /** The account is down. */
  synchronized void down() {
    breaker.down(clock.instant());
  }

  /** The account answered. */
  synchronized void answered() {
    bucket.passed();
    breaker.answered();
  }

  /** Drops what waits; what is on the wire comes back. */
  synchronized void close() {
    closed = true;
    looks.clear();
    calls.clear();
  }

  private void dispatch() {
    List<Runnable> go = new ArrayList<>();
    synchronized (this) {
      while (onTheWire < width && !(looks.isEmpty() && calls.isEmpty())) {
        Duration wait = bucket.take(clock.instant());
        if (wait.isZero()) {
          wait = breaker.admit(clock.instant());
        }
        if (!wait.isZero()) {
          wake(wait);
          break;
        }
        Runnable next = looks.isEmpty() ? calls.removeFirst() : looks.removeFirst();
        onTheWire++;
        go.add(next);
      }
    }
    for (Runnable job : go) {
      Thread.ofVirtual().name("parley-call-" + name).start(() -> carry(job));
    }
  }

  private void carry(Runnable job) {
    try {
      job.run();
    } finally {
      synchronized (this) {
        onTheWire--;
        notifyAll();
      }
      dispatch();
    }
  }

  private void wake(Duration wait) {
    if (!waking) {
      waking = true;
      pauses.after(
          wait,
          () -> {
            synchronized (this) {
              waking = false;
            }
            dispatch();
          });
    }
  }

  /** Waits until nothing is on the wire. */
  synchronized void drain(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (onTheWire > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
