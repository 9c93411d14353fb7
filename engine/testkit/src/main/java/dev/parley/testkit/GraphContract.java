package dev.parley.testkit;

import static dev.parley.knowledge.Vocabulary.instance;
import static dev.parley.knowledge.Vocabulary.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.knowledge.Vocabulary;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every Knowledge promises: recorded is askable, then and now, and to its own tenant alone.
 */
public abstract class GraphContract {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Iri ENDED = new Iri(Vocabulary.PROV + "invalidatedAtTime");
  private static final Iri RECORDED_AT = own("recordedAt");
  private static final Iri COLOUR = own("colour");
  private static final Iri NEXT = own("next");
  private static final String T = "acme";

  /** Each is a transaction of its own, which a disk takes its time for. */
  private static final int PLACES = 18;

  @TempDir protected Path folder;
  protected final SettableClock clock = new SettableClock(START);
  private Knowledge knowledge;

  /** A Knowledge that keeps what it keeps in the folder. */
  protected abstract Knowledge open(Path folder, Clock clock);

  /** Whether what was recorded is still there when it is opened again. */
  protected abstract boolean survives();

  @BeforeEach
  void openFirst() {
    knowledge = open(folder, clock);
  }

  @AfterEach
  void closeLast() {
    knowledge.close();
  }

  /** A revision of a thing, that begins then. */
  private static Triples revision(
      String tenant, String thing, long n, Instant from, String colour) {
    Iri graph = instance(tenant, "rev", thing + "/" + n);
    return new Triples(
        graph,
        List.of(
            new Triple(graph, RECORDED_AT, new Term.Time(from)),
            new Triple(instance(tenant, "resource", thing), COLOUR, new Term.Text(colour))));
  }

  /** Says that a revision ends then. */
  private static Triples end(String tenant, String thing, long n, long by, Instant at) {
    Iri graph = instance(tenant, "meta", thing + "/" + by);
    return new Triples(
        graph,
        List.of(
            new Triple(graph, RECORDED_AT, new Term.Time(at)),
            new Triple(instance(tenant, "rev", thing + "/" + n), ENDED, new Term.Time(at))));
  }

  private List<String> colours(String tenant, Optional<Instant> asOf) {
    Answer answer =
        knowledge.ask(
            tenant, new Ask.Sparql("SELECT ?c { ?s <" + COLOUR.iri() + "> ?c } ORDER BY ?c", asOf));
    return answer.rows().stream()
        .map(row -> ((Term.Text) row.getFirst().orElseThrow()).text())
        .toList();
  }

  private static List<String> export(Knowledge from, String tenant) {
    var lines = new ArrayList<String>();
    from.export(tenant, lines::add);
    return lines;
  }

  @Test
  void an_empty_graph_can_be_asked() {
    assertThat(knowledge.recorded(T)).isZero();
    assertThat(colours(T, Optional.empty())).isEmpty();
    assertThat(export(knowledge, T)).isEmpty();
  }

  @Test
  void what_is_recorded_can_be_asked() {
    knowledge.record(T, 7, List.of(revision(T, "door", 7, START, "red")));
    assertThat(colours(T, Optional.empty())).containsExactly("red");
    assertThat(knowledge.recorded(T)).isEqualTo(7);
  }

  @Test
  void recording_the_same_again_changes_nothing() {
    var graphs = List.of(revision(T, "door", 7, START, "red"), end(T, "door", 3, 7, START));
    knowledge.record(T, 7, graphs);
    var once = export(knowledge, T);
    knowledge.record(T, 7, graphs);
    assertThat(export(knowledge, T)).isEqualTo(once).hasSize(4);
    assertThat(knowledge.recorded(T)).isEqualTo(7);
    assertThat(colours(T, Optional.empty())).containsExactly("red");
  }

  @Test
  void a_graph_recorded_again_holds_what_is_new_and_nothing_else() {
    knowledge.record(T, 7, List.of(revision(T, "door", 7, START, "red")));
    knowledge.record(T, 8, List.of(revision(T, "door", 7, START, "blue")));
    assertThat(colours(T, Optional.empty())).containsExactly("blue");
    assertThat(export(knowledge, T)).hasSize(2);
  }

  @Test
  void the_journal_place_never_falls() {
    knowledge.record(T, 9, List.of());
    knowledge.record(T, 4, List.of(revision(T, "door", 4, START, "red")));
    assertThat(knowledge.recorded(T)).isEqualTo(9);
  }

  @Test
  void clear_forgets_all_of_one_tenant_and_nothing_of_another() {
    knowledge.record(T, 5, List.of(revision(T, "door", 5, START, "red")));
    knowledge.record("other", 5, List.of(revision("other", "door", 5, START, "green")));
    knowledge.clear(T);
    assertThat(knowledge.recorded(T)).isZero();
    assertThat(colours(T, Optional.empty())).isEmpty();
    assertThat(colours("other", Optional.empty())).containsExactly("green");
    knowledge.record(T, 6, List.of(revision(T, "door", 6, START, "white")));
    assertThat(colours(T, Optional.empty())).containsExactly("white");
  }

  @Test
  void terms_come_back_as_they_went() {
    Iri thing = instance(T, "resource", "odd / ünicode * \"thing\"");
    List<Term> terms =
        List.of(
            new Term.Text("quotes \" and \\ and\nlines\tand ünïcode 🦊 {} <urn:x>"),
            new Term.Text("12"),
            new Term.Number(new BigDecimal("12")),
            new Term.Number(new BigDecimal("-0.000125")),
            new Term.Number(new BigDecimal("12345678901234567890.5")),
            new Term.Flag(true),
            new Term.Flag(false),
            new Term.Time(Instant.parse("2026-02-28T23:59:59.123Z")),
            new Term.Time(Instant.parse("2026-02-28T23:59:59.123456789Z")),
            new Term.Time(Instant.parse("1999-01-01T00:00:00Z")),
            new Term.Iri("urn:example:a%20b#/c/0"));
    Iri graph = instance(T, "rev", "odd");
    knowledge.record(
        T,
        1,
        List.of(
            new Triples(
                graph, terms.stream().map(term -> new Triple(thing, COLOUR, term)).toList())));
    Answer answer =
        knowledge.ask(
            T, new Ask.Sparql("SELECT ?c { <" + thing.iri() + "> ?p ?c }", Optional.empty()));
    assertThat(answer.rows().stream().map(row -> row.getFirst().orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(terms);
  }

  @Test
  void two_spellings_of_one_value_are_one_statement() {
    Iri graph = instance(T, "rev", "n");
    Iri thing = instance(T, "resource", "n");
    knowledge.record(
        T,
        1,
        List.of(
            new Triples(
                graph,
                List.of(
                    new Triple(thing, COLOUR, new Term.Number(new BigDecimal("1.50"))),
                    new Triple(thing, COLOUR, new Term.Number(new BigDecimal("1.5"))),
                    new Triple(
                        thing,
                        COLOUR,
                        new Term.Time(Instant.parse("2026-01-01T00:00:00.100Z")))))));
    assertThat(export(knowledge, T))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"1.5\"^^"))
        .anyMatch(line -> line.contains("\"2026-01-01T00:00:00.1Z\"^^"));
  }

  @Test
  void a_delete_closes_and_is_still_visible_in_the_past() {
    Instant later = START.plusSeconds(60);
    knowledge.record(T, 1, List.of(revision(T, "door", 1, START, "red")));
    knowledge.record(T, 2, List.of(end(T, "door", 1, 2, later)));
    assertThat(colours(T, Optional.empty())).isEmpty();
    assertThat(colours(T, Optional.of(later))).isEmpty();
    assertThat(colours(T, Optional.of(later.minusMillis(1)))).containsExactly("red");
    assertThat(colours(T, Optional.of(START))).containsExactly("red");
    assertThat(colours(T, Optional.of(START.minusMillis(1)))).isEmpty();
  }

  /** One thing that happened in a random history. */
  private record Act(long place, Instant at, List<Triples> graphs) {}

  private static List<Act> history(long seed) {
    var random = new Random(seed);
    var acts = new ArrayList<Act>();
    var open = new HashMap<String, Long>();
    Instant now = START;
    for (long place = 1; place <= PLACES; place++) {
      now = now.plusMillis(random.nextInt(3) * 500L);
      String thing = "t" + random.nextInt(5);
      var graphs = new ArrayList<Triples>();
      if (open.containsKey(thing)) {
        graphs.add(end(T, thing, open.remove(thing), place, now));
      }
      if (random.nextInt(4) > 0) {
        graphs.add(revision(T, thing, place, now, "c" + place));
        open.put(thing, place);
      }
      acts.add(new Act(place, now, graphs));
    }
    return acts;
  }

  /** What a plain model says was visible at an instant, after all of the history was recorded. */
  private static Set<String> model(List<Act> history, Instant at) {
    var from = new HashMap<String, Instant>();
    var to = new HashMap<String, Instant>();
    var colour = new HashMap<String, String>();
    for (Act act : history) {
      for (Triples graph : act.graphs()) {
        for (Triple triple : graph.triples()) {
          if (triple.predicate().equals(RECORDED_AT)) {
            from.put(triple.subject().iri(), ((Term.Time) triple.object()).time());
          } else if (triple.predicate().equals(ENDED)) {
            to.put(triple.subject().iri(), ((Term.Time) triple.object()).time());
          } else {
            colour.put(graph.graph().iri(), ((Term.Text) triple.object()).text());
          }
        }
      }
    }
    var visible = new HashSet<String>();
    colour.forEach(
        (graph, text) -> {
          boolean begun = !from.getOrDefault(graph, START).isAfter(at);
          boolean over = to.containsKey(graph) && !to.getOrDefault(graph, START).isAfter(at);
          if (begun && !over) {
            visible.add(text);
          }
        });
    return visible;
  }

  @Test
  void as_of_any_journal_place_is_what_a_plain_model_says() {
    for (long seed = 1; seed <= 2; seed++) {
      List<Act> history = history(seed);
      history.forEach(act -> knowledge.record(T, act.place(), act.graphs()));
      for (Act act : history) {
        for (Instant at : List.of(act.at(), act.at().plusMillis(1), act.at().minusMillis(1))) {
          assertThat(colours(T, Optional.of(at)))
              .containsExactlyInAnyOrderElementsOf(model(history, at));
        }
      }
      assertThat(colours(T, Optional.empty()))
          .containsExactlyInAnyOrderElementsOf(model(history, Instant.MAX));
      knowledge.clear(T);
    }
  }

  @Test
  void replaying_from_any_place_gives_an_equal_graph() {
    List<Act> history = history(11);
    history.forEach(act -> knowledge.record(T, act.place(), act.graphs()));
    var whole = export(knowledge, T);
    assertThat(whole).hasSizeGreaterThan(PLACES);
    for (int from : List.of(0, 5, PLACES - 1)) {
      history
          .subList(from, history.size())
          .forEach(act -> knowledge.record(T, act.place(), act.graphs()));
      assertThat(export(knowledge, T)).isEqualTo(whole);
    }
    knowledge.clear(T);
    var all = history.stream().flatMap(act -> act.graphs().stream()).toList();
    knowledge.record(T, PLACES, all);
    assertThat(export(knowledge, T)).isEqualTo(whole);
  }

  @Test
  void an_export_is_sorted_n_quads_without_blank_nodes() {
    history(5).forEach(act -> knowledge.record(T, act.place(), act.graphs()));
    var lines = export(knowledge, T);
    assertThat(lines)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("<urn:parley:") && line.endsWith("> ."))
        .noneMatch(line -> line.contains("_:"));
    assertThat(lines).doesNotHaveDuplicates().isEqualTo(export(knowledge, T));
  }

  @Test
  void two_tenants_never_see_each_other() {
    Map<String, String> secret = Map.of(T, "red", "other", "green");
    secret.forEach(
        (tenant, colour) -> {
          Iri graph = instance(tenant, "rev", "chain");
          Iri shared = new Iri("urn:example:shared");
          Iri end = new Iri("urn:example:" + colour);
          knowledge.record(
              tenant,
              3,
              List.of(
                  new Triples(
                      graph,
                      List.of(
                          new Triple(shared, NEXT, end),
                          new Triple(end, NEXT, new Iri("urn:example:" + colour + "2")),
                          new Triple(shared, COLOUR, new Term.Text(colour))))));
        });
    List<String> attempts =
        List.of(
            "SELECT * { ?s ?p ?o }",
            "SELECT * { ?s <" + NEXT.iri() + ">+ ?o }",
            "SELECT * { ?s (<" + NEXT.iri() + ">|!<urn:x>)* ?o }",
            "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:parley:vocabulary>) }",
            "SELECT * { GRAPH <" + instance("other", "rev", "chain").iri() + "> { ?s ?p ?o } }",
            "SELECT (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o }",
            "SELECT * { { SELECT ?o { GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:parley:vocabulary>) }"
                + " } }",
            "DESCRIBE <urn:example:shared>",
            "DESCRIBE <urn:example:green>",
            "CONSTRUCT WHERE { ?s ?p ?o }");
    for (String attempt : attempts) {
      Answer answer = knowledge.ask(T, new Ask.Sparql(attempt, Optional.empty()));
      assertThat(answer.rows().toString())
          .as(attempt)
          .doesNotContain("green")
          .doesNotContain("other");
    }
    assertThat(
            knowledge
                .ask(T, new Ask.Sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", Optional.empty()))
                .rows())
        .containsExactly(List.of(Optional.of(new Term.Number(BigDecimal.valueOf(3)))));
    assertThat(colours(T, Optional.empty())).containsExactly("red");
    assertThat(colours("other", Optional.empty())).containsExactly("green");
  }

  @Test
  void an_answer_says_its_query_its_columns_and_its_instant() {
    knowledge.record(T, 7, List.of(revision(T, "door", 7, START, "red")));
    String text = "SELECT ?s ?nothing { ?s <" + COLOUR.iri() + "> ?c }";
    Answer answer = knowledge.ask(T, new Ask.Sparql(text, Optional.empty()));
    assertThat(answer.columns()).containsExactly("s", "nothing");
    assertThat(answer.rows())
        .containsExactly(
            List.of(Optional.of((Term) instance(T, "resource", "door")), Optional.<Term>empty()));
    assertThat(answer.complete()).isTrue();
    assertThat(answer.query()).isEqualTo(text);
    assertThat(answer.asOf()).isEqualTo(START);
    Instant past = START.plusSeconds(9);
    assertThat(knowledge.ask(T, new Ask.Sparql(text, Optional.of(past))).asOf()).isEqualTo(past);
    assertThat(knowledge.ask(T, new Ask.Sparql("ASK { ?s ?p 'red' }", Optional.empty())).rows())
        .containsExactly(List.of(Optional.of((Term) new Term.Flag(true))));
  }

  @Test
  void what_is_no_query_is_refused_and_says_why() {
    refused("SELEKT * { ?s ?p ?o }", Refused.Why.MALFORMED);
    refused("", Refused.Why.MALFORMED);
    refused("INSERT DATA { <urn:a> <urn:b> <urn:c> }", Refused.Why.MALFORMED);
    refused("DROP ALL", Refused.Why.MALFORMED);
    assertThatThrownBy(
            () -> knowledge.ask(T, new Ask.Ready("no-such-question", Map.of(), Optional.empty())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no-such-question")
        .hasMessageContaining("who-approved");
  }

  private void refused(String text, Refused.Why why) {
    assertThatThrownBy(() -> knowledge.ask(T, new Ask.Sparql(text, Optional.empty())))
        .as(text)
        .isInstanceOf(Refused.class)
        .satisfies(e -> assertThat(((Refused) e).why()).isEqualTo(why))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
  }

  @Test
  void every_ready_made_question_can_be_asked() {
    assertThat(knowledge.questions()).hasSizeGreaterThanOrEqualTo(15);
    for (Knowledge.Question question : knowledge.questions()) {
      var arguments = new HashMap<String, String>();
      question
          .parameters()
          .forEach(
              name ->
                  arguments.put(name, name.equals("since") ? "2026-01-01T00:00:00Z" : "x\" } #"));
      Answer answer = knowledge.ask(T, new Ask.Ready(question.name(), arguments, Optional.empty()));
      assertThat(answer.headline()).as(question.name()).isNotBlank();
      assertThat(answer.query()).as(question.name()).contains("SELECT");
      assertThat(answer.rows()).as(question.name()).isEmpty();
      assertThat(question.title()).as(question.name()).isNotBlank();
    }
  }

  @Test
  void what_was_recorded_is_there_after_a_restart() {
    assumeTrue(survives());
    knowledge.record(
        T, 7, List.of(revision(T, "door", 7, START, "red"), revision(T, "wall", 7, START, "grey")));
    knowledge.record(T, 8, List.of(end(T, "wall", 7, 8, START.plusSeconds(1))));
    var before = export(knowledge, T);
    knowledge.close();
    knowledge = open(folder, clock);
    assertThat(knowledge.recorded(T)).isEqualTo(8);
    assertThat(export(knowledge, T)).isEqualTo(before);
    assertThat(colours(T, Optional.empty())).containsExactly("red");
    assertThat(colours(T, Optional.of(START))).containsExactly("grey", "red");
  }
}
