package dev.parley.policy;

/** What a rule says about one resource. */
public enum Outcome {
  FAIL,
  /** Something it needs is not known before the run. Never counted as a pass. */
  UNKNOWN,
  PASS
}
