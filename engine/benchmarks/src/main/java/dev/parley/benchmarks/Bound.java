package dev.parley.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How fast a program without any delay of its own could answer within the platform's pace: each
 * request takes a root card in its channel and a plan card in its thread, in the order of the
 * requests.
 *
 * @param channel a channel's pace for new messages
 * @param all the pace of all calls together
 * @param messages of one request that count for its channel, until its plan card is there
 * @param calls that one request takes until then
 */
record Bound(Supplier<Meter> channel, Meter all, int messages, int calls) {
  /** How long after it was asked which request can be answered at best. */
  record Best(Map<String, Duration> sign, Map<String, Duration> plan) {}

  /** Root cards before plan cards is best for the first sign; pairs are best for the plans. */
  Best of(List<Asked> inOrder) {
    return new Best(served(inOrder, 1, 1), served(inOrder, messages, calls));
  }

  /** Ideal service: never idle while something may be sent. */
  private Map<String, Duration> served(List<Asked> inOrder, int each, int sent) {
    var channels = new HashMap<Integer, Meter>();
    Meter every = all.fresh();
    var times = new LinkedHashMap<String, Duration>();
    for (Asked one : inOrder) {
      Meter here = channels.computeIfAbsent(one.channel(), _ -> channel.get());
      Instant done = one.at();
      for (int i = 0; i < each; i++) {
        done = here.take(done);
      }
      for (int i = 0; i < sent; i++) {
        Instant called = every.take(one.at());
        done = done.isAfter(called) ? done : called;
      }
      times.put(one.message(), Duration.between(one.at(), done));
    }
    return times;
  }
}
