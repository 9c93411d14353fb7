package dev.parley.engine.approve;

import dev.parley.approval.Proposal;
import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Draft;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/** Proposals and the digests that votes and receipts are bound to. */
public final class Proposals {
  private Proposals() {}

  /** Put to the vote: its digest covers plan, estimate and verdict. */
  public static Proposal of(
      Plan plan,
      Draft draft,
      Estimate estimate,
      Verdict verdict,
      Optional<Comparison> comparison,
      List<Problem> warnings) {
    Digest digest =
        Digest.of(
            Fields.of("plan", Value.text(plan.digest().hex()))
                .with("estimate", Value.text(digest(estimate).hex()))
                .with("verdict", Value.text(digest(verdict).hex())));
    return new Proposal(plan, draft, estimate, verdict, comparison, warnings, digest);
  }

  /** Of an estimate. */
  public static Digest digest(Estimate estimate) {
    return Digest.of(Codec.encode(estimate));
  }

  /** Of a verdict. */
  public static Digest digest(Verdict verdict) {
    return Digest.of(Codec.encode(verdict));
  }
}
