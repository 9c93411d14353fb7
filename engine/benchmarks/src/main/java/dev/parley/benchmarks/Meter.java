package dev.parley.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A limit of a platform: says when the next call may be made. Asked in the order of time. */
interface Meter {
  /** The first moment, not before this one, at which a call may be made; makes it. */
  Instant take(Instant at);

  /** The same limit, unused. */
  Meter fresh();

  /** No limit. */
  static Meter none() {
    return new Meter() {
      @Override
      public Instant take(Instant at) {
        return at;
      }

      @Override
      public Meter fresh() {
        return this;
      }
    };
  }

  /** One call in each interval, after a burst of so many. */
  static Meter steady(Duration interval, int burst) {
    return new Steady(interval, burst);
  }

  /** So many calls within a window, which begins with its first call. */
  static Meter windows(Duration window, int most) {
    return new Windows(window, most);
  }

  /** A token bucket. */
  final class Steady implements Meter {
    private final Duration interval;
    private final int burst;
    private Instant spent = Instant.EPOCH;

    private Steady(Duration interval, int burst) {
      this.interval = interval;
      this.burst = burst;
    }

    @Override
    public Instant take(Instant at) {
      spent = (spent.isBefore(at) ? at : spent).plus(interval);
      Instant free = spent.minus(interval.multipliedBy(burst));
      return free.isBefore(at) ? at : free;
    }

    @Override
    public Meter fresh() {
      return new Steady(interval, burst);
    }
  }

  /** Windows one after another. */
  final class Windows implements Meter {
    private final Duration window;
    private final int most;
    private final List<Instant> begun = new ArrayList<>();
    private int used;

    private Windows(Duration window, int most) {
      this.window = window;
      this.most = most;
    }

    @Override
    public Instant take(Instant at) {
      Instant ends = begun.isEmpty() ? Instant.MIN : begun.getLast().plus(window);
      if (!ends.isAfter(at)) {
        begun.add(at);
        used = 0;
      } else if (used == most) {
        begun.add(ends);
        used = 0;
      }
      used++;
      return at.isBefore(begun.getLast()) ? begun.getLast() : at;
    }

    @Override
    public Meter fresh() {
      return new Windows(window, most);
    }
  }
}
