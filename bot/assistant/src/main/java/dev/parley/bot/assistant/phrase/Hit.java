package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept;
import java.util.Optional;

/** A concept, and how many tokens it takes. */
record Hit(Concept concept, int length) {
  static Optional<Hit> of(Concept concept, int length) {
    return Optional.of(new Hit(concept, length));
  }
}
