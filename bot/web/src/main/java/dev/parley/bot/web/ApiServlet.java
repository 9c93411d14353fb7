package dev.parley.bot.web;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page's own interface: JSON in, JSON out. What people do goes to the surface; what they look
 * at comes from the board and the {@link Views}.
 */
final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MOST_BYTES = 256 * 1024;
  private final transient WebSurface surface;
  private final transient Views views;
  private final transient List<Fields> people;

  ApiServlet(WebSurface surface, Views views, List<Fields> people) {
    this.surface = surface;
    this.views = views;
    this.people = people;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = path(request);
    String[] parts = path.split("/", -1);
    try {
      switch (parts[0]) {
        case "session" -> json(response, views.session(people));
        case "threads" -> json(response, parts.length > 1 ? thread(parts[1]) : views.threads(surface.board()));
        case "plans" -> json(response, parts.length > 1 ? views.plan(parts[1]) : views.plans());
        case "runs" -> json(response, views.runs());
        case "audit" -> json(response, views.audit(number(request, "after"), 200));
        case "audit-check" -> json(response, views.auditCheck());
        case "map" -> json(response, views.map(Optional.ofNullable(request.getParameter("asOf"))));
        case "questions" -> json(response, views.questions());
        case "receipts" -> file(response, views.receipt(parts.length > 1 ? parts[1] : ""), parts[parts.length - 1] + ".json");
        case "key" -> file(response, views.publicKey(), "parley-key.json");
        case "files" -> posted(response, parts);
        default -> problem(response, 404, new Problem("/api/" + path, "no such thing", "the page has no such view", ""));
      }
    } catch (IllegalArgumentException e) {
      problem(response, 404, new Problem("/api/" + path, "not found", String.valueOf(e.getMessage()), "reload the page"));
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = path(request);
    try {
      Fields body = body(request);
      String person = person(body);
      Optional<String> delivery = body.text("delivery");
      switch (path) {
        case "say" -> {
          Posting said = surface.say(person, body.text("thread"), need(body, "text"), delivery);
          json(response, PageJson.posting(said));
        }
        case "press" -> {
          surface.press(person, id(body), need(body, "token"), delivery);
          json(response, Fields.EMPTY);
        }
        case "react" -> {
          boolean on = !body.get("on").equals(Optional.of(Value.bool(false)));
          surface.reactFrom(person, id(body), need(body, "emoji"), on, delivery);
          json(response, Fields.EMPTY);
        }
        case "submit" -> {
          surface.submit(person, need(body, "thread"), need(body, "token"), texts(body.fieldsAt("fields")), delivery);
          json(response, Fields.EMPTY);
        }
        default -> problem(response, 404, new Problem("/api/" + path, "no such act", "the page has no such act", ""));
      }
    } catch (Invalid e) {
      problem(response, 400, e.problems().getFirst());
    } catch (IllegalArgumentException e) {
      problem(response, 400, new Problem("/api/" + path, "not taken", String.valueOf(e.getMessage()), "reload the page and try again"));
    }
  }

  private Fields thread(String id) {
    var postings = surface.board().thread(id).stream().<Value>map(PageJson::posting).toList();
    return Fields.of("id", Value.text(id)).with("postings", new Value.Items(postings));
  }

  private String person(Fields body) {
    String as = need(body, "as");
    boolean known = people.stream().anyMatch(person -> person.text("id").equals(Optional.of(as)));
    if (!known) {
      throw new IllegalArgumentException("the page knows nobody called '" + as + "'");
    }
    return as;
  }

  private static Fields body(HttpServletRequest request) throws IOException {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    if (!type.startsWith("application/json")) {
      throw new Invalid(new Problem("Content-Type", type, "JSON is expected", "send application/json"));
    }
    byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new Invalid(new Problem("body", "more than " + MOST_BYTES + " bytes", "that is too long for one message", "say it in fewer words"));
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return Json.parsePlain(text) instanceof Fields fields
          ? fields
          : throwing(new Problem("body", "no object", "an object is expected", "send {...}"));
    } catch (CharacterCodingException e) {
      throw new Invalid(new Problem("body", "bytes that are no UTF-8", "text is UTF-8 here", "send UTF-8"));
    }
  }

  private static Fields throwing(Problem problem) {
    throw new Invalid(problem);
  }

  private static String need(Fields body, String name) {
    return body.text(name)
        .orElseThrow(() -> new Invalid(new Problem("/" + name, "missing", "text is expected", "send it")));
  }

  private static long id(Fields body) {
    String text = need(body, "message");
    if (!text.matches("\\d{1,18}")) {
      throw new Invalid(new Problem("/message", text, "a message's number is expected", "reload the page"));
    }
    return Long.parseLong(text);
  }

  private static Map<String, String> texts(Fields fields) {
    var all = new LinkedHashMap<String, String>();
    fields.fields().keySet().forEach(name -> fields.text(name).ifPresent(text -> all.put(name, text)));
    return all;
  }

  private static long number(HttpServletRequest request, String name) {
    String text = Optional.ofNullable(request.getParameter(name)).orElse("0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String path(HttpServletRequest request) {
    return Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
  }

  private void posted(HttpServletResponse response, String[] parts) throws IOException {
    var file =
        parts.length == 3 && parts[1].matches("\\d{1,18}") && parts[2].matches("\\d{1,4}")
            ? surface
                .board()
                .posting(Long.parseLong(parts[1]))
                .flatMap(Posting::card)
                .flatMap(card -> PageJson.file(card, Integer.parseInt(parts[2])))
            : Optional.<dev.parley.bot.surface.Part.Attachment>empty();
    if (file.isEmpty()) {
      response.sendError(404);
      return;
    }
    boolean picture = file.get().mediaType().startsWith("image/");
    response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.setContentType(picture ? file.get().mediaType() : "application/octet-stream");
    if (!picture) {
      response.setHeader("Content-Disposition", "attachment; filename=\"" + safe(file.get().name()) + "\"");
    }
    response.getOutputStream().write(file.get().bytes());
  }

  private static void file(HttpServletResponse response, String text, String name) throws IOException {
    response.setContentType("application/json");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + safe(name) + "\"");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static void json(HttpServletResponse response, Fields body) throws IOException {
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
  }

  private static void problem(HttpServletResponse response, int status, Problem problem) throws IOException {
    response.setStatus(status);
    json(response, Fields.of("error", Value.text(problem.toString())));
  }
}
