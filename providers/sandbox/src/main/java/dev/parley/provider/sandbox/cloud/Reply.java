package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Value.Fields;
import java.util.Optional;

/**
 * What a simulated cloud answers.
 *
 * @param status as HTTP has it
 * @param code the vendor's error code; "" if all is well
 * @param message the vendor's words
 * @param paths where in the body the mistakes stand
 * @param retryAfterMillis when to come again, if it says
 * @param delivery what becomes of the answer on its way
 */
public record Reply(
    int status,
    String code,
    String message,
    java.util.List<String> paths,
    Fields body,
    Optional<Long> retryAfterMillis,
    String requestId,
    Delivery delivery) {
  public Reply {
    paths = java.util.List.copyOf(paths);
  }

  /** What the wire does with an answer. */
  public enum Delivery {
    WHOLE,
    /** The connection breaks before it arrives. */
    DROPPED,
    /** It arrives cut off. */
    TRUNCATED
  }

  /** All is well. */
  static Reply ok(int status, Fields body) {
    return new Reply(
        status, "", "", java.util.List.of(), body, Optional.empty(), "", Delivery.WHOLE);
  }

  Reply delivered(Delivery how) {
    return new Reply(status, code, message, paths, body, retryAfterMillis, requestId, how);
  }

  Reply identified(String requestId) {
    return new Reply(status, code, message, paths, body, retryAfterMillis, requestId, delivery);
  }

  /** Whether it is an error. */
  public boolean failed() {
    return status >= 400;
  }
}
