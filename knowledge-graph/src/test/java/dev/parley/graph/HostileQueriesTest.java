package dev.parley.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Knowledge.Refused.Why;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Queries that are allowed and never end by themselves, over a store on disk with 30,000
 * statements.
 */
class HostileQueriesTest {
  private static final Duration TIME = Duration.ofMillis(300);

  /** Two shared cores need more room than the hundred milliseconds of a quiet machine. */
  private static final Duration GRACE = Duration.ofMillis(1_500);

  @TempDir static Path folder;
  private static TdbKnowledge graph;

  @BeforeAll
  static void fill() {
    graph = new TdbKnowledge(folder, Clock.systemUTC(), Limits.USUAL.within(TIME).rows(1_000));
    var pages = new ArrayList<Triples>();
    for (int page = 0; page < 10; page++) {
      var triples = new ArrayList<Triple>();
      for (int i = page * 1_000; i < page * 1_000 + 1_000; i++) {
        Iri node = node(i);
        triples.add(new Triple(node, new Iri("urn:example:next"), node((i + 1) % 10_000)));
        triples.add(new Triple(node, new Iri("urn:example:other"), node((i * 7 + 3) % 10_000)));
        triples.add(
            new Triple(
                node,
                new Iri("urn:example:name"),
                new Term.Text("node number " + i + " xxxxxxxxxxxxxxxxxxxxxxxxx")));
      }
      pages.add(new Triples(new Iri("urn:example:page" + page), triples));
    }
    graph.record("acme", 1, pages);
  }

  private static Iri node(int i) {
    return new Iri("urn:example:n" + i);
  }

  @AfterAll
  static void close() {
    graph.close();
  }

  private static Answer ask(String query) {
    return graph.ask("acme", new Ask.Sparql(query, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT DISTINCT ?b ?e { ?a ?b ?c . ?d ?e ?f }",
        "SELECT (GROUP_CONCAT(STR(?c)) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?f) ?a",
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f LIMIT 10",
        "SELECT (COUNT(*) AS ?n) { ?a"
            + " (<urn:example:next>|^<urn:example:next>|<urn:example:other>|^<urn:example:other>)*"
            + " ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:example:next>+ ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a !<urn:x>* ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b FILTER NOT EXISTS { ?b <urn:example:next>+ ?c . ?c"
            + " <urn:example:other> ?a } }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?x {1 2 3 4 5 6 7 8 9 10} VALUES ?y {1 2 3 4 5 6 7 8 9"
            + " 10} ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?x = ?y) }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f FILTER(?c < ?f) } }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c MINUS { ?a ?e ?f . ?g ?h ?i } }",
        "SELECT (MAX(?n) AS ?m) { { SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a"
            + " } }",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:example:name> ?x . ?b <urn:example:name> ?y"
            + " FILTER(REGEX(?x, \"(x+x+)+y\")) }",
        "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?b), STR(?e)))"
            + " = 1) }",
        "ASK { ?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(CONCAT(STR(?b), STR(?e))) = 1) }",
        "DESCRIBE ?a { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?b), STR(?e))) = 1) }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?c), STR(?f))) = 0)"
            + " }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
      })
  void a_query_without_end_ends_in_time_and_leaves_the_graph_readable(String query) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> ask(query))
        .isInstanceOf(Refused.class)
        .satisfies(e -> assertThat(((Refused) e).why()).isEqualTo(Why.TOO_LONG));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIME.plus(GRACE));
    assertThat(ask("SELECT ?n { <urn:example:n7> <urn:example:name> ?n }").rows()).hasSize(1);
    assertThat(graph.check().ok()).isTrue();
  }

  @Test
  void rows_above_the_limit_are_cut_and_the_answer_says_so() {
    Answer answer = ask("SELECT * { ?a ?b ?c }");
    assertThat(answer.rows()).hasSize(1_000);
    assertThat(answer.complete()).isFalse();
    assertThat(answer.headline()).contains("more");
    assertThat(ask("SELECT * { ?a ?b ?c } LIMIT 1000").complete()).isTrue();
    assertThat(ask("CONSTRUCT WHERE { ?a ?b ?c }").complete()).isFalse();
  }

  @Test
  void an_answer_above_the_limit_of_bytes_is_refused() {
    try (var small =
        TdbKnowledge.inMemory(
            Clock.systemUTC(), new Limits(16_384, 1_000, 2_000, TIME, 2, 8, TIME))) {
      var triples =
          IntStream.range(0, 100)
              .mapToObj(
                  i ->
                      new Triple(
                          node(i),
                          new Iri("urn:example:name"),
                          new Term.Text("a name of some length")))
              .toList();
      small.record("acme", 1, List.of(new Triples(new Iri("urn:example:g"), triples)));
      assertThatThrownBy(
              () -> small.ask("acme", new Ask.Sparql("SELECT * { ?a ?b ?c }", Optional.empty())))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("LIMIT");
    }
  }

  @Test
  void more_questions_at_once_than_allowed_wait_or_are_sent_away_and_another_tenant_is_not_touched()
      throws Exception {
    graph.record(
        "other",
        1,
        List.of(
            new Triples(
                new Iri("urn:example:g"),
                List.of(
                    new Triple(node(1), new Iri("urn:example:name"), new Term.Text("quiet"))))));
    int many = 16;
    var ready = new CountDownLatch(many);
    try (var threads = Executors.newFixedThreadPool(many)) {
      Callable<Why> one =
          () -> {
            ready.countDown();
            ready.await();
            try {
              ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
              return Why.BROKEN;
            } catch (Refused refused) {
              return refused.why();
            }
          };
      List<Future<Why>> all = IntStream.range(0, many).mapToObj(_ -> threads.submit(one)).toList();
      ready.await();
      Answer quiet = graph.ask("other", new Ask.Sparql("SELECT ?n { ?s ?p ?n }", Optional.empty()));
      assertThat(quiet.rows()).hasSize(1);
      var reasons = new ArrayList<Why>();
      for (Future<Why> future : all) {
        reasons.add(future.get());
      }
      assertThat(reasons).contains(Why.TOO_LONG, Why.TOO_MANY).doesNotContain(Why.BROKEN);
    }
    assertThat(ask("ASK { ?s ?p ?o }").rows()).hasSize(1);
  }

  @Test
  void writing_goes_on_while_a_query_runs_and_the_reader_sees_one_picture() throws Exception {
    Iri page = new Iri("urn:example:written");
    try (var calm = new TdbKnowledge(folder.resolve("calm"), Clock.systemUTC());
        var threads = Executors.newFixedThreadPool(2)) {
      calm.record("acme", 1, List.of(named(page, "v1")));
      Future<?> writer =
          threads.submit(
              () -> {
                for (int i = 2; i < 30; i++) {
                  calm.record("acme", i, List.of(named(page, "v" + i)));
                }
              });
      do {
        var names =
            calm.ask(
                    "acme",
                    new Ask.Sparql(
                        "SELECT DISTINCT ?n { ?s <urn:example:name> ?n }", Optional.empty()))
                .rows();
        assertThat(names).hasSize(1);
      } while (!writer.isDone());
      writer.get();
    }
  }

  private static Triples named(Iri page, String name) {
    Iri says = new Iri("urn:example:name");
    return new Triples(
        page,
        List.of(
            new Triple(node(1), says, new Term.Text(name)),
            new Triple(node(2), says, new Term.Text(name))));
  }
}
