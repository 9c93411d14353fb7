package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * One named graph while it is being written. What is said twice stands once; blank texts are left
 * out.
 */
final class Sheet {
  private final Iri graph;
  private final Set<Triple> triples = new LinkedHashSet<>();

  /**
   * An empty sheet.
   *
   * @param from since when it is part of the picture
   */
  Sheet(Iri graph, Instant from) {
    this.graph = graph;
    time(graph, own("recordedAt"), from);
  }

  Iri graph() {
    return graph;
  }

  int size() {
    return triples.size();
  }

  Sheet say(Iri subject, Iri predicate, Term object) {
    triples.add(new Triple(subject, predicate, object));
    return this;
  }

  Sheet text(Iri subject, Iri predicate, String text) {
    return text.isBlank() ? this : say(subject, predicate, new Term.Text(text));
  }

  /** A constant of ours as people write it: {@code NOT_ELIGIBLE} is "not eligible". */
  Sheet word(Iri subject, Iri predicate, Enum<?> word) {
    return text(subject, predicate, word.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  Sheet number(Iri subject, Iri predicate, long number) {
    return say(subject, predicate, new Term.Number(BigDecimal.valueOf(number)));
  }

  Sheet number(Iri subject, Iri predicate, BigDecimal number) {
    return say(subject, predicate, new Term.Number(number));
  }

  Sheet flag(Iri subject, Iri predicate, boolean flag) {
    return say(subject, predicate, new Term.Flag(flag));
  }

  Sheet time(Iri subject, Iri predicate, Instant time) {
    return say(subject, predicate, new Term.Time(time));
  }

  /** An amount; its currency is a statement of its own. */
  Sheet money(Iri subject, Iri amount, Iri currency, Money money) {
    return number(subject, amount, money.amount()).text(subject, currency, money.currency());
  }

  Triples triples() {
    return new Triples(graph, new ArrayList<>(triples));
  }
}
