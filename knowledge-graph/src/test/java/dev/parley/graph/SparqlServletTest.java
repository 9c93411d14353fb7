package dev.parley.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.knowledge.Term;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.knowledge.Triples.Triple;
import dev.parley.knowledge.Vocabulary;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.exec.http.QueryExecHTTP;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparqlServletTest {
  private static final String SELECT = "SELECT ?s ?o { ?s <urn:example:p> ?o } ORDER BY ?o";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TdbKnowledge graph;
  private static Server server;
  private static URI endpoint;

  @BeforeAll
  static void start() throws Exception {
    graph =
        TdbKnowledge.inMemory(
            Clock.systemUTC(),
            new Limits(16_384, 50, 100_000, Duration.ofMillis(500), 1, 1, Duration.ofMillis(50)));
    Iri page = new Iri("urn:example:page");
    Iri gone = new Iri("urn:example:gone");
    Iri p = new Iri("urn:example:p");
    graph.record(
        "acme",
        1,
        List.of(
            new Triples(
                page,
                List.of(
                    new Triple(new Iri("urn:example:s1"), p, new Term.Text("ünï, \"one\"")),
                    new Triple(new Iri("urn:example:s2"), p, new Term.Text("two")))),
            new Triples(
                gone,
                List.of(
                    new Triple(gone, Vocabulary.own("recordedAt"), new Term.Time(THEN)),
                    new Triple(new Iri("urn:example:s3"), p, new Term.Text("past")))),
            new Triples(
                new Iri("urn:example:end"),
                List.of(
                    new Triple(
                        gone,
                        new Iri(Vocabulary.PROV + "invalidatedAtTime"),
                        new Term.Time(THEN.plusSeconds(60)))))));
    var many = new ArrayList<Triple>();
    for (int i = 0; i < 2_000; i++) {
      many.add(
          new Triple(
              new Iri("urn:example:m" + i),
              new Iri("urn:example:q"),
              new Iri("urn:example:m" + (i * 7 % 2_000))));
    }
    graph.record("acme", 2, List.of(new Triples(new Iri("urn:example:many"), many)));
    server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(
            new SparqlServlet(
                graph,
                request ->
                    Optional.ofNullable(request.getHeader("X-Tenant"))
                        .or(() -> Optional.of("acme"))
                        .filter(tenant -> !tenant.equals("nobody")))),
        "/sparql");
    server.setHandler(context);
    server.start();
    endpoint = server.getURI().resolve("/sparql");
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
    graph.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder get(String parameters) {
    return HttpRequest.newBuilder(
        URI.create(endpoint + (parameters.isEmpty() ? "" : "?" + parameters)));
  }

  private static HttpRequest.Builder query(String query) {
    return get("query=" + encoded(query));
  }

  private static HttpRequest.Builder post(String type, String body) {
    var builder = HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(body));
    return type.isEmpty() ? builder : builder.header("Content-Type", type);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").split(";")[0];
  }

  @Test
  void a_query_comes_by_get_by_form_and_as_it_is() throws Exception {
    for (var request :
        List.of(
            query(SELECT),
            post(FORM, "query=" + encoded(SELECT)),
            post("application/sparql-query", SELECT),
            post("application/sparql-query; charset=utf-8", SELECT))) {
      var response = send(request);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(type(response)).isEqualTo("application/sparql-results+json");
      assertThat(response.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Accept"));
      assertThat(response.headers().firstValue("Parley-Complete")).contains("true");
      assertThat(response.body()).contains("two").contains("ünï").doesNotContain("past");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT | application/sparql-results+json | application/sparql-results+json",
        "SELECT | application/sparql-results+xml | application/sparql-results+xml",
        "SELECT | text/csv | text/csv",
        "SELECT | text/tab-separated-values | text/tab-separated-values",
        "SELECT | application/json | application/json",
        "SELECT | */* | application/sparql-results+json",
        "SELECT | text/* | text/csv",
        "SELECT | text/html, text/csv;q=0.5, application/sparql-results+xml;q=0.9 |"
            + " application/sparql-results+xml",
        "SELECT | text/html, text/csv;q=0.9, application/sparql-results+xml;q=0.5 | text/csv",
        "ASK | application/sparql-results+xml | application/sparql-results+xml",
        "ASK | text/csv | text/csv",
        "CONSTRUCT | */* | text/turtle",
        "CONSTRUCT | text/turtle | text/turtle",
        "CONSTRUCT | application/n-triples | application/n-triples",
        "CONSTRUCT | application/ld+json | application/ld+json",
        "CONSTRUCT | application/rdf+xml | application/rdf+xml",
        "DESCRIBE | application/n-triples, text/html;q=0.1 | application/n-triples",
      })
  void each_result_comes_in_the_format_that_is_liked_best(
      String kind, String accept, String expected) throws Exception {
    String query =
        switch (kind) {
          case "SELECT" -> SELECT;
          case "ASK" -> "ASK { ?s ?p 'two' }";
          case "CONSTRUCT" -> "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = 'two') }";
          default -> "DESCRIBE <urn:example:s2>";
        };
    var response = send(query(query).header("Accept", accept));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(type(response)).isEqualTo(expected);
    switch (expected) {
      case "text/csv" ->
          assertThat(response.body()).contains(kind.equals("ASK") ? "true" : "urn:example:s2,two");
      case "application/n-triples" ->
          assertThat(response.body()).isEqualTo("<urn:example:s2> <urn:example:p> \"two\" .\n");
      case "text/turtle", "application/rdf+xml", "application/ld+json" -> {
        Graph read = RDFParser.fromString(response.body(), lang(expected)).toGraph();
        assertThat(read.size()).isEqualTo(1);
      }
      default -> assertThat(response.body()).contains(kind.equals("ASK") ? "true" : "two");
    }
  }

  private static Lang lang(String type) {
    return switch (type) {
      case "text/turtle" -> Lang.TURTLE;
      case "application/rdf+xml" -> Lang.RDFXML;
      default -> Lang.JSONLD11;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "406 | GET | query=SELECT+*+%7B%7D | image/png | text/csv",
        "406 | GET | query=CONSTRUCT+WHERE+%7B%3Fs+%3Fp+%3Fo%7D | text/csv | text/turtle",
        "400 | GET | '' | '' | query=",
        "400 | GET | other=1 | '' | query=",
        "400 | GET | query=SELECT+* | '' | Line 1, column",
        "400 | GET | query=ASK%7B%7D&query=ASK%7B%7D | '' | one",
        "400 | GET | query=ASK%7B%7D&as-of=yesterday | '' | instant",
        "400 | GET | query=%zz | '' | percent",
        "400 | GET | query=SELECT+*+%7BSERVICE+%3Chttp%3A%2F%2Fx%3E%7B%7D%7D | '' | SERVICE",
        "400 | GET | query=INSERT+DATA+%7B%7D | '' | update",
        "403 | GET | query=ASK%7B%7D&default-graph-uri=urn%3Ax | '' | GRAPH",
        "403 | GET | query=ASK%7B%7D&named-graph-uri=urn%3Ax | '' | GRAPH",
        "403 | POST application/x-www-form-urlencoded | update=DROP+ALL | '' | update",
        "415 | POST application/sparql-update | DROP ALL | '' | application/sparql-query",
        "415 | POST text/plain | ASK{} | '' | application/sparql-query",
        "400 | POST application/sparql-query | '' | '' | SPARQL",
        "405 | PUT | '' | '' | GET or POST",
        "405 | DELETE | '' | '' | GET or POST",
      })
  void what_can_not_be_answered_has_its_status_and_says_why(
      int status, String how, String what, String accept, String says) throws Exception {
    String[] parts = how.split(" ");
    HttpRequest.Builder request =
        switch (parts[0]) {
          case "POST" -> post(parts[1], what);
          case "PUT" -> HttpRequest.newBuilder(endpoint).PUT(BodyPublishers.ofString("x"));
          case "DELETE" -> HttpRequest.newBuilder(endpoint).DELETE();
          default -> null;
        };
    if (request == null) {
      assertThat(raw(what, accept)).startsWith("HTTP/1.1 " + status).contains(says);
      return;
    }
    var response = send(accept.isEmpty() ? request : request.header("Accept", accept));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(says);
  }

  /** As it is: Java's client refuses to send some of it. */
  private static String raw(String parameters, String accept) throws Exception {
    try (var socket = new java.net.Socket(endpoint.getHost(), endpoint.getPort())) {
      String request =
          "GET /sparql?"
              + parameters
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + (accept.isEmpty() ? "" : "Accept: " + accept + "\r\n")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() throws Exception {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/sparql-query")
            .POST(BodyPublishers.ofByteArray(new byte[] {'A', (byte) 0xff, (byte) 0xfe}));
    assertThat(send(request).statusCode()).isEqualTo(400);
  }

  @Test
  void who_may_not_ask_is_told_so_and_another_tenant_sees_nothing() throws Exception {
    assertThat(send(query(SELECT).header("X-Tenant", "nobody")).statusCode()).isEqualTo(403);
    assertThat(
            send(query(SELECT).header("X-Tenant", "other").header("Accept", "text/csv"))
                .body()
                .strip())
        .isEqualTo("s,o");
  }

  @Test
  void the_past_can_be_asked() throws Exception {
    var response =
        send(get("query=" + encoded(SELECT) + "&as-of=" + encoded("2026-03-01T11:00:30+01:00")));
    assertThat(response.body()).contains("past");
  }

  @Test
  void a_deadline_is_a_503_with_nothing_of_the_answer() throws Exception {
    var response =
        send(
            query("SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i")
                .header("Accept", "text/csv"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).contains("stopped").doesNotContain("urn:example");
  }

  @Test
  void too_many_at_once_is_a_429() throws Exception {
    var all = new ArrayList<java.util.concurrent.CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 6; i++) {
      all.add(
          HTTP.sendAsync(
              query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }").build(),
              BodyHandlers.ofString()));
    }
    var statuses = new ArrayList<Integer>();
    for (var one : all) {
      var response = one.get();
      statuses.add(response.statusCode());
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
    assertThat(statuses).contains(429, 503).allMatch(status -> status == 429 || status == 503);
  }

  @Test
  void an_answer_that_was_cut_says_so() throws Exception {
    var response = send(query("SELECT * { ?s <urn:example:q> ?o }").header("Accept", "text/csv"));
    assertThat(response.headers().firstValue("Parley-Complete")).contains("false");
    assertThat(response.body().lines()).hasSize(51);
    assertThat(
            send(query("CONSTRUCT WHERE { ?s <urn:example:q> ?o }"))
                .headers()
                .firstValue("Parley-Complete"))
        .contains("false");
  }

  @Test
  void without_a_query_the_service_describes_itself() throws Exception {
    var response = send(get("").header("Accept", "text/turtle"));
    assertThat(response.statusCode()).isEqualTo(200);
    Graph read =
        RDFParser.fromString(response.body(), Lang.TURTLE).base(endpoint.toString()).toGraph();
    assertThat(read.size()).isGreaterThan(5);
  }

  @Test
  void jenas_own_client_reads_the_answers() {
    for (String format :
        List.of(
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values")) {
      try (var client =
          QueryExecHTTP.service(endpoint.toString()).query(SELECT).acceptHeader(format).build()) {
        assertThat(client.select().stream().map(row -> row.get("o").getLiteralLexicalForm()))
            .as(format)
            .containsExactly("two", "ünï, \"one\"");
      }
    }
    try (var client =
        QueryExecHTTP.service(endpoint.toString()).query("ASK { ?s ?p 'two' }").build()) {
      assertThat(client.ask()).isTrue();
    }
    try (var client =
        QueryExecHTTP.service(endpoint.toString())
            .query("CONSTRUCT WHERE { ?s <urn:example:p> ?o }")
            .build()) {
      assertThat(client.construct().size()).isEqualTo(2);
    }
  }
}
