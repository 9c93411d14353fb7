package dev.parley.bot.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request is Slack's: its signature over the raw body (HMAC-SHA256 of {@code
 * v0:timestamp:body}), at most five minutes old or ahead, and seen for the first time.
 */
final class Verifier {
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration REMEMBERED = SKEW.multipliedBy(2);
  private static final String VERSION = "v0";

  private final SecretKeySpec key;
  private final Clock clock;
  private final Set<String> seen = new HashSet<>();
  private final Queue<Seen> order = new ArrayDeque<>();

  private record Seen(String signature, Instant until) {}

  Verifier(String secret, Clock clock) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("no signing secret, no verification");
    }
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.clock = clock;
  }

  /**
   * Takes a request, once.
   *
   * @param timestamp the header {@code X-Slack-Request-Timestamp}
   * @param signature the header {@code X-Slack-Signature}
   * @return why it is refused, for the log; empty if it is Slack's
   */
  Optional<String> refuse(Optional<String> timestamp, Optional<String> signature, byte[] body) {
    if (timestamp.filter(t -> t.matches("\\d{1,12}")).isEmpty() || signature.isEmpty()) {
      return Optional.of("it is not signed");
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp.get())), clock.instant());
    if (age.abs().compareTo(SKEW) > 0) {
      return Optional.of("its time is " + age.toSeconds() + " s away from ours");
    }
    String right = signature(timestamp.get(), body);
    boolean same =
        MessageDigest.isEqual(
            right.getBytes(StandardCharsets.UTF_8),
            signature.get().getBytes(StandardCharsets.UTF_8));
    if (!same) {
      return Optional.of("its signature is wrong");
    }
    return remember(right) ? Optional.empty() : Optional.of("it was here before");
  }

  /** Lets a request come again, because it could not be taken. */
  synchronized void forget(String timestamp, byte[] body) {
    seen.remove(signature(timestamp, body));
  }

  private synchronized boolean remember(String signature) {
    Instant now = clock.instant();
    while (!order.isEmpty() && order.peek().until().isBefore(now)) {
      seen.remove(order.poll().signature());
    }
    if (!seen.add(signature)) {
      return false;
    }
    order.add(new Seen(signature, now.plus(REMEMBERED)));
    return true;
  }

  private String signature(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((VERSION + ":" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
