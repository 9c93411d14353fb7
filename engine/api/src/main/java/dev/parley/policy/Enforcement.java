package dev.parley.policy;

/** What a finding does to a plan, weakest first; the verdict is the strongest. */
public enum Enforcement {
  /** Said, and nothing more. */
  NOTE,
  /** Said in a place where it is seen. */
  WARN,
  /** Somebody in a certain role or team must approve. */
  APPROVE,
  /** The plan can't run, unless the finding is waived. */
  DENY
}
