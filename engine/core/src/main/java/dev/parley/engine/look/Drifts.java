package dev.parley.engine.look;

import dev.parley.resource.Drift;
import java.util.List;

/**
 * How clouds differ from what is known of them.
 *
 * @param looked how many tracked resources were looked at
 * @param gaps what could not be looked at, and why; nothing is said about it
 */
public record Drifts(List<Drift> found, int looked, List<String> gaps) {
  public Drifts {
    found = List.copyOf(found);
    gaps = List.copyOf(gaps);
  }

  /** Whether everything was looked at, and is as it should be. */
  public boolean none() {
    return found.isEmpty() && gaps.isEmpty();
  }
}
