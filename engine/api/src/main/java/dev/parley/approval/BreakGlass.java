package dev.parley.approval;

import java.time.Instant;
import java.util.List;

/**
 * What stood in for the quorum of a receipt: one user's word, in an emergency.
 *
 * @param user who broke the glass; their vote is among the receipt's
 * @param reason why it could not wait for the others
 * @param environment what they typed to confirm where it runs
 * @param usual how many approvers the rule asks for
 * @param missing what of the rule was not met, for people
 * @param owners ids of the users who are told; one of them, other than the user, reviews it
 * @param reviewBy until when
 */
public record BreakGlass(
    String user,
    String reason,
    String environment,
    int usual,
    List<String> missing,
    List<String> owners,
    Instant reviewBy) {
  /** Characters of a reason, at most. */
  public static final int LONGEST_REASON = 1000;

  public BreakGlass {
    missing = List.copyOf(missing);
    owners = List.copyOf(owners);
  }

  /** The owners who may review it. */
  public List<String> reviewers() {
    return owners.stream().filter(owner -> !owner.equals(user)).toList();
  }
}
