package dev.parley.graph;

import dev.parley.knowledge.Knowledge.Refused;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The SPARQL 1.1 protocol, for asking only. Beyond it one parameter of our own: {@code as-of}, an
 * instant, for the picture as it was. Whether the answer was cut stands in the header {@code
 * Parley-Complete}.
 */
public final class SparqlServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int BODY = 1 << 20;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String QUERY = "application/sparql-query";

  private final transient TdbKnowledge knowledge;
  private final transient Function<HttpServletRequest, Optional<String>> tenantOf;

  /**
   * Over a graph.
   *
   * @param tenantOf whose graph a request may ask; empty means it may ask none
   */
  public SparqlServlet(
      TdbKnowledge knowledge, Function<HttpServletRequest, Optional<String>> tenantOf) {
    this.knowledge = knowledge;
    this.tenantOf = tenantOf;
  }

  /** A request that gets no answer but a status and one line. */
  private static final class Answerless extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Answerless(int status, String line) {
      super(line, null, false, false);
      this.status = status;
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(
        request,
        response,
        () -> parameters(Optional.ofNullable(request.getQueryString()).orElse("")));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(request, response, () -> posted(request));
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    only(response);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    only(response);
  }

  private static void only(HttpServletResponse response) throws IOException {
    response.setHeader("Allow", "GET, HEAD, POST, OPTIONS");
    line(response, 405, "The graph can only be asked: GET or POST a query.");
  }

  /** Reads a request's parameters. */
  private interface Reading {
    Map<String, List<String>> read() throws Answerless, IOException;
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Reading reading)
      throws IOException {
    try {
      String tenant =
          tenantOf
              .apply(request)
              .orElseThrow(
                  () ->
                      new Answerless(403, "You may not ask this graph. Sign in, or ask an admin."));
      answer(tenant, request, response, reading.read());
    } catch (Answerless e) {
      line(response, e.status, String.valueOf(e.getMessage()));
    } catch (NotAcceptable e) {
      line(response, 406, String.valueOf(e.getMessage()));
    } catch (Refused e) {
      refuse(response, e);
    }
  }

  private void answer(
      String tenant,
      HttpServletRequest request,
      HttpServletResponse response,
      Map<String, List<String>> parameters)
      throws Answerless, IOException {
    if (parameters.containsKey("update")) {
      throw new Answerless(
          403, "The graph takes no updates; it is written from the journal. Send query=…");
    }
    if (parameters.containsKey("default-graph-uri") || parameters.containsKey("named-graph-uri")) {
      throw new Answerless(
          403,
          "Which graphs are visible is decided here. Leave the parameter out; use GRAPH <…> { … }");
    }
    String accept = accept(request);
    List<String> queries = parameters.getOrDefault("query", List.of());
    if (queries.isEmpty() && request.getMethod().equals("GET") && accept.contains("text/turtle")) {
      description(response);
      return;
    }
    if (queries.size() != 1) {
      throw new Answerless(
          400,
          queries.isEmpty() ? "No query. Send query=SELECT …" : "More than one query. Send one.");
    }
    Written written =
        knowledge.write(
            tenant,
            queries.getFirst(),
            asOf(parameters),
            kind ->
                Formats.best(kind, accept)
                    .orElseThrow(
                        () ->
                            new NotAcceptable(
                                "None of "
                                    + accept
                                    + " can be had. There are: "
                                    + Formats.list(kind))));
    response.setStatus(200);
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Parley-Complete", Boolean.toString(written.complete()));
    response.setContentType(
        written.format().mediaType()
            + (written.format().mediaType().startsWith("text/") ? ";charset=utf-8" : ""));
    response.setContentLength(written.bytes().length);
    response.getOutputStream().write(written.bytes());
  }

  private static Optional<Instant> asOf(Map<String, List<String>> parameters) throws Answerless {
    List<String> given = parameters.getOrDefault("as-of", List.of());
    if (given.size() > 1) {
      throw new Answerless(400, "More than one as-of. Send one.");
    }
    try {
      return given.stream().findFirst().map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new Answerless(
          400, "as-of is no instant: " + given.getFirst() + ". Write it as 2026-11-20T14:00:00Z");
    }
  }

  private static Map<String, List<String>> posted(HttpServletRequest request)
      throws Answerless, IOException {
    String type =
        Optional.ofNullable(request.getContentType())
            .orElse("")
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT);
    if (!type.equals(FORM) && !type.equals(QUERY)) {
      throw new Answerless(
          415,
          "A body of type "
              + (type.isEmpty() ? "(none)" : type)
              + " is not read here. Send "
              + QUERY
              + " or "
              + FORM
              + ".");
    }
    byte[] body = request.getInputStream().readNBytes(BODY + 1);
    if (body.length > BODY) {
      throw new Answerless(
          413, "The body is larger than " + (BODY >> 10) + " KB. Send a shorter query.");
    }
    String text = utf8(body);
    Map<String, List<String>> parameters =
        parameters(Optional.ofNullable(request.getQueryString()).orElse(""));
    if (type.equals(QUERY)) {
      parameters.computeIfAbsent("query", _ -> new ArrayList<>()).add(text);
    } else {
      parameters(text)
          .forEach(
              (name, values) ->
                  parameters.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values));
    }
    return parameters;
  }

  private static String utf8(byte[] bytes) throws Answerless {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Answerless(400, "The body is not UTF-8. Send it as UTF-8.");
    }
  }

  private static Map<String, List<String>> parameters(String encoded) throws Answerless {
    var parameters = new HashMap<String, List<String>>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static String decoded(String part) throws Answerless {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Answerless(
          400, "A parameter is not percent-encoded as it should be: " + e.getMessage());
    }
  }

  private static String accept(HttpServletRequest request) {
    var headers = new ArrayList<String>();
    request.getHeaders("Accept").asIterator().forEachRemaining(headers::add);
    return String.join(", ", headers);
  }

  private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
    switch (refused.why()) {
      case MALFORMED, FORBIDDEN -> line(response, 400, message(refused));
      case TOO_LONG -> {
        response.setHeader("Retry-After", "60");
        line(response, 503, message(refused));
      }
      case TOO_MANY -> {
        response.setHeader("Retry-After", "5");
        line(response, 429, message(refused));
      }
      case BROKEN -> line(response, 500, message(refused));
    }
  }

  private static String message(Refused refused) {
    return String.valueOf(refused.getMessage());
  }

  private static void line(HttpServletResponse response, int status, String line)
      throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("text/plain;charset=utf-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static void description(HttpServletResponse response) throws IOException {
    byte[] text =
        """
        @prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
        @prefix formats: <http://www.w3.org/ns/formats/> .

        [] a sd:Service ;
          sd:endpoint <> ;
          sd:supportedLanguage sd:SPARQL11Query ;
          sd:feature sd:UnionDefaultGraph ;
          sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
            formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
        """
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(200);
    response.setHeader("Vary", "Accept");
    response.setContentType("text/turtle;charset=utf-8");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }
}
