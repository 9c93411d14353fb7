package dev.parley.benchmarks;

import dev.parley.graph.TdbKnowledge;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.knowledge.Vocabulary;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads a million statements, ten a resource, and asks what people ask. */
final class GraphDriver {
  private static final String PREFIXES =
      "PREFIX parley: <"
          + Vocabulary.PARLEY
          + "> PREFIX core: <"
          + Vocabulary.CORE
          + "> PREFIX prov: <"
          + Vocabulary.PROV
          + "> ";

  private GraphDriver() {}

  public static void main(String[] args) {
    int resources = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    Path folder = Bench.folder();
    try (Knowledge knowledge = new TdbKnowledge(folder, Clock.systemUTC())) {
      long start = System.nanoTime();
      load(knowledge, resources);
      System.out.printf(
          "loaded %,d statements in %.1f s%n", resources * 10L, (System.nanoTime() - start) / 1e9);
      ask(knowledge, "one resource", "SELECT ?p ?o { ?s parley:address \"a/t:T/r-77\" ; ?p ?o }");
      ask(
          knowledge,
          "three patterns, filtered",
          "SELECT ?a { ?s parley:environment \"production\" ; parley:region \"r-3\" ;"
              + " parley:address ?a ; parley:monthlyCost ?c FILTER (?c > 990) }");
      ask(
          knowledge,
          "twenty dearest",
          "SELECT ?a ?c { ?s parley:address ?a ; parley:monthlyCost ?c } ORDER BY DESC(?c) LIMIT"
              + " 20");
      ask(
          knowledge,
          "cost by team",
          "SELECT ?t (SUM(?c) AS ?sum) { ?s parley:team ?t ; parley:monthlyCost ?c } GROUP BY ?t");
      ask(
          knowledge,
          "everything it depends on",
          "SELECT (COUNT(?x) AS ?n) { ?s parley:address \"a/t:T/r-999\" ; core:dependsOn+ ?x }");
      ask(knowledge, "count", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
    } finally {
      Bench.delete(folder);
    }
  }

  private static void load(Knowledge knowledge, int resources) {
    Term.Iri meta = Vocabulary.instance(Bench.TENANT, "meta", "bench");
    var batch = new ArrayList<Triples>();
    long sequence = 0;
    for (int i = 0; i < resources; i++) {
      Term.Iri resource = Vocabulary.instance(Bench.TENANT, "resource", "r-" + i);
      Term.Iri revision = Vocabulary.instance(Bench.TENANT, "rev", "r-" + i + ":1");
      var triples = new ArrayList<Triple>();
      add(triples, resource, "address", new Term.Text("a/t:T/r-" + i));
      add(triples, resource, "resourceType", new Term.Text("t:T"));
      add(
          triples,
          resource,
          "environment",
          new Term.Text(i % 3 == 0 ? "production" : "development"));
      add(triples, resource, "region", new Term.Text("r-" + i % 7));
      add(triples, resource, "team", new Term.Text("team-" + i % 50));
      add(triples, resource, "monthlyCost", new Term.Number(BigDecimal.valueOf(i % 1000)));
      add(triples, resource, "owner", new Term.Text("u-" + i % 200));
      add(triples, resource, "lifecycle", new Term.Text("ready"));
      int target = i % 1000 == 0 ? i : i - 1;
      triples.add(
          new Triple(
              resource,
              new Term.Iri(Vocabulary.CORE + "dependsOn"),
              Vocabulary.instance(Bench.TENANT, "resource", "r-" + target)));
      triples.add(
          new Triple(revision, new Term.Iri(Vocabulary.PROV + "specializationOf"), resource));
      batch.add(new Triples(revision, triples));
      if (batch.size() == 10_000) {
        knowledge.record(Bench.TENANT, ++sequence, List.copyOf(batch));
        batch.clear();
      }
    }
    batch.add(new Triples(meta, List.of()));
    knowledge.record(Bench.TENANT, ++sequence, batch);
  }

  private static void add(List<Triple> triples, Term.Iri subject, String term, Term object) {
    triples.add(new Triple(subject, Vocabulary.own(term), object));
  }

  private static void ask(Knowledge knowledge, String what, String query) {
    int repeats = 7;
    long[] nanos = new long[repeats];
    int rows = 0;
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      rows =
          knowledge
              .ask(Bench.TENANT, new Ask.Sparql(PREFIXES + query, Optional.empty()))
              .rows()
              .size();
      nanos[i] = System.nanoTime() - start;
    }
    System.out.printf(
        "%-26s first %8.1f ms   p50 %8.1f ms   %d rows%n",
        what, nanos[0] / 1e6, Bench.millis(nanos, 0.5), rows);
  }
}
