package dev.parley.policy;

import java.util.List;
import java.util.Map;

/**
 * A rule as people may look at it.
 *
 * @param types the resource types it speaks about; {@code *} for all, {@code plan} for the plan
 * @param controls framework → control numbers
 * @param source file and line
 * @param text the rule as it was written
 */
public record Rule(
    String id,
    String pack,
    String title,
    Severity severity,
    List<String> types,
    String remedy,
    Map<String, List<String>> controls,
    String source,
    String text) {
  public Rule {
    types = List.copyOf(types);
    controls = Map.copyOf(controls);
  }
}
