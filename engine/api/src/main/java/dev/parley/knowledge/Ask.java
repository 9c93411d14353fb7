package dev.parley.knowledge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A question to the graph. */
public sealed interface Ask {
  /** The instant it asks about; empty means now. */
  Optional<Instant> asOf();

  /** SPARQL 1.1, as a person or a program wrote it: hostile until proven otherwise. */
  record Sparql(String text, Optional<Instant> asOf) implements Ask {}

  /** A ready-made question by name, with its parameters. */
  record Ready(String question, Map<String, String> arguments, Optional<Instant> asOf)
      implements Ask {
    public Ready {
      arguments = Map.copyOf(arguments);
    }
  }
}
