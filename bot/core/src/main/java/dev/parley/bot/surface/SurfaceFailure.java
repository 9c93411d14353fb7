package dev.parley.bot.surface;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a surface did not take something. A surface tries once and says which of these it was; the
 * outbox decides what comes of it.
 */
public abstract sealed class SurfaceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SurfaceFailure(String message, Optional<Throwable> cause) {
    super(message, cause.orElse(null));
  }

  /** Too much at once: nothing was done, and it may be tried again after a while. */
  public static final class Slow extends SurfaceFailure {
    private static final long serialVersionUID = 1L;
    private final Duration after;

    /**
     * A refusal for a while.
     *
     * @param after what the platform asks for ({@code Retry-After})
     */
    public Slow(String message, Duration after) {
      super(message, Optional.empty());
      this.after = after;
    }

    /** How long to wait at least. */
    public Duration after() {
      return after;
    }
  }

  /** It can't be reached, or is out of order: nothing was done; it is tried until it works. */
  public static final class Unreachable extends SurfaceFailure {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message, Throwable cause) {
      super(message, Optional.of(cause));
    }

    public Unreachable(String message) {
      super(message, Optional.empty());
    }
  }

  /**
   * It may have been done and may not: a connection broke while the answer was on its way. It is
   * looked for before it is tried again.
   */
  public static final class Unknown extends SurfaceFailure {
    private static final long serialVersionUID = 1L;

    public Unknown(String message, Throwable cause) {
      super(message, Optional.of(cause));
    }
  }

  /** It will never be taken like this: trying again is of no use, and the operator is told. */
  public static final class Refused extends SurfaceFailure {
    private static final long serialVersionUID = 1L;
    private final String next;

    /**
     * A refusal for good.
     *
     * @param message what the platform said
     * @param next what the operator can do about it
     */
    public Refused(String message, String next) {
      super(message, Optional.empty());
      this.next = next;
    }

    /** What the operator can do about it. */
    public String next() {
      return next;
    }
  }
}
