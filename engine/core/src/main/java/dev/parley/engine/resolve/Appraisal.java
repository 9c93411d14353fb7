package dev.parley.engine.resolve;

import dev.parley.cost.Estimate;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;

/** Prices a plan and has it judged, with the tenant's waivers, budgets and existing resources. */
public interface Appraisal {
  /** What it costs. */
  Estimate estimate(Plan plan);

  /** What the rules say. */
  Verdict judge(Plan plan, Estimate estimate);

  /** Digest of the rules in force. */
  String rules();

  /** Digest of the prices in force. */
  String prices();
}
