package dev.parley.engine.stand;

import dev.parley.engine.execute.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when the test says so. */
public final class HeldPauses implements Pauses {
  private record Held(Instant until, Runnable then) {}

  private final MovableClock clock;
  private final List<Held> held = new ArrayList<>();

  public HeldPauses(MovableClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void after(Duration pause, Runnable then) {
    held.add(new Held(clock.instant().plus(pause), then));
  }

  /** How many wait. */
  public synchronized int waiting() {
    return held.size();
  }

  /** Lets time pass; what is due by then goes on. */
  public void pass(Duration time) {
    clock.reach(clock.instant().plus(time));
    List<Held> due = new ArrayList<>();
    synchronized (this) {
      held.removeIf(one -> !one.until().isAfter(clock.instant()) && due.add(one));
    }
    due.forEach(one -> Thread.startVirtualThread(one.then()));
  }

  /** Lets time pass until the next pause is over; not at all if nothing waits. */
  public void passToNext() {
    java.util.Optional<Instant> next;
    synchronized (this) {
      next = held.stream().map(Held::until).min(java.util.Comparator.naturalOrder());
    }
    next.ifPresent(
        until ->
            pass(
                Duration.between(clock.instant(), until).isNegative()
                    ? Duration.ZERO
                    : Duration.between(clock.instant(), until)));
  }
}
