package dev.parley.engine.approve;

import dev.parley.approval.Emergency;
import java.util.Optional;

/**
 * What became of the review of a break-glass.
 *
 * @param emergency with its review, if it was taken now
 */
public record ReviewRuling(Kind kind, String message, Optional<Emergency> emergency) {
  /** The cases; all but REVIEWED changed nothing. */
  public enum Kind {
    REVIEWED,
    /** The person is linked to no user. */
    STRANGER,
    /** Nobody reviews what they did themselves. */
    OWN,
    NOT_OWNER,
    /** Somebody did before. */
    ALREADY,
    /** A quorum approved it, or nobody did. */
    NOT_BROKEN,
    UNKNOWN_PLAN
  }
}
