package dev.parley.knowledge;

import java.math.BigDecimal;
import java.time.Instant;

/** A node of the graph. There are no blank nodes: they can be neither replaced nor compared. */
public sealed interface Term {

  /** A name. */
  record Iri(String iri) implements Term {}

  /** A text. */
  record Text(String text) implements Term {}

  /** A number; money is one too, with its currency in a statement of its own. */
  record Number(BigDecimal number) implements Term {}

  /** True or false. */
  record Flag(boolean flag) implements Term {}

  /** An instant. */
  record Time(Instant time) implements Term {}
}
