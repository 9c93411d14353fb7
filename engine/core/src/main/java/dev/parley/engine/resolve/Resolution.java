package dev.parley.engine.resolve;

import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;
import dev.parley.value.Problem;
import java.util.List;
import java.util.Optional;

/** What became of a Draft. */
public sealed interface Resolution {

  /** It is a plan, priced and judged. */
  record Resolved(
      Plan plan,
      Estimate estimate,
      Verdict verdict,
      Optional<Comparison> comparison,
      List<Problem> warnings)
      implements Resolution {
    public Resolved {
      warnings = List.copyOf(warnings);
    }
  }

  /** It can't be one, and these are all the reasons. */
  record Rejected(List<Problem> problems) implements Resolution {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
