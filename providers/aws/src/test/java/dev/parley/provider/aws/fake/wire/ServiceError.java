package dev.parley.provider.aws.fake.wire;

import java.time.Duration;
import java.util.Optional;

/** What a service answers instead of a result. */
public final class ServiceError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<Duration> retryAfter;

  public ServiceError(int status, String code, String message) {
    this(status, code, message, Optional.empty());
  }

  public ServiceError(int status, String code, String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The service's own name for it. */
  public String code() {
    return code;
  }

  /** What the header Retry-After says. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Input that a JSON service refuses. */
  public static ServiceError validation(String message) {
    return new ServiceError(400, "ValidationException", message);
  }
}
