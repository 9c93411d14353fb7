package dev.parley.engine.execute;

import dev.parley.plan.Change;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.AlreadyExists;
import dev.parley.provider.ProviderException.CapacityUnavailable;
import dev.parley.provider.ProviderException.CatalogStale;
import dev.parley.provider.ProviderException.Conflict;
import dev.parley.provider.ProviderException.DeadlinePassed;
import dev.parley.provider.ProviderException.Forbidden;
import dev.parley.provider.ProviderException.InvalidRequest;
import dev.parley.provider.ProviderException.NotFound;
import dev.parley.provider.ProviderException.NotRegistered;
import dev.parley.provider.ProviderException.OperationFailed;
import dev.parley.provider.ProviderException.OutcomeUnknown;
import dev.parley.provider.ProviderException.PreconditionFailed;
import dev.parley.provider.ProviderException.QuotaExceeded;
import dev.parley.provider.ProviderException.Refused;
import dev.parley.provider.ProviderException.Throttled;
import dev.parley.provider.ProviderException.TokenReused;
import dev.parley.provider.ProviderException.Unauthenticated;
import dev.parley.provider.ProviderException.Unavailable;
import java.time.Duration;

/**
 * The one retry policy of the program: what follows depends on the case, on what the step was
 * doing, and on how often it happened. Throttling is never counted; the step's deadline ends it.
 */
final class Retries {
  private static final int UNAVAILABLE = 3;
  private static final int CONFLICTS = 5;
  private static final int UNKNOWN = 3;
  private static final int LOOKS = 10;

  private final Backoff backoff;

  Retries(Backoff backoff) {
    this.backoff = backoff;
  }

  /** How often each kind of trouble happened to a step in this try. */
  static final class Count {
    private int throttled;
    private int unavailable;
    private int conflicts;
    private int unknown;
    private int credentials;
    private int looks;

    /** A look was answered. */
    void looked() {
      looks = 0;
    }
  }

  /** After a mutating call that failed, or an operation that ended badly. */
  Next call(ProviderException error, boolean finished, Change change, Count count) {
    return switch (error) {
      case Throttled throttled -> new Next.Send(wait(throttled, count), finished);
      case Unavailable _ ->
          count.unavailable < UNAVAILABLE
              ? new Next.LookThenSend(backoff.pause(count.unavailable++), finished)
              : new Next.Stop();
      case Conflict _ ->
          count.conflicts < CONFLICTS
              ? new Next.RereadThenSend(backoff.pause(count.conflicts++))
              : new Next.Stop();
      case OutcomeUnknown _ ->
          count.unknown < UNKNOWN
              ? new Next.FindOut(backoff.pause(count.unknown++))
              : new Next.AskPerson();
      case Unauthenticated _ ->
          count.credentials++ == 0 ? new Next.Send(backoff.pause(0), finished) : new Next.Stop();
      case NotFound _ -> change instanceof Change.Delete ? new Next.Gone() : new Next.Stop();
      case AlreadyExists _ ->
          change instanceof Change.Create ? new Next.AdoptOurs() : new Next.Stop();
      case Refused _,
          InvalidRequest _,
          Forbidden _,
          PreconditionFailed _,
          TokenReused _,
          QuotaExceeded _,
          CapacityUnavailable _,
          NotRegistered _,
          DeadlinePassed _,
          CatalogStale _,
          OperationFailed _ ->
          new Next.Stop();
    };
  }

  /** After a look at a running operation failed: the operation goes on whatever we see of it. */
  Next poll(ProviderException error, Count count) {
    return switch (error) {
      case Throttled throttled -> new Next.LookAgain(wait(throttled, count));
      case Unavailable _, OutcomeUnknown _, Conflict _, Unauthenticated _ -> lookAgain(count);
      case NotFound _ -> new Next.FindOut(backoff.pause(0));
      case DeadlinePassed _ -> new Next.Stop();
      case Refused _,
          InvalidRequest _,
          Forbidden _,
          AlreadyExists _,
          PreconditionFailed _,
          TokenReused _,
          QuotaExceeded _,
          CapacityUnavailable _,
          NotRegistered _,
          CatalogStale _,
          OperationFailed _ ->
          new Next.AskPerson();
    };
  }

  /** After a read or a search failed that was to tell what happened. */
  Next look(ProviderException error, Count count) {
    return switch (error) {
      case Throttled throttled -> new Next.LookAgain(wait(throttled, count));
      case Unavailable _, OutcomeUnknown _, Conflict _, Unauthenticated _ -> lookAgain(count);
      case Refused _,
          InvalidRequest _,
          Forbidden _,
          NotFound _,
          AlreadyExists _,
          PreconditionFailed _,
          TokenReused _,
          QuotaExceeded _,
          CapacityUnavailable _,
          NotRegistered _,
          DeadlinePassed _,
          CatalogStale _,
          OperationFailed _ ->
          new Next.AskPerson();
    };
  }

  private Next lookAgain(Count count) {
    return count.looks < LOOKS
        ? new Next.LookAgain(backoff.pause(count.looks++))
        : new Next.AskPerson();
  }

  private Duration wait(Throttled throttled, Count count) {
    return throttled.delay().orElseGet(() -> backoff.pause(count.throttled++));
  }

  /** What a person can do about a failure. */
  static String advice(ProviderException error) {
    return switch (error) {
      case Refused _ -> "the provider does not offer this; plan it another way";
      case InvalidRequest invalid ->
          invalid.paths().isEmpty()
              ? "mend the request and plan again"
              : "mend "
                  + String.join(", ", invalid.paths().stream().map(Object::toString).toList())
                  + " and plan again";
      case Unauthenticated _ -> "renew the account's credentials, then retry";
      case Forbidden forbidden ->
          forbidden.missing().isEmpty()
              ? "let the account do this, then retry"
              : "grant " + String.join(", ", forbidden.missing()) + ", then retry";
      case NotFound _ -> "it was removed by somebody else; plan again";
      case AlreadyExists _ -> "something else has that name; choose another, or import it";
      case Conflict _ -> "it stayed busy; retry later";
      case PreconditionFailed _ -> "it is no longer as it was approved; plan again";
      case TokenReused _ -> "this is a defect of Parley: tell its operator";
      case QuotaExceeded _ -> "ask the provider for a higher quota, then retry";
      case CapacityUnavailable _ -> "no room of that kind there; plan another size or region";
      case NotRegistered _ -> "enable the service for the account, then retry";
      case Throttled _ -> "the provider kept throttling; retry later";
      case Unavailable _ -> "the account did not answer; retry later";
      case DeadlinePassed _ -> "it takes longer than allowed; retry to go on waiting for it";
      case OutcomeUnknown _ -> "look whether it was made, then retry";
      case CatalogStale _ -> "the catalog is out of date; plan again";
      case OperationFailed _ -> "see the provider's reason, then retry";
    };
  }
}
