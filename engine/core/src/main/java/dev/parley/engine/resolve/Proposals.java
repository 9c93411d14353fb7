package dev.parley.engine.resolve;

import dev.parley.cost.Estimate;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import java.util.List;

/** Names what is put to the vote: plan, estimate and verdict together. */
public final class Proposals {
  private Proposals() {}

  /** The digest of the three digests. */
  public static Digest digest(Plan plan, Estimate estimate, Verdict verdict) {
    return Digest.of(
        Value.texts(List.of(plan.digest().hex(), digest(estimate).hex(), digest(verdict).hex())));
  }

  /** Of all that an estimate says. */
  public static Digest digest(Estimate estimate) {
    return Digest.of(Codec.encode(estimate));
  }

  /** Of all that a verdict says. */
  public static Digest digest(Verdict verdict) {
    return Digest.of(Codec.encode(verdict));
  }
}
