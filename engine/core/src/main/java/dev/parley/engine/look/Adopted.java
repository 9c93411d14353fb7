package dev.parley.engine.look;

import dev.parley.resource.Tracked;
import dev.parley.value.Problem;
import java.util.List;

/**
 * What became of an import.
 *
 * @param imported what is tracked now
 * @param refused what is not, and why
 * @param gaps what could not be listed, and why
 */
public record Adopted(List<Tracked> imported, List<Problem> refused, List<String> gaps) {
  public Adopted {
    imported = List.copyOf(imported);
    refused = List.copyOf(refused);
    gaps = List.copyOf(gaps);
  }
}
