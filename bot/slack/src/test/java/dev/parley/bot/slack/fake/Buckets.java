package dev.parley.bot.slack.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Slack's pace, where a test wants it: one message a second and channel, with a small burst. */
final class Buckets {
  private static final int BURST = 4;
  private final Map<String, Bucket> buckets = new HashMap<>();
  private Optional<Clock> clock = Optional.empty();

  private record Bucket(double left, Instant at) {}

  /** Keeps to the pace from now on. */
  synchronized void strict(Clock measured) {
    clock = Optional.of(measured);
  }

  /** Seconds to wait; 0 lets it through. */
  synchronized int wait(String method, String channel) {
    if (clock.isEmpty() || !method.equals("chat.postMessage")) {
      return 0;
    }
    Instant now = clock.get().instant();
    Bucket former = buckets.getOrDefault(channel, new Bucket(BURST, now));
    double left =
        Math.min(BURST, former.left() + Duration.between(former.at(), now).toMillis() / 1000.0);
    if (left < 1) {
      buckets.put(channel, new Bucket(left, now));
      return 1;
    }
    buckets.put(channel, new Bucket(left - 1, now));
    return 0;
  }
}
