package dev.parley.engine.look;

import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import java.util.Optional;
import java.util.Set;

/** Which of the things that exist are meant. */
public sealed interface Selection {
  /** All of them. */
  record Everything() implements Selection {}

  /** All of one type. */
  record OfType(ResourceType type) implements Selection {}

  /**
   * These.
   *
   * @param type of all of them, if it is known; saves looking through everything
   */
  record Ids(Set<ResourceId> ids, Optional<ResourceType> type) implements Selection {
    public Ids {
      ids = Set.copyOf(ids);
      if (ids.isEmpty()) {
        throw new IllegalArgumentException("a selection by id names at least one");
      }
    }
  }
}
