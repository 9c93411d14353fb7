package dev.parley.approval;

import dev.parley.policy.ApprovalRule;
import dev.parley.value.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the approval of a proposal has come.
 *
 * @param votes those that count now, oldest first
 * @param missing what is still needed, for people: "1 more approver", "someone of security"
 * @param eligible the users who could vote, by id
 * @param receipt the receipt's id once it is minted
 */
public record Approval(
    String plan,
    int revision,
    Digest proposal,
    State state,
    ApprovalRule rule,
    List<Vote> votes,
    List<String> missing,
    List<String> eligible,
    Instant expires,
    Optional<String> receipt) {
  public Approval {
    votes = List.copyOf(votes);
    missing = List.copyOf(missing);
    eligible = List.copyOf(eligible);
  }

  /** The vote that stood in for the quorum, if one did. */
  public Optional<Vote> brokenGlass() {
    return votes.stream().filter(vote -> vote.means() == Vote.Means.BREAK_GLASS).findFirst();
  }

  /** Where it stands. */
  public enum State {
    /** The rules deny the plan: there is nothing to vote on. */
    BLOCKED,
    /** Waiting for votes. */
    OPEN,
    APPROVED,
    REJECTED,
    /** A newer revision took its place. */
    SUPERSEDED,
    EXPIRED,
    /** The requester or an operator dropped it. */
    DISCARDED
  }
}
