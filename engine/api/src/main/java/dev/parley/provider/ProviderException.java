package dev.parley.provider;

import dev.parley.value.Pointer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The cloud said no, or said nothing. A closed set: what to do next depends on the case alone.
 *
 * <p>Messages are the vendor's, with secrets redacted.
 */
public abstract sealed class ProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Facts facts;

  ProviderException(Facts facts) {
    super(facts.message());
    this.facts = facts;
  }

  /** What is known about it. */
  public Facts facts() {
    return facts;
  }

  /** The case's name, stable for stored records. */
  public String kind() {
    return getClass().getSimpleName();
  }

  /** Whether the request reached the provider. */
  public enum Sent {
    NO,
    MAYBE,
    YES
  }

  /**
   * What every case carries.
   *
   * @param operation create, read, update, delete, list, call, poll, catalog
   * @param status HTTP status; 0 if there was none
   * @param code the vendor's code; "" if there was none
   */
  public record Facts(
      String account,
      String operation,
      int status,
      String code,
      String message,
      String requestId,
      Sent sent) {
    /** About something that was never sent. */
    public static Facts unsent(String account, String operation, String message) {
      return new Facts(account, operation, 0, "", message, "", Sent.NO);
    }
  }

  /** A capability that is not claimed, or a call that is not allowed; nothing was done. */
  public static final class Refused extends ProviderException {
    private static final long serialVersionUID = 1L;

    public Refused(Facts facts) {
      super(facts);
    }
  }

  /** The vendor rejects the body. */
  public static final class InvalidRequest extends ProviderException {
    private static final long serialVersionUID = 1L;
    private final transient List<Pointer> paths;

    public InvalidRequest(Facts facts, List<Pointer> paths) {
      super(facts);
      this.paths = List.copyOf(paths);
    }

    /** Where in the body. */
    public List<Pointer> paths() {
      return paths;
    }
  }

  /** Credentials are missing or expired. */
  public static final class Unauthenticated extends ProviderException {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(Facts facts) {
      super(facts);
    }
  }

  /** Not allowed. */
  public static final class Forbidden extends ProviderException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> missing;

    public Forbidden(Facts facts, List<String> missing) {
      super(facts);
      this.missing = List.copyOf(missing);
    }

    /** The permissions that are missing, if known. */
    public List<String> missing() {
      return missing;
    }
  }

  /** Not there, or not visible. */
  public static final class NotFound extends ProviderException {
    private static final long serialVersionUID = 1L;

    public NotFound(Facts facts) {
      super(facts);
    }
  }

  /** The name is taken. */
  public static final class AlreadyExists extends ProviderException {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(Facts facts) {
      super(facts);
    }
  }

  /** Busy, or changed at the same time. */
  public static final class Conflict extends ProviderException {
    private static final long serialVersionUID = 1L;

    public Conflict(Facts facts) {
      super(facts);
    }
  }

  /** The resource is no longer as the plan saw it. */
  public static final class PreconditionFailed extends ProviderException {
    private static final long serialVersionUID = 1L;

    public PreconditionFailed(Facts facts) {
      super(facts);
    }
  }

  /** The same token with another body: a defect of ours. */
  public static final class TokenReused extends ProviderException {
    private static final long serialVersionUID = 1L;

    public TokenReused(Facts facts) {
      super(facts);
    }
  }

  /** A limit of the account. */
  public static final class QuotaExceeded extends ProviderException {
    private static final long serialVersionUID = 1L;

    public QuotaExceeded(Facts facts) {
      super(facts);
    }
  }

  /** No hardware of that kind there. */
  public static final class CapacityUnavailable extends ProviderException {
    private static final long serialVersionUID = 1L;

    public CapacityUnavailable(Facts facts) {
      super(facts);
    }
  }

  /** The service is not enabled for the account. */
  public static final class NotRegistered extends ProviderException {
    private static final long serialVersionUID = 1L;

    public NotRegistered(Facts facts) {
      super(facts);
    }
  }

  /** Too many requests. */
  public static final class Throttled extends ProviderException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> delay;

    public Throttled(Facts facts, Optional<Duration> delay) {
      super(facts);
      this.delay = delay;
    }

    /** How long to wait, if the provider said. */
    public Optional<Duration> delay() {
      return delay;
    }
  }

  /** Down; the request was not applied, or is harmless to repeat. */
  public static final class Unavailable extends ProviderException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Facts facts) {
      super(facts);
    }
  }

  /** It takes longer than allowed; the handle is kept. */
  public static final class DeadlinePassed extends ProviderException {
    private static final long serialVersionUID = 1L;

    public DeadlinePassed(Facts facts) {
      super(facts);
    }
  }

  /** The request may have been applied. */
  public static final class OutcomeUnknown extends ProviderException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(Facts facts) {
      super(facts);
    }
  }

  /** The provider contradicts our schema. */
  public static final class CatalogStale extends ProviderException {
    private static final long serialVersionUID = 1L;

    public CatalogStale(Facts facts) {
      super(facts);
    }
  }

  /** The long call ended in failure; the cause's kind says why, where it is known. */
  public static final class OperationFailed extends ProviderException {
    private static final long serialVersionUID = 1L;

    public OperationFailed(Facts facts) {
      super(facts);
    }
  }
}
