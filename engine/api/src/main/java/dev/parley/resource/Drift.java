package dev.parley.resource;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.util.List;
import java.util.Optional;

/** How a resource differs from what Parley last saw or set. */
public record Drift(Address at, Kind kind, List<Difference> differences) {
  public Drift {
    differences = List.copyOf(differences);
  }

  /** What happened to it. */
  public enum Kind {
    /** Properties differ. */
    CHANGED,
    /** It is no longer there. */
    GONE,
    /** It is there, and nobody here made it. */
    UNTRACKED
  }

  /** One property that differs. */
  public record Difference(Pointer path, Optional<Value> expected, Optional<Value> actual) {}
}
