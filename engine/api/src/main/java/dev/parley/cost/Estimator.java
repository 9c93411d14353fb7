package dev.parley.cost;

import dev.parley.plan.Plan;

/** Prices plans. */
public interface Estimator {
  /** What the plan's resources cost, before and after. Unknown prices are lines too. */
  Estimate estimate(Plan plan);

  /** A digest of the prices and usage assumptions in force. */
  String revision();
}
