package dev.parley.provider;

import dev.parley.value.Problem;
import java.util.Optional;

/**
 * Whether a resource does what it is for.
 *
 * @param detail what was looked at and seen
 */
public record Health(State state, String detail, Optional<Problem> problem) {
  /** The answer. */
  public enum State {
    HEALTHY,
    /** Not yet; look again. */
    STARTING,
    UNHEALTHY,
    /** There is nothing to look at. */
    UNKNOWN
  }
}
