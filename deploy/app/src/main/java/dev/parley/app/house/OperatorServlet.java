package dev.parley.app.house;

import dev.parley.app.house.Examination.Finding;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the command line asks a Parley that runs; mounted behind {@link Keyed}. */
final class OperatorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int BODY = 10_000;
  private static final int LINES = 500;
  private final transient Operator operator;

  OperatorServlet(Operator operator) {
    this.operator = operator;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(
        response,
        () ->
            switch (Optional.ofNullable(request.getPathInfo()).orElse("")) {
              case "/audit" ->
                  Optional.of(
                      items(operator.audit(tenant(request), after(request), LINES), Codec::encode));
              case "/audit-check" ->
                  Optional.of(Codec.encode(operator.verifyAudit(tenant(request))));
              case "/doctor" -> Optional.of(items(operator.examine(), OperatorServlet::line));
              default -> Optional.empty();
            });
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(BODY);
    answer(
        response,
        () -> {
          if (!"/links".equals(request.getPathInfo())) {
            return Optional.empty();
          }
          Value asked = Json.parse(new String(body, StandardCharsets.UTF_8));
          return Optional.of(
              Codec.encode(
                  operator.link(tenant(request), text(asked, "code"), text(asked, "user"))));
        });
  }

  /** What a request is answered with; empty means there is no such thing. */
  private interface Answering {
    Optional<Value> answer();
  }

  private static void answer(HttpServletResponse response, Answering answering) throws IOException {
    Optional<Value> body;
    try {
      body = answering.answer();
      response.setStatus(body.isPresent() ? 200 : 404);
    } catch (Invalid e) {
      response.setStatus(400);
      body = Optional.of(items(e.problems(), Codec::encode));
    }
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response
        .getOutputStream()
        .write(Json.write(body.orElse(Fields.EMPTY)).getBytes(StandardCharsets.UTF_8));
  }

  private static <T> Items items(List<T> all, java.util.function.Function<T, Fields> line) {
    return new Items(all.stream().<Value>map(line).toList());
  }

  private static Fields line(Finding finding) {
    return Codec.encode(finding);
  }

  private static String tenant(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(Keyed.TENANT)).orElse("");
  }

  private static long after(HttpServletRequest request) {
    String after = Optional.ofNullable(request.getParameter("after")).orElse("0");
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw new Invalid(new Problem("after", after, "it is no number", "write 0 or more"));
    }
  }

  private static String text(Value asked, String field) {
    return asked instanceof Fields fields ? fields.text(field).orElse("") : "";
  }
}
