package dev.parley.bot.slack.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Slack's pace, where a test wants it: one new message a second and channel after a small burst; of
 * other methods so many within any sixty seconds, for each workspace. Slack itself is a little more
 * generous than what it publishes; this is not.
 */
final class Buckets {
  private static final int BURST = 4;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Calls a minute by Slack's tiers: 20 in the second, 50 in the third, 100 in the fourth. */
  private static final Map<String, Integer> TIERS =
      Map.of(
          "users.list", 20,
          "chat.update", 50,
          "reactions.add", 50,
          "conversations.history", 50,
          "conversations.replies", 50,
          "chat.postEphemeral", 100,
          "views.open", 100,
          "users.info", 100,
          "files.getUploadURLExternal", 100,
          "files.completeUploadExternal", 100);

  private final Map<String, Bucket> channels = new HashMap<>();
  private final Map<String, Deque<Instant>> calls = new HashMap<>();
  private final Map<String, Instant> shut = new HashMap<>();
  private final Map<String, Integer> refused = new TreeMap<>();
  private int early;
  private Optional<Clock> clock = Optional.empty();

  private record Bucket(double left, Instant at) {}

  /** Keeps to the pace from now on. */
  synchronized void strict(Clock measured) {
    clock = Optional.of(measured);
  }

  /** Seconds to wait; 0 lets it through. */
  synchronized int wait(String team, String method, String channel) {
    if (clock.isEmpty()) {
      return 0;
    }
    Instant now = clock.get().instant();
    boolean post = method.equals("chat.postMessage");
    String key = team + " " + method + (post ? " " + channel : "");
    Duration lack = post ? post(key, now) : minute(key, method, now);
    if (lack.isZero()) {
      shut.remove(key);
      return 0;
    }
    if (shut.getOrDefault(key, Instant.MIN).isAfter(now)) {
      early++;
    }
    int seconds = (int) Math.max(1, lack.plusMillis(999).toSeconds());
    shut.put(key, now.plusSeconds(seconds));
    refusal(method);
    return seconds;
  }

  private Duration post(String key, Instant now) {
    Bucket former = channels.getOrDefault(key, new Bucket(BURST, now));
    double left =
        Math.min(BURST, former.left() + Duration.between(former.at(), now).toMillis() / 1000.0);
    boolean through = left >= 1;
    channels.put(key, new Bucket(through ? left - 1 : left, now));
    return through ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((1 - left) * 1000));
  }

  private Duration minute(String key, String method, Instant now) {
    Integer most = TIERS.get(method);
    if (most == null) {
      return Duration.ZERO;
    }
    Deque<Instant> lately = calls.computeIfAbsent(key, _ -> new ArrayDeque<>());
    while (!lately.isEmpty() && !lately.peek().plus(MINUTE).isAfter(now)) {
      lately.poll();
    }
    if (lately.size() >= most) {
      return Duration.between(now, lately.peek().plus(MINUTE));
    }
    lately.add(now);
    return Duration.ZERO;
  }

  /** Notes an answer of 429. */
  synchronized void refusal(String method) {
    refused.merge(method, 1, Integer::sum);
  }

  synchronized Map<String, Integer> refused() {
    return Map.copyOf(refused);
  }

  /** Calls that came before the time that the last 429 named. */
  synchronized int early() {
    return early;
  }
}
