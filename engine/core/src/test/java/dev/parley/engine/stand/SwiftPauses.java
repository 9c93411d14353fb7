package dev.parley.engine.stand;

import dev.parley.engine.execute.Pauses;
import java.time.Duration;
import java.time.Instant;

/** Time that passes at once: a pause moves the clock to its end. */
public final class SwiftPauses implements Pauses {
  private final MovableClock clock;

  public SwiftPauses(MovableClock clock) {
    this.clock = clock;
  }

  @Override
  public void after(Duration pause, Runnable then) {
    Instant end = clock.instant().plus(pause);
    Thread.startVirtualThread(
        () -> {
          clock.reach(end);
          then.run();
        });
  }
}
