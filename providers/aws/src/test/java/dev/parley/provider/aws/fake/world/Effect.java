package dev.parley.provider.aws.fake.world;

import java.time.Duration;
import java.util.Optional;

/** What can go wrong, or take its time. */
public sealed interface Effect {
  /** Refused before anything was done. */
  record Refuse(int status, String code, String message, Optional<Duration> retryAfter)
      implements Effect {}

  /** Done, and the connection breaks before the answer. */
  record Drop() implements Effect {}

  /** Done, and answered with an error that names nothing. */
  record FailAfter(int status) implements Effect {}

  /** Done, and the answer arrives cut off. */
  record Truncate() implements Effect {}

  /** Done, and the answer is a success that names neither request nor resource. */
  record NoId() implements Effect {}

  /**
   * Accepted, and the operation fails in the end.
   *
   * @param code a handler's error code
   * @param halfMade whether something stays behind that has an identifier
   */
  record FailOperation(String code, String message, boolean halfMade) implements Effect {}

  /** Accepted, and the operation takes its time. */
  record Slow(Pace pace) implements Effect {}

  /** Done, and reads show what was before for so many looks. */
  record Lagging(int looks) implements Effect {}

  /** A hook is asked before anything is done. */
  record Hooked(String name, boolean passes, boolean strict, String message) implements Effect {}

  /** Too many requests, with status 429 and a delay. */
  static Refuse throttled(Duration retryAfter) {
    return new Refuse(429, "ThrottlingException", "Rate exceeded", Optional.of(retryAfter));
  }

  /** Too many requests in the older form: status 400 and no delay. */
  static Refuse throttledPlainly() {
    return new Refuse(400, "ThrottlingException", "Rate exceeded", Optional.empty());
  }

  /** Too many requests, said by a handler as if it were something else. */
  static Refuse throttledInDisguise() {
    return new Refuse(
        400,
        "GeneralServiceException",
        "Rate exceeded (Service: Fake, Status Code: 400)",
        Optional.empty());
  }

  /** Not allowed. */
  static Refuse denied(String action) {
    return new Refuse(
        400,
        "AccessDeniedException",
        "User is not authorized to perform: " + action,
        Optional.empty());
  }

  /** The session is over. */
  static Refuse expired() {
    return new Refuse(
        400,
        "ExpiredTokenException",
        "The security token included in the request is expired",
        Optional.empty());
  }

  /** Another change came in between; a 500 although nothing is broken. */
  static Refuse concurrent() {
    return new Refuse(
        500,
        "ConcurrentModificationException",
        "The resource is currently being modified by another operation",
        Optional.empty());
  }
}
