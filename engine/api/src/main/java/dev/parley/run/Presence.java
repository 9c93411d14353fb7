package dev.parley.run;

import dev.parley.plan.Plan;
import java.util.Optional;

/**
 * Whether anybody can be told what a plan's run does: whoever talks with people knows, and the run
 * asks before each new call. Asked from many threads, and often: it neither blocks nor throws.
 */
@FunctionalInterface
public interface Presence {
  /** Nobody waits for word of a run. */
  Presence ALWAYS = plan -> Optional.empty();

  /**
   * Why the place that a plan is talked about can't be reached now, as half a sentence for people:
   * {@code slack can't be reached since 12:03 UTC}. Empty if it can.
   */
  Optional<String> away(Plan plan);
}
