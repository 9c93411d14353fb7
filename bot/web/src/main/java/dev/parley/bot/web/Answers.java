package dev.parley.bot.web;

import dev.parley.bot.surface.Part;
import dev.parley.engine.json.Json;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the page's own interface answers with. */
final class Answers {
  private Answers() {}

  static void json(HttpServletResponse response, Fields body) throws IOException {
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
  }

  static void problem(HttpServletResponse response, int status, Problem problem)
      throws IOException {
    response.setStatus(status);
    json(response, Fields.of("error", Value.text(problem.toString())));
  }

  /** JSON to be saved. */
  static void saved(HttpServletResponse response, String text, String name) throws IOException {
    response.setContentType("application/json");
    response.setHeader("Content-Disposition", "attachment; filename=\"" + safe(name) + "\"");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A card's file: a picture is shown, in a sandbox without script; everything else is saved. */
  static void file(HttpServletResponse response, Part.Attachment file) throws IOException {
    boolean picture = file.mediaType().startsWith("image/");
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    response.setContentType(picture ? file.mediaType() : "application/octet-stream");
    if (!picture) {
      response.setHeader(
          "Content-Disposition", "attachment; filename=\"" + safe(file.name()) + "\"");
    }
    response.getOutputStream().write(file.bytes());
  }

  private static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
