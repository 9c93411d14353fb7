package dev.parley.provider.aws.error;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What AWS said, or failed to say, in the words of {@link ProviderException}. Judged by code and
 * message; by status only where there is no code that says anything.
 */
public final class AwsErrors {
  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform:?\\s+([a-z0-9-]+:[A-Za-z*]+)");
  private static final Pattern NO_CREDENTIALS =
      Pattern.compile(
          "(?i)unable to load credentials|no credentials|profile file contained no credentials"
              + "|failed to load credentials|unable to load .*credentials|token file|credentials"
              + " (were|was) not");

  private AwsErrors() {}

  /**
   * What was asked when it went wrong.
   *
   * @param operation create, read, update, delete, list, call, poll, catalog
   * @param mutating whether the request may have changed something
   * @param type the type it was about, for its permissions and properties
   */
  public record Asked(
      String account, String operation, boolean mutating, Optional<TypeSchema> type) {
    /** About no type. */
    public Asked(String account, String operation, boolean mutating) {
      this(account, operation, mutating, Optional.empty());
    }
  }

  /** What an exception of the SDK, or from below it, means; one of ours stays as it is. */
  public static ProviderException of(RuntimeException e, Asked asked) {
    return of(e, asked, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param redact takes the secrets of this call out of a text
   */
  public static ProviderException of(
      RuntimeException e, Asked asked, UnaryOperator<String> redact) {
    UnaryOperator<String> safe = Redaction.after(redact);
    return switch (e) {
      case ProviderException ours -> ours;
      case AwsServiceException said -> said(said, asked, safe);
      case SdkServiceException said ->
          exception(
              Meaning.UNKNOWN,
              new Facts(
                  asked.account(),
                  asked.operation(),
                  said.statusCode(),
                  "",
                  safe.apply(text(said)),
                  id(said.requestId()),
                  Sent.YES),
              asked,
              Optional.empty());
      default -> broken(e, asked, safe);
    };
  }

  /**
   * What the end of a long operation means that failed.
   *
   * @param code the handler's error code, for example {@code NotStabilized}
   * @param request the vendor's name of the operation
   */
  public static ProviderException ended(
      String code, String message, String request, Asked asked, UnaryOperator<String> redact) {
    String said = Redaction.after(redact).apply(message.isBlank() ? "it failed: " + code : message);
    Meaning meaning =
        switch (Codes.meaning(code, message).orElse(Meaning.FAILED)) {
          case BROKE_OFF -> Meaning.UNAVAILABLE;
          case Meaning other -> other;
        };
    Facts facts = new Facts(asked.account(), asked.operation(), 0, code, said, request, Sent.YES);
    return exception(meaning, facts, asked, Optional.empty());
  }

  private static ProviderException said(
      AwsServiceException said, Asked asked, UnaryOperator<String> redact) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(said.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).map(AwsErrors::plain).orElse("");
    String message =
        details
            .map(AwsErrorDetails::errorMessage)
            .filter(text -> !text.isBlank())
            .orElse(text(said));
    boolean credentials =
        !asked.operation().equals("call")
            && !asked.operation().equals("identity")
            && details
                .map(AwsErrorDetails::serviceName)
                .filter("Sts"::equalsIgnoreCase)
                .isPresent();
    Meaning meaning = meaning(said, code, message, asked);
    Optional<Duration> delay = Wire.retryAfter(said);
    if (credentials) {
      return withoutCredentials(said, code, message, meaning, delay, asked, redact);
    }
    Facts facts =
        new Facts(
            asked.account(),
            asked.operation(),
            said.statusCode(),
            code,
            redact.apply(message),
            id(said.requestId()),
            Sent.YES);
    return exception(meaning, facts, asked, delay);
  }

  /** The role could not be taken, so that what was asked was never sent. */
  private static ProviderException withoutCredentials(
      AwsServiceException said,
      String code,
      String message,
      Meaning meaning,
      Optional<Duration> delay,
      Asked asked,
      UnaryOperator<String> redact) {
    Facts facts =
        new Facts(
            asked.account(),
            asked.operation(),
            said.statusCode(),
            code,
            "the role of this account could not be taken: " + redact.apply(message),
            id(said.requestId()),
            Sent.NO);
    return switch (meaning) {
      case THROTTLED -> new ProviderException.Throttled(facts, delay);
      case UNAVAILABLE, BROKE_OFF, UNKNOWN -> new ProviderException.Unavailable(facts);
      case CONFLICT,
          PRECONDITION,
          ALREADY_EXISTS,
          NOT_FOUND,
          INVALID,
          UNAUTHENTICATED,
          FORBIDDEN,
          QUOTA,
          TOKEN_REUSED,
          CAPACITY,
          NOT_REGISTERED,
          FAILED ->
          new ProviderException.Unauthenticated(facts);
    };
  }

  private static Meaning meaning(
      AwsServiceException said, String code, String message, Asked asked) {
    if (said.isThrottlingException() || said.statusCode() == 429) {
      return Meaning.THROTTLED;
    }
    Meaning meaning =
        Codes.meaning(code, message).orElseGet(() -> byStatus(said.statusCode(), asked.mutating()));
    return switch (meaning) {
      case BROKE_OFF ->
          asked.mutating() && asked.operation().equals("call")
              ? Meaning.UNKNOWN
              : Meaning.UNAVAILABLE;
      case UNKNOWN -> asked.mutating() ? Meaning.UNKNOWN : unknownRead(code);
      case Meaning other -> other;
    };
  }

  /** A read changes nothing, so that not knowing how it ended is no more than no answer. */
  private static Meaning unknownRead(String code) {
    return code.startsWith("RequestTokenNotFound") ? Meaning.NOT_FOUND : Meaning.UNAVAILABLE;
  }

  private static Meaning byStatus(int status, boolean mutating) {
    if (status >= 500) {
      return mutating ? Meaning.UNKNOWN : Meaning.UNAVAILABLE;
    }
    return switch (status) {
      case 401 -> Meaning.UNAUTHENTICATED;
      case 403 -> Meaning.FORBIDDEN;
      case 404 -> Meaning.NOT_FOUND;
      case 409 -> Meaning.CONFLICT;
      case 412 -> Meaning.PRECONDITION;
      case 200, 201, 202, 204 -> mutating ? Meaning.UNKNOWN : Meaning.UNAVAILABLE;
      default -> Meaning.INVALID;
    };
  }

  private static ProviderException broken(
      RuntimeException e, Asked asked, UnaryOperator<String> redact) {
    String message = chain(e);
    if (NO_CREDENTIALS.matcher(message).find()) {
      return new ProviderException.Unauthenticated(
          Facts.unsent(asked.account(), asked.operation(), redact.apply(message)));
    }
    Sent sent = Wire.sent(e);
    Facts facts =
        new Facts(
            asked.account(),
            asked.operation(),
            0,
            e.getClass().getSimpleName(),
            redact.apply(message),
            "",
            sent);
    return asked.mutating() && sent != Sent.NO
        ? new ProviderException.OutcomeUnknown(facts)
        : new ProviderException.Unavailable(facts);
  }

  private static ProviderException exception(
      Meaning meaning, Facts facts, Asked asked, Optional<Duration> delay) {
    return switch (meaning) {
      case THROTTLED -> new ProviderException.Throttled(facts, delay);
      case UNAVAILABLE, BROKE_OFF -> new ProviderException.Unavailable(facts);
      case CONFLICT -> new ProviderException.Conflict(facts);
      case PRECONDITION -> new ProviderException.PreconditionFailed(facts);
      case UNKNOWN -> new ProviderException.OutcomeUnknown(facts);
      case ALREADY_EXISTS -> new ProviderException.AlreadyExists(facts);
      case NOT_FOUND -> new ProviderException.NotFound(facts);
      case INVALID ->
          new ProviderException.InvalidRequest(
              facts, Pointers.named(facts.message(), asked.type()));
      case UNAUTHENTICATED -> new ProviderException.Unauthenticated(facts);
      case FORBIDDEN -> forbidden(facts, asked);
      case QUOTA -> new ProviderException.QuotaExceeded(facts);
      case TOKEN_REUSED -> new ProviderException.TokenReused(facts);
      case CAPACITY -> new ProviderException.CapacityUnavailable(facts);
      case NOT_REGISTERED -> new ProviderException.NotRegistered(facts);
      case FAILED -> new ProviderException.OperationFailed(facts);
    };
  }

  /** The permission that the message names, or else all that the type's handler needs for this. */
  private static ProviderException forbidden(Facts facts, Asked asked) {
    Matcher action = ACTION.matcher(facts.message());
    List<String> needed =
        asked
            .type()
            .map(type -> type.permissions().getOrDefault(asked.operation(), List.of()))
            .orElse(List.of());
    return new ProviderException.Forbidden(
        facts, action.find() ? List.of(action.group(1)) : needed);
  }

  /** Without a name space: {@code com.amazon.cloudapiservice#ThrottlingException}. */
  private static String plain(String code) {
    return code.replaceAll(".*#", "").replaceAll(":http.*", "").strip();
  }

  private static String id(@org.jspecify.annotations.Nullable String request) {
    return Optional.ofNullable(request).orElse("");
  }

  /** The SDK puts its own bookkeeping behind what the service said; that is no help to anybody. */
  private static String text(Throwable e) {
    return Optional.ofNullable(e.getMessage())
        .map(
            message ->
                message.replaceAll("\\s*\\((Service: [^()]*|SDK Attempt Count: \\d+)\\)", ""))
        .filter(message -> !message.isBlank())
        .orElse(e.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT));
  }

  /** The message and the one at the bottom of it, which says what really happened. */
  private static String chain(Throwable e) {
    Throwable deepest = e;
    for (int depth = 0; deepest.getCause() != null && depth < 20; depth++) {
      deepest = deepest.getCause();
    }
    String outer = text(e);
    String inner = deepest == e ? "" : deepest.getClass().getSimpleName() + ": " + text(deepest);
    return inner.isEmpty() || outer.contains(text(deepest)) ? outer : outer + " (" + inner + ")";
  }
}
