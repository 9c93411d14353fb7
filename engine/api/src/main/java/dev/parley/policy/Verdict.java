package dev.parley.policy;

import dev.parley.value.Digest;
import java.util.List;

/**
 * What the rules say about a plan and its estimate.
 *
 * @param plan digest of the plan it is about
 * @param rules digest of the rule set that said it
 * @param findings worst first
 * @param approval what is needed before it may run
 * @param checked how many (rule, resource) pairs were looked at
 * @param uncovered types in the plan that no rule speaks about
 */
public record Verdict(
    Digest plan,
    String rules,
    List<Finding> findings,
    ApprovalRule approval,
    int checked,
    List<String> uncovered) {
  public Verdict {
    findings = List.copyOf(findings);
    uncovered = List.copyOf(uncovered);
  }

  /** Whether an active finding denies the plan. */
  public boolean denied() {
    return findings.stream().anyMatch(f -> f.active() && f.enforcement() == Enforcement.DENY);
  }
}
