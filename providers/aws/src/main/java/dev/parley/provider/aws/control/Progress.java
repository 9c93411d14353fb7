package dev.parley.provider.aws.control;

import dev.parley.catalog.TypeSchema;
import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import dev.parley.resource.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudcontrol.model.HookProgressEvent;
import software.amazon.awssdk.services.cloudcontrol.model.OperationStatus;
import software.amazon.awssdk.services.cloudcontrol.model.ProgressEvent;

/** Reads how a request of Cloud Control goes. */
final class Progress {
  private final String account;
  private final Clock clock;

  Progress(String account, Clock clock) {
    this.account = account;
    this.clock = clock;
  }

  /**
   * What an event means.
   *
   * @param started what was asked; its request token is taken from the event
   * @param hooks what the account's own hooks said
   * @throws ProviderException.OutcomeUnknown if the event names no request
   */
  Operation operation(
      @Nullable ProgressEvent event,
      Handle started,
      List<HookProgressEvent> hooks,
      Optional<TypeSchema> type,
      UnaryOperator<String> redact) {
    if (event == null || blank(event.requestToken())) {
      throw new ProviderException.OutcomeUnknown(
          new Facts(
              account,
              started.action(),
              200,
              "",
              "the answer names no request, so that nobody knows what became of it",
              "",
              Sent.YES));
    }
    Optional<ResourceId> id =
        Optional.ofNullable(event.identifier())
            .filter(text -> !text.isBlank())
            .or(() -> Optional.of(started.id()).filter(text -> !text.isBlank()))
            .map(ResourceId::new);
    var handle =
        new Handle(
            started.type(),
            started.region(),
            started.action(),
            event.requestToken(),
            started.id(),
            started.seen());
    Operation.State state = state(event.operationStatus());
    Optional<ProviderException> error =
        state == Operation.State.FAILED
            ? Optional.of(failure(event, started, hooks, type, redact))
            : Optional.empty();
    if (error.isPresent()
        && error.get() instanceof ProviderException.NotFound
        && started.action().equals("delete")
        && started.seen()) {
      return ended(handle, id, "it was gone already");
    }
    return new Operation(
        handle.written(),
        state,
        Optional.empty(),
        state == Operation.State.RUNNING ? wait(event) : Optional.empty(),
        id,
        error,
        error.map(Throwable::getMessage).orElseGet(() -> message(event, started, redact)));
  }

  /** An operation that needed no request, or is known to be done. */
  static Operation ended(Handle handle, Optional<ResourceId> id, String message) {
    return new Operation(
        handle.written(),
        Operation.State.SUCCEEDED,
        Optional.of(100),
        Optional.empty(),
        id,
        Optional.empty(),
        message);
  }

  private static Operation.State state(@Nullable OperationStatus status) {
    if (status == null) {
      return Operation.State.UNKNOWN;
    }
    return switch (status) {
      case PENDING, IN_PROGRESS, CANCEL_IN_PROGRESS -> Operation.State.RUNNING;
      case SUCCESS -> Operation.State.SUCCEEDED;
      case FAILED -> Operation.State.FAILED;
      case CANCEL_COMPLETE -> Operation.State.CANCELLED;
      case UNKNOWN_TO_SDK_VERSION -> Operation.State.UNKNOWN;
    };
  }

  private Optional<Duration> wait(ProgressEvent event) {
    return Optional.ofNullable(event.retryAfter())
        .map(then -> Duration.between(clock.instant(), then))
        .map(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait);
  }

  private static String message(ProgressEvent event, Handle started, UnaryOperator<String> redact) {
    String said = Optional.ofNullable(event.statusMessage()).orElse("");
    String status =
        Optional.ofNullable(event.operationStatusAsString())
            .orElse("in an unknown state")
            .replace('_', ' ')
            .toLowerCase(Locale.ROOT);
    return started.action() + " " + status + (said.isBlank() ? "" : ": " + redact.apply(said));
  }

  private ProviderException failure(
      ProgressEvent event,
      Handle started,
      List<HookProgressEvent> hooks,
      Optional<TypeSchema> type,
      UnaryOperator<String> redact) {
    String code = Optional.ofNullable(event.errorCodeAsString()).orElse("");
    String said = Optional.ofNullable(event.statusMessage()).orElse("");
    var asked = new Asked(account, started.action(), true, type);
    String left =
        started.action().equals("create") && !blank(event.identifier())
            ? "; "
                + event.identifier()
                + " may be left half-made: look at it, and delete it if nothing uses it"
            : "";
    String refused = refused(hooks);
    if (!refused.isEmpty()) {
      return new ProviderException.OperationFailed(
          new Facts(
              account,
              started.action(),
              0,
              code.isEmpty() ? "HookFailed" : code,
              redact.apply((refused + (said.isBlank() ? "" : "; " + said))) + left,
              event.requestToken(),
              Sent.YES));
    }
    String known = code.isEmpty() ? "Unknown" : code;
    String words = said.isBlank() ? "AWS gives no reason but " + known : said;
    return AwsErrors.ended(known, words + left, event.requestToken(), asked, redact);
  }

  /** A hook is the account's own gate; what it says is what people need. */
  private static String refused(List<HookProgressEvent> hooks) {
    return hooks.stream()
        .filter(hook -> String.valueOf(hook.hookStatus()).contains("FAILED"))
        .filter(hook -> !"WARN".equalsIgnoreCase(String.valueOf(hook.failureMode())))
        .map(hook -> "the hook " + hook.hookTypeName() + " refused: " + hook.hookStatusMessage())
        .collect(Collectors.joining("; "));
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
