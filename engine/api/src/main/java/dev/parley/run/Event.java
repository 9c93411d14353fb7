package dev.parley.run;

import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Review;
import dev.parley.approval.Vote;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Plan;
import dev.parley.policy.Waiver;
import dev.parley.provider.Health;
import dev.parley.provider.OperationHandle;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing the engine did or learned. All state of the engine is folded from its events; each is
 * in the journal before anybody hears of it.
 */
public sealed interface Event {
  /** When. */
  Instant at();

  /** A proposal was put to the vote; former revisions of the plan are superseded. */
  record Proposed(Proposal proposal, Instant at) implements Event {}

  /** Nobody shall vote on it any more. */
  record Discarded(String plan, int revision, String user, Instant at) implements Event {}

  /** A vote was counted. */
  record Voted(Vote vote, Instant at) implements Event {}

  /** A vote was taken back before the run started. */
  record Withdrawn(String plan, int revision, String user, Instant at) implements Event {}

  /** Nobody approved in time. */
  record Expired(String plan, int revision, Instant at) implements Event {}

  /** A finding was waived. */
  record Waived(Waiver waiver, Instant at) implements Event {}

  /** The rule was met; the plan may run once. */
  record Minted(Receipt receipt, Instant at) implements Event {}

  /** An owner has looked at an approval by break-glass. */
  record Reviewed(Review review, Instant at) implements Event {}

  /** A run began and its receipt is spent. */
  record RunStarted(String run, Plan plan, String receipt, Optional<String> undoes, Instant at)
      implements Event {}

  /** A provider call is about to be sent: written before it is. */
  record StepStarted(
      String run, String step, int attempt, String token, String correlation, Instant at)
      implements Event {}

  /** The provider took the call; written before the first poll. */
  record StepAccepted(String run, String step, OperationHandle handle, Instant at)
      implements Event {}

  /** The step waits, and why. */
  record StepDelayed(String run, String step, String why, Instant until, Instant at)
      implements Event {}

  /** It is done; the resource as read afterwards, or nothing after a delete. */
  record StepDone(String run, String step, Address address, Optional<Resource> made, Instant at)
      implements Event {}

  /**
   * It failed.
   *
   * @param kind the provider exception's kind
   */
  record StepFailed(
      String run, String step, String kind, String message, boolean unknown, Instant at)
      implements Event {}

  /** It was not tried. */
  record StepSkipped(String run, String step, String why, Instant at) implements Event {}

  /** Somebody asked the run to stop at the next safe point. */
  record CancelAsked(String run, String user, Instant at) implements Event {}

  /** Failed and skipped steps are tried again. */
  record Retried(String run, String user, Instant at) implements Event {}

  /** A health check was made. */
  record Checked(String run, Address address, Health health, Instant at) implements Event {}

  /** The run is in another state. */
  record RunMoved(String run, RunState state, String message, Instant at) implements Event {}

  /** A resource was looked at outside a run, or imported. */
  record Observed(Address address, Optional<Resource> resource, boolean imported, Instant at)
      implements Event {}

  /** A resource differs from what was last seen. */
  record Drifted(Drift drift, Instant at) implements Event {}

  /**
   * Somebody looked into a cloud or took something in, outside any plan; for the audit log.
   *
   * @param what what they did, without what they did it to
   * @param about an account, an operation, an address
   */
  record Noted(String user, String what, String about, Instant at) implements Event {}

  /**
   * An account's catalog was read anew.
   *
   * @param from the revision before
   * @param to the revision since
   * @param touched the types that are gone or have changed; those that came are not among them
   */
  record CatalogRead(
      String account, String user, String from, String to, List<ResourceType> touched, Instant at)
      implements Event {
    public CatalogRead {
      touched = List.copyOf(touched);
    }
  }

  /** A blueprint was kept, or used once more. */
  record BlueprintKept(Blueprint blueprint, String user, Instant at) implements Event {}
}
