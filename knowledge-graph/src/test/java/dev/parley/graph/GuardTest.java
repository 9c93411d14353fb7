package dev.parley.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge.Refused;
import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {
  private static final TdbKnowledge GRAPH = TdbKnowledge.inMemory(Clock.systemUTC());
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  private static HttpServer server;

  @BeforeAll
  static void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          REQUESTS.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    Iri graph = new Iri("urn:example:g");
    GRAPH.record(
        "acme",
        1,
        List.of(
            new Triples(
                graph,
                List.of(
                    new Triple(
                        new Iri("urn:example:s"),
                        new Iri("urn:example:p"),
                        new Term.Text("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"))))));
  }

  @AfterAll
  static void nothingWasLoadedOrCalled() {
    server.stop(0);
    GRAPH.close();
    assertThat(System.getProperty("dev.parley.graph.trapped"))
        .as("a class named by a query was loaded")
        .isNull();
    assertThat(REQUESTS).as("requests that a query made").hasValue(0);
  }

  record Attack(String expected, String query) {
    @Override
    public String toString() {
      return query;
    }
  }

  static List<Attack> attacks() throws IOException {
    var attacks = new ArrayList<Attack>();
    try (var in = GuardTest.class.getResourceAsStream("attacks.txt")) {
      String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line :
          file.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
        String[] parts = line.split(" \\| ", 2);
        attacks.add(new Attack(parts[0], parts[1]));
      }
    }
    assertThat(attacks).hasSizeGreaterThan(80);
    return attacks;
  }

  private static void ask(String query) {
    GRAPH.ask(
        "acme",
        new Ask.Sparql(
            query.replace("PORT", Integer.toString(server.getAddress().getPort())),
            Optional.empty()));
  }

  private static void judge(Attack attack, String query) {
    if (attack.expected().equals("ok")) {
      assertThatCode(() -> ask(query)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ask(query))
          .isInstanceOf(Refused.class)
          .satisfies(
              e ->
                  assertThat(((Refused) e).why())
                      .isIn(Refused.Why.FORBIDDEN, Refused.Why.MALFORMED))
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("null"));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void an_attack_is_refused_for_what_it_is_and_a_harmless_query_is_not(Attack attack) {
    judge(attack, attack.query());
    if (!attack.expected().equals("ok")) {
      assertThatThrownBy(() -> ask(attack.query()))
          .message()
          .containsIgnoringCase(attack.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void comments_and_line_breaks_hide_nothing(Attack attack) {
    if (!attack.query().contains("\"") && !attack.query().contains("#")) {
      judge(attack, attack.query().replace(" ", " # <urn:x> {\n"));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void a_sub_select_hides_nothing(Attack attack) {
    if (attack.query().startsWith("SELECT * {") && attack.query().endsWith("}")) {
      judge(attack, "SELECT * { { { " + attack.query() + " } } }");
      judge(attack, "ASK { FILTER NOT EXISTS { { " + attack.query() + " } } }");
    }
  }

  @Test
  void without_the_guard_the_class_would_be_loaded() {
    var empty = org.apache.jena.sparql.core.DatasetGraphFactory.create();
    try (var running =
        org.apache.jena.sparql.exec.QueryExec.dataset(empty)
            .query("ASK { FILTER(<java:dev.parley.graph.Control>(1)) }")
            .build()) {
      assertThat(running.ask()).isTrue();
    }
    assertThat(System.getProperty("dev.parley.graph.control")).isEqualTo("true");
  }

  @Test
  void a_query_that_is_too_long_is_not_even_parsed() {
    assertThatThrownBy(() -> ask("SELECT * { ?s ?p ?o } #" + "x".repeat(20_000)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("16384");
  }

  @Test
  void depth_overflows_nothing() {
    assertThatCode(() -> ask("SELECT (1" + "+1".repeat(8_000) + " AS ?x) {}"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> ask("SELECT * " + "{".repeat(16_000)))
        .isInstanceOf(Refused.class)
        .message()
        .isNotBlank()
        .doesNotContain("null");
    assertThatCode(() -> ask("SELECT * " + "{".repeat(2_000) + " ?s ?p ?o " + "}".repeat(2_000)))
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(Refused.class));
  }

  @Test
  void a_mistake_is_told_with_its_line_and_column() {
    assertThatThrownBy(() -> ask("SELECT *\nWHERE { ?s ?p }"))
        .hasMessageContaining("Line 2, column");
  }
}
