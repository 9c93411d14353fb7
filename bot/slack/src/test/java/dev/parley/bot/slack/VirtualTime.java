package dev.parley.bot.slack;

import dev.parley.bot.outbox.Ticks;
import dev.parley.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that passes when a test says so, for the outbox and for the stand-in alike. */
final class VirtualTime implements Ticks {
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");
  private final SettableClock clock = new SettableClock(START);
  private final PriorityQueue<Later> later = new PriorityQueue<>();
  private long count;

  private record Later(Instant at, long order, Runnable what) implements Comparable<Later> {
    @Override
    public int compareTo(Later other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Clock clock() {
    return clock;
  }

  @Override
  public long nanos() {
    return Duration.between(START, clock.instant()).toNanos();
  }

  @Override
  public void later(Duration after, Runnable what) {
    later.add(new Later(clock.instant().plus(after), count++, what));
  }

  @Override
  public void soon(Runnable what) {
    what.run();
  }

  /** Lets time pass; what falls due in between happens at its time. */
  void pass(Duration span) {
    Instant end = clock.instant().plus(span);
    while (!later.isEmpty() && !later.peek().at().isAfter(end)) {
      Later next = later.poll();
      if (next.at().isAfter(clock.instant())) {
        clock.advance(Duration.between(clock.instant(), next.at()));
      }
      next.what().run();
    }
    clock.advance(Duration.between(clock.instant(), end));
  }
}
