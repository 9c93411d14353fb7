package dev.parley.engine.approve;

import dev.parley.approval.Approval;
import dev.parley.approval.Receipt;
import java.util.Optional;

/**
 * What became of a vote.
 *
 * @param started the run that it started
 */
public record Ruling(
    Kind kind,
    String message,
    Optional<Approval> approval,
    Optional<Receipt> receipt,
    Optional<String> started) {

  /** The cases; all but COUNTED and WITHDRAWN changed nothing. */
  public enum Kind {
    COUNTED,
    WITHDRAWN,
    STRANGER,
    REQUESTER,
    NOT_ELIGIBLE,
    ALREADY,
    SUPERSEDED,
    EXPIRED,
    DECIDED,
    BLOCKED,
    STALE,
    NOT_BY_EMOJI,
    NEEDS_REASON,
    UNKNOWN_PLAN,
    /** The tenant has no break-glass. */
    OFF,
    /** What was typed is not where the plan runs. */
    WRONG_NAME,
    /** The usual way is as short. */
    NOT_NEEDED
  }
}
