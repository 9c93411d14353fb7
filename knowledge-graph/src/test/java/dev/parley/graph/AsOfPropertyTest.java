package dev.parley.graph;

import static dev.parley.knowledge.Vocabulary.instance;
import static dev.parley.knowledge.Vocabulary.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.knowledge.Vocabulary;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.graph.GraphFactory;

/**
 * Random histories, random instants, random queries with paths: the view answers as a fresh graph
 * does that holds what a plain model says was there.
 */
class AsOfPropertyTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Iri A = new Iri("urn:example:a");
  private static final Iri B = new Iri("urn:example:b");
  private static final Iri ENDED = new Iri(Vocabulary.PROV + "invalidatedAtTime");

  /** A thing looks otherwise from now on, or is gone. */
  record Act(int thing, int millis, boolean gone, List<Link> links) {}

  record Link(boolean first, int target) {}

  record Life(Instant from, Optional<Instant> to, List<Triple> triples) {}

  @Provide
  Arbitrary<List<Act>> histories() {
    Arbitrary<Link> link =
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(0, 6))
            .as(Link::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(false, false, false, true),
            link.list().ofMinSize(0).ofMaxSize(4))
        .as(Act::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> simple =
        Arbitraries.of(
            "<urn:example:a>",
            "<urn:example:b>",
            "^<urn:example:a>",
            "!<urn:example:a>",
            "!(<urn:example:a>|^<urn:example:b>)");
    Arbitrary<String> path =
        Combinators.combine(
                simple,
                simple,
                Arbitraries.of(
                    "%s+",
                    "%s*", "%s?", "%s/%s", "(%s|%s)+", "(%s/%s)*", "(%s|%s)/%s*", "^(%s|%s)"))
            .as(
                (one, other, shape) ->
                    String.format(
                        shape
                            .replaceFirst("%s", "%1\\$s")
                            .replaceFirst("%s", "%2\\$s")
                            .replace("%s", "%1$s"),
                        one,
                        other));
    return Combinators.combine(
            path, path, Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 4))
        .as(
            (one, other, thing, shape) ->
                switch (shape) {
                  case 0 -> "SELECT ?x ?y { ?x " + one + " ?y }";
                  case 1 -> "SELECT ?y { <urn:example:t" + thing + "> " + one + " ?y }";
                  case 2 -> "SELECT ?x ?z { ?x " + one + " ?y . ?y " + other + " ?z }";
                  case 3 ->
                      "SELECT ?x (COUNT(?y) AS ?n) { ?x <urn:example:a> ?y FILTER NOT EXISTS { ?y "
                          + one
                          + " ?z } } GROUP BY ?x";
                  default ->
                      "SELECT ?x ?y { { ?x "
                          + one
                          + " ?y } UNION { ?y "
                          + other
                          + " ?x } MINUS { ?x <urn:example:b> ?x } }";
                });
  }

  @Property(tries = 80)
  void the_view_answers_as_a_graph_of_that_time_does(
      @ForAll("histories") List<Act> history,
      @ForAll("queries") String query,
      @ForAll("instants") int millis) {
    var lives = new ArrayList<Life>();
    try (var graph = TdbKnowledge.inMemory(Clock.systemUTC())) {
      write(history, graph, lives);
      for (Instant at : List.of(START.plusMillis(millis), START.plusMillis(millis / 2))) {
        assertThat(viewed(graph, query, Optional.of(at)))
            .as("%s as of %s", query, at)
            .isEqualTo(modelled(lives, query, Optional.of(at)));
      }
      assertThat(viewed(graph, query, Optional.empty()))
          .as("%s now", query)
          .isEqualTo(modelled(lives, query, Optional.empty()));
    }
  }

  @Provide
  Arbitrary<Integer> instants() {
    return Arbitraries.integers().between(-1, 40);
  }

  private static void write(List<Act> history, TdbKnowledge graph, List<Life> lives) {
    Map<Integer, Iri> open = new HashMap<>();
    Map<Iri, Life> all = new HashMap<>();
    Instant now = START;
    long place = 0;
    for (Act act : history) {
      place++;
      now = now.plusMillis(act.millis());
      Instant when = now;
      var pages = new ArrayList<Triples>();
      Iri former = open.remove(act.thing());
      if (former != null) {
        Iri meta = instance("acme", "meta", act.thing() + "/" + place);
        pages.add(
            new Triples(
                meta,
                List.of(
                    new Triple(meta, own("recordedAt"), new Term.Time(now)),
                    new Triple(former, ENDED, new Term.Time(now)))));
        all.computeIfPresent(
            former, (_, life) -> new Life(life.from(), Optional.of(when), life.triples()));
        all.put(
            meta,
            new Life(
                now,
                Optional.empty(),
                List.of(
                    new Triple(meta, own("recordedAt"), new Term.Time(now)),
                    new Triple(former, ENDED, new Term.Time(now)))));
      }
      if (!act.gone()) {
        Iri revision = instance("acme", "rev", act.thing() + "/" + place);
        var triples = new ArrayList<Triple>();
        triples.add(new Triple(revision, own("recordedAt"), new Term.Time(now)));
        act.links().stream()
            .distinct()
            .forEach(
                link ->
                    triples.add(
                        new Triple(
                            thing(act.thing()), link.first() ? A : B, thing(link.target()))));
        pages.add(new Triples(revision, triples));
        open.put(act.thing(), revision);
        all.put(revision, new Life(now, Optional.empty(), triples));
      }
      graph.record("acme", place, pages);
    }
    lives.addAll(all.values());
  }

  private static Iri thing(int n) {
    return new Iri("urn:example:t" + n);
  }

  private static List<String> viewed(TdbKnowledge graph, String query, Optional<Instant> at) {
    return graph.ask("acme", new Ask.Sparql(query, at)).rows().stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  /** A graph of its own with what was visible, asked by Jena without any of ours in between. */
  private static List<String> modelled(List<Life> lives, String query, Optional<Instant> at) {
    var graph = GraphFactory.createDefaultGraph();
    for (Life life : lives) {
      boolean visible =
          at.map(t -> !life.from().isAfter(t) && life.to().filter(to -> !to.isAfter(t)).isEmpty())
              .orElse(life.to().isEmpty());
      if (visible) {
        life.triples()
            .forEach(
                triple ->
                    graph.add(
                        Nodes.of(triple.subject()),
                        Nodes.of(triple.predicate()),
                        Nodes.of(triple.object())));
      }
    }
    try (QueryExec running = QueryExec.graph(graph).query(QueryFactory.create(query)).build()) {
      return Table.of(running, Limits.USUAL).rows().stream()
          .map(Object::toString)
          .sorted()
          .toList();
    }
  }

  @Property(tries = 1)
  void revisions_do_not_pile_up_along_a_path() {
    try (var graph = TdbKnowledge.inMemory(Clock.systemUTC())) {
      var acts = new ArrayList<Act>();
      for (int i = 0; i < 6; i++) {
        acts.add(new Act(0, 1, false, List.of(new Link(true, i + 1))));
      }
      write(acts, graph, new ArrayList<>());
      var found =
          graph
              .ask(
                  "acme",
                  new Ask.Sparql(
                      "SELECT ?y { <urn:example:t0> <urn:example:a>+ ?y }", Optional.empty()))
              .rows();
      assertThat(found).hasSize(1);
    }
  }
}
