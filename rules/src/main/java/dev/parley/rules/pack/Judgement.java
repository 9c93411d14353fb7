package dev.parley.rules.pack;

import java.util.Optional;

/**
 * What a rule says about one resource or the plan.
 *
 * @param breach what it found, if it failed or can't be told
 */
public record Judgement(Status status, Optional<Breach> breach) {
  /** How it came out. */
  public enum Status {
    PASS,
    FAIL,
    UNKNOWN,
    /** The rule does not apply. */
    SKIP
  }
}
