package dev.parley.provider;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param next where to go on; empty on the last page
 * @param gaps what could not be listed, and why; the rest is still there
 */
public record Page<T>(List<T> items, Optional<String> next, List<String> gaps) {
  public Page {
    items = List.copyOf(items);
    gaps = List.copyOf(gaps);
  }
}
