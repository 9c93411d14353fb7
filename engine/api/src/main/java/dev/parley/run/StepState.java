package dev.parley.run;

/** Where a step stands. */
public enum StepState {
  WAITING,
  RUNNING,
  /** Waiting for the provider that is throttled, busy or down; or begun, and held for the chat. */
  DELAYED,
  DONE,
  FAILED,
  /** Not tried, since something it needs failed or the run was cancelled. */
  SKIPPED,
  /** It can't be known whether it happened; a person must look. */
  UNKNOWN
}
