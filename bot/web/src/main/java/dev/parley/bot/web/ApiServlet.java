package dev.parley.bot.web;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The page's own interface: JSON in, JSON out. What people do goes to the surface; what they look
 * at comes from the board and the {@link Views}.
 */
final class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int AUDIT_LINES = 200;
  private final transient WebSurface surface;
  private final transient Views views;
  private final transient Guests people;

  ApiServlet(WebSurface surface, Views views, Guests people) {
    this.surface = surface;
    this.views = views;
    this.people = people;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
    try {
      switch (request.getMethod()) {
        case "GET", "HEAD" -> look(request, response, path);
        case "POST" -> act(request, response, path);
        default -> {
          response.setHeader("Allow", "GET, HEAD, POST");
          Answers.problem(
              response,
              405,
              new Problem(
                  "/api/" + path,
                  request.getMethod(),
                  "the page has no such method",
                  "send GET or POST"));
        }
      }
    } catch (Invalid e) {
      Answers.problem(response, 400, e.problems().getFirst());
    } catch (Missing e) {
      Answers.problem(
          response,
          404,
          new Problem(
              "/api/" + path, "not found", String.valueOf(e.getMessage()), "reload the page"));
    } catch (WebSurface.NotStarted e) {
      Answers.problem(
          response,
          503,
          new Problem(
              "/api/" + path, "not taken", "the bot is not ready yet", "try again in a moment"));
    }
  }

  private void look(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    String[] parts = path.split("/", -1);
    String id = parts.length == 2 ? parts[1] : "";
    switch (parts.length == 2 ? parts[0] + "/" : parts.length == 1 ? path : parts[0] + "/…") {
      case "session" -> Answers.json(response, views.session(people));
      case "threads" -> Answers.json(response, views.threads(surface.board()));
      case "threads/" -> Answers.json(response, thread(id));
      case "plans" -> Answers.json(response, views.plans());
      case "plans/" -> Answers.json(response, views.plan(id));
      case "pictures/" -> Answers.file(response, views.picture(id));
      case "runs" -> Answers.json(response, views.runs());
      case "audit" -> Answers.json(response, views.audit(number(request, "after"), AUDIT_LINES));
      case "audit-check" -> Answers.json(response, views.auditCheck());
      case "map" ->
          Answers.json(response, views.map(Optional.ofNullable(request.getParameter("asOf"))));
      case "questions" -> Answers.json(response, views.questions());
      case "receipts/" -> Answers.saved(response, views.receipt(id), id + ".json");
      case "key" -> Answers.saved(response, views.publicKey(), "parley-key.json");
      case "files/…" -> Answers.file(response, file(parts));
      default -> throw new Missing("the page has no such view");
    }
  }

  private void act(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException {
    switch (path) {
      case "say" -> {
        var told = told(request);
        Posting said =
            surface.say(
                told.person(), told.optional("thread"), told.words("text"), told.delivery());
        Answers.json(response, PageJson.posting(said));
      }
      case "press" -> {
        var told = told(request);
        if (told.optional("message").isPresent()) {
          surface.press(told.person(), told.message(), told.need("token"), told.delivery());
        } else {
          surface.pressWhispered(
              told.person(), told.need("thread"), told.need("token"), told.delivery());
        }
        Answers.json(response, Fields.EMPTY);
      }
      case "react" -> {
        var told = told(request);
        surface.reactFrom(told.person(), told.message(), told.emoji(), told.on(), told.delivery());
        Answers.json(response, Fields.EMPTY);
      }
      case "submit" -> {
        var told = told(request);
        surface.submit(
            told.person(), told.need("thread"), told.need("token"), told.fields(), told.delivery());
        Answers.json(response, Fields.EMPTY);
      }
      default -> throw new Missing("the page has no such act");
    }
  }

  private Told told(HttpServletRequest request) throws IOException {
    var told = Told.read(request);
    if (!people.knows(told.person())) {
      throw new Invalid(people.unknown(told.person()));
    }
    return told;
  }

  private Fields thread(String id) {
    var postings = surface.board().thread(id).stream().<Value>map(PageJson::posting).toList();
    if (postings.isEmpty()) {
      throw new Missing("there is no thread " + id);
    }
    return Fields.of("id", Value.text(id)).with("postings", new Value.Items(postings));
  }

  private Part.Attachment file(String[] parts) {
    boolean numbers =
        parts.length == 3 && parts[1].matches("\\d{1,18}") && parts[2].matches("\\d{1,4}");
    return (numbers ? surface.board().card(Long.parseLong(parts[1])) : Optional.<Card>empty())
        .flatMap(card -> PageJson.file(card, Integer.parseInt(parts[2])))
        .orElseThrow(() -> new Missing("there is no such file"));
  }

  private static long number(HttpServletRequest request, String name) {
    String text = Optional.ofNullable(request.getParameter(name)).orElse("0");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
