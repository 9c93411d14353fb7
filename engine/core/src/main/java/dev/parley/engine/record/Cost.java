package dev.parley.engine.record;

import dev.parley.approval.Proposal;
import dev.parley.cost.Estimate;
import dev.parley.knowledge.Term.Iri;
import dev.parley.resource.Address;
import dev.parley.value.Money;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an estimate says one resource costs a month.
 *
 * @param estimate which estimate says so
 * @param monthly the sum of the lines with a price; empty if none has one
 * @param unpriced how many lines have none
 * @param assumed whether a line rests on an assumption
 * @param before what it cost before the plan
 */
record Cost(Iri estimate, Optional<Money> monthly, int unpriced, boolean assumed, Money before) {
  /** By address. */
  static Map<Address, Cost> of(Proposal proposal, Names names) {
    Iri estimate = names.estimate(proposal.plan().id(), proposal.plan().revision());
    var costs = new HashMap<Address, Cost>();
    for (Estimate.Line line : proposal.estimate().lines()) {
      costs.merge(line.at(), of(estimate, line), Cost::plus);
    }
    return costs;
  }

  private static Cost of(Iri estimate, Estimate.Line line) {
    return new Cost(
        estimate,
        line.monthly(),
        line.confidence() == Estimate.Confidence.UNPRICED ? 1 : 0,
        line.confidence() == Estimate.Confidence.ASSUMED,
        line.before());
  }

  /** What the same resource cost before the plan. */
  Cost former() {
    return new Cost(estimate, Optional.of(before), 0, assumed, before);
  }

  private Cost plus(Cost other) {
    Optional<Money> sum =
        monthly.isPresent() && other.monthly().isPresent()
            ? Optional.of(monthly.get().plus(other.monthly().get()))
            : monthly.or(other::monthly);
    return new Cost(
        estimate,
        sum,
        unpriced + other.unpriced(),
        assumed || other.assumed(),
        before.plus(other.before()));
  }
}
