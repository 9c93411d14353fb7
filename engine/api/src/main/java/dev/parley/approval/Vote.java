package dev.parley.approval;

import dev.parley.identity.Person;
import dev.parley.value.Digest;
import java.time.Instant;

/**
 * One user's decision on one proposal.
 *
 * @param plan the plan's id
 * @param proposal the digest of the proposal it is about; it holds for no other
 * @param user who decided
 * @param person as whom, on which surface
 * @param reason why; a rejection and break-glass need one
 * @param demo whether the identity is a made-up one of the demo
 */
public record Vote(
    String tenant,
    String plan,
    int revision,
    Digest proposal,
    String user,
    Person person,
    Decision decision,
    Means means,
    String reason,
    boolean demo,
    Instant at) {

  /** What was decided. */
  public enum Decision {
    APPROVE,
    REJECT
  }

  /** How it was said. Free text is no means. */
  public enum Means {
    BUTTON,
    EMOJI,
    COMMAND,
    /** By the form that stands in for the quorum in an emergency, and by nothing else. */
    BREAK_GLASS
  }
}
