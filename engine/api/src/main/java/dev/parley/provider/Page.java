package dev.parley.provider;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param next where to go on; empty on the last page
 * @param gaps what could not be listed, and why; the rest is still there
 * @param sources who answered for it, and how much of all there is they can see
 */
public record Page<T>(
    List<T> items, Optional<String> next, List<String> gaps, List<Source> sources) {
  public Page {
    items = List.copyOf(items);
    gaps = List.copyOf(gaps);
    sources = List.copyOf(sources);
  }

  /** A page from the one place that knows everything. */
  public Page(List<T> items, Optional<String> next, List<String> gaps) {
    this(items, next, gaps, List.of());
  }

  /**
   * Somebody who was asked what there is.
   *
   * @param complete whether it sees everything of what was asked for
   * @param detail what it sees and what not, for people
   */
  public record Source(String name, boolean complete, String detail) {}
}
