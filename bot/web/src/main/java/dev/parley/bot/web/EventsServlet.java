package dev.parley.bot.web;

import dev.parley.engine.json.Json;
import dev.parley.value.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events: {@code GET /api/events?as=ann}. Each has an id; a page that comes back with
 * {@code Last-Event-ID} gets what it missed, or {@code hello}, which means: read everything anew.
 */
final class EventsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private final transient Listeners listeners;
  private final transient Guests people;

  EventsServlet(Listeners listeners, Guests people) {
    this.listeners = listeners;
    this.people = people;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      response.setHeader("Allow", "GET");
      Answers.problem(
          response,
          405,
          new Problem("/api/events", request.getMethod(), "events are only read", "send GET"));
      return;
    }
    String person = Optional.ofNullable(request.getParameter("as")).orElse("");
    if (!people.knows(person)) {
      Answers.problem(response, 400, people.unknown(person));
      return;
    }
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    try (var listener =
        listeners.listen(person, Optional.ofNullable(request.getHeader("Last-Event-ID")))) {
      write(response, "retry: 1000\n\n");
      while (listener.isOpen()) {
        Optional<Listeners.Told> next = listener.next();
        if (next.isPresent()) {
          Listeners.Told told = next.get();
          write(
              response,
              "id: "
                  + listeners.id(told)
                  + "\nevent: "
                  + told.kind()
                  + "\ndata: "
                  + Json.write(told.body())
                  + "\n\n");
        } else if (listener.isOpen()) {
          write(response, ": still here\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
