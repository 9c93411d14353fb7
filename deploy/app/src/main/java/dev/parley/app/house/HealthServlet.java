package dev.parley.app.house;

import dev.parley.engine.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How the installation is, as probes ask it: {@code /livez} answers 200 while the process serves at
 * all; {@code /healthz} answers 503 when nothing can be decided or kept, and says in JSON which
 * part is not well. A cloud or a chat that is away is no reason to restart Parley, so it answers
 * 200 then, with the state {@code degraded}.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private final transient Health health;
  private final boolean details;

  /**
   * Over an installation's health.
   *
   * @param details whether causes and remedies are told, which name accounts and addresses
   */
  HealthServlet(Health health, boolean details) {
    this.health = health;
    this.details = details;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (request.getRequestURI().equals("/livez")) {
      send(response, 200, "text/plain;charset=utf-8", "alive\n");
      return;
    }
    Health.Report report = health.report();
    int status = report.state() == Health.State.FAILED ? 503 : 200;
    send(response, status, "application/json", Json.write(report.body(details)) + "\n");
  }

  private static void send(HttpServletResponse response, int status, String type, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
