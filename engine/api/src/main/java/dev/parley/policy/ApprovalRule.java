package dev.parley.policy;

import java.util.List;
import java.util.Set;

/**
 * What must happen before a plan may run. The requester never counts, and at least one vote is
 * always needed.
 *
 * @param count how many different users must approve
 * @param anyOf for each entry, at least one approver must have one of the named roles or teams
 * @param emoji whether a reaction is enough; only for low risk
 * @param why the reasons, for the card
 */
public record ApprovalRule(int count, List<Set<String>> anyOf, boolean emoji, List<String> why) {
  public ApprovalRule {
    if (count < 1) {
      throw new IllegalArgumentException("nothing runs without an approval: " + count);
    }
    anyOf = anyOf.stream().map(Set::copyOf).toList();
    why = List.copyOf(why);
  }
}
