package dev.parley.knowledge;

import java.util.List;

/**
 * All statements of one named graph; recording them replaces whatever the graph held.
 *
 * @param graph its name
 */
public record Triples(Term.Iri graph, List<Triple> triples) {
  public Triples {
    triples = List.copyOf(triples);
  }

  /** One statement. */
  public record Triple(Term.Iri subject, Term.Iri predicate, Term object) {}
}
