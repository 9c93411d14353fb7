package dev.parley.bot.web;

import dev.parley.value.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The page's own files, and no others. */
final class StaticServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/index.html", "index.html",
          "/app.js", "app.js",
          "/cards.js", "cards.js",
          "/tabs.js", "tabs.js",
          "/style.css", "style.css",
          "/icon.svg", "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
      response.setHeader("Allow", "GET, HEAD");
      Answers.problem(
          response,
          405,
          new Problem(
              request.getRequestURI(), request.getMethod(), "the page is only read", "send GET"));
      return;
    }
    String name = FILES.get(request.getRequestURI());
    if (name == null) {
      Answers.problem(
          response,
          404,
          new Problem(request.getRequestURI(), "not found", "the page has no such file", "open /"));
      return;
    }
    try (var in =
        Objects.requireNonNull(StaticServlet.class.getResourceAsStream("page/" + name), name)) {
      response.setContentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
      response.setHeader("Cache-Control", "no-cache");
      in.transferTo(response.getOutputStream());
    }
  }
}
