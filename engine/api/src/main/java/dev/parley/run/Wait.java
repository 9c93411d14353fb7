package dev.parley.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a run started nothing new, since nobody could be told of it.
 *
 * @param why what could not be reached
 * @param until empty as long as it lasts
 */
public record Wait(String why, Instant since, Optional<Instant> until) {
  /** How long it has lasted by then. */
  public Duration by(Instant now) {
    Instant end = until.orElse(now);
    return end.isAfter(since) ? Duration.between(since, end) : Duration.ZERO;
  }
}
