package dev.parley.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The platform's pace, and how fast a program without any delay of its own could answer within it:
 * each request takes a root card in its channel and a plan card in its thread, in the order of the
 * requests.
 *
 * @param between least time between two messages of one channel, once the burst is used up
 * @param burst messages that a channel takes at once
 * @param threads whether a thread is counted apart from its channel
 * @param calls per second over everything; 0 means any number
 * @param needed calls that one request takes at least: root card, plan card, and what it takes to
 *     open a thread
 */
record Bound(Duration between, int burst, boolean threads, int calls, int needed) {
  /** When which request can be answered at best, counted from when it was asked. */
  record Best(Map<String, Duration> sign, Map<String, Duration> plan) {}

  Best of(List<Asked> inOrder) {
    var sign = new LinkedHashMap<String, Duration>();
    var plan = new LinkedHashMap<String, Duration>();
    // Root cards before plan cards is best for the first sign; pairs are best for the plans.
    var roots = new Pacer();
    inOrder.forEach(one -> sign.put(one.message(), roots.message(one, 1, 1)));
    var pairs = new Pacer();
    inOrder.forEach(one -> plan.put(one.message(), pairs.message(one, threads ? 1 : 2, needed)));
    return new Best(sign, plan);
  }

  /** Ideal service: never idle while something may be sent. */
  private final class Pacer {
    private final Map<Integer, Meter> channels = new HashMap<>();
    private final Meter all =
        new Meter(calls == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(calls), calls);

    Duration message(Asked one, int messages, int sent) {
      Meter channel = channels.computeIfAbsent(one.channel(), _ -> new Meter(between, burst));
      Instant done = one.at();
      for (int i = 0; i < messages; i++) {
        done = channel.take(done);
      }
      for (int i = 0; i < sent; i++) {
        Instant called = all.take(one.at());
        done = done.isAfter(called) ? done : called;
      }
      return Duration.between(one.at(), done);
    }
  }

  /** A token bucket, asked in the order of time. */
  private static final class Meter {
    private final Duration interval;
    private final int most;
    private Instant full = Instant.MIN;

    Meter(Duration interval, int most) {
      this.interval = interval;
      this.most = most;
    }

    /** The first moment, not before this one, at which there is a token; takes it. */
    Instant take(Instant at) {
      if (interval.isZero()) {
        return at;
      }
      Instant begun = full.isBefore(at) ? at : full;
      full = begun.plus(interval);
      Instant free = full.minus(interval.multipliedBy(most));
      return free.isBefore(at) ? at : free;
    }
  }
}
