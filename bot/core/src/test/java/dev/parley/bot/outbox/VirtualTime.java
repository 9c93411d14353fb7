package dev.parley.bot.outbox;

import java.time.Duration;
import java.util.PriorityQueue;

/** Time that goes on only when it is told to; what is due then happens on the caller's thread. */
final class VirtualTime implements Ticks {
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private long now;
  private long counter;

  private record Due(long at, long number, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void later(Duration after, Runnable what) {
    due.add(new Due(now + after.toNanos(), counter++, what));
  }

  @Override
  public void soon(Runnable what) {
    what.run();
  }

  /** Lets a span pass. */
  void pass(Duration span) {
    long end = now + span.toNanos();
    while (!due.isEmpty() && due.peek().at() <= end) {
      Due next = due.remove();
      now = Math.max(now, next.at());
      next.what().run();
    }
    now = end;
  }

  /** Forgets all that is due, as a crash does. */
  void crash() {
    due.clear();
  }
}
