package dev.parley.bot.web;

import dev.parley.engine.json.Json;
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

  EventsServlet(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    String person = Optional.ofNullable(request.getParameter("as")).orElse("");
    try (var listener = listeners.listen(person, lastSeen(request))) {
      write(response, "retry: 1000\n\n");
      while (listener.isOpen()) {
        Optional<Listeners.Told> next = listener.next();
        if (next.isPresent()) {
          Listeners.Told told = next.get();
          write(
              response,
              "id: " + told.number() + "\nevent: " + told.kind() + "\ndata: " + Json.write(told.body()) + "\n\n");
        } else {
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

  private static long lastSeen(HttpServletRequest request) {
    String header = request.getHeader("Last-Event-ID");
    return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
  }
}
