package dev.parley.approval;

import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.plan.Draft;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What is put to the vote: a plan, what it costs, and what the rules say. Votes and receipts are
 * bound to its digest, so that none of the three can move underneath them.
 *
 * @param draft what was wanted
 * @param comparison the targets that were weighed, if the request left the place open
 * @param warnings what the catalogs were not sure about
 * @param digest of plan, estimate and verdict together
 */
public record Proposal(
    Plan plan,
    Draft draft,
    Estimate estimate,
    Verdict verdict,
    Optional<Comparison> comparison,
    List<Problem> warnings,
    Digest digest) {
  public Proposal {
    warnings = List.copyOf(warnings);
  }
}
