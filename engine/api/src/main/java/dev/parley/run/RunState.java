package dev.parley.run;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  /** No new step starts until somebody can be told of it; those under way are followed. */
  WAITING,
  /** No new step starts; those under way are waited for. */
  CANCELLING,
  VERIFYING,
  /** Its inverse is being carried out as a run of its own. */
  ROLLING_BACK,
  SUCCEEDED,
  /** Some steps failed; they can be retried. */
  FAILED,
  CANCELLED,
  ROLLED_BACK;

  /** Whether nothing more happens by itself. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == ROLLED_BACK;
  }
}
