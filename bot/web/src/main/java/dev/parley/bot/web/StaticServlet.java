package dev.parley.bot.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The page's own files: three of them. */
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
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String name = FILES.get(request.getRequestURI());
    if (name == null) {
      response.sendError(404);
      return;
    }
    try (var in = StaticServlet.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        response.sendError(404);
        return;
      }
      response.setContentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
      response.setHeader("Cache-Control", "no-cache");
      in.transferTo(response.getOutputStream());
    }
  }
}
