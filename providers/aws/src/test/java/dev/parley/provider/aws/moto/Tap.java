package dev.parley.provider.aws.moto;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Json;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract.Wire;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Between Parley and moto: writes down what is asked, and lets misfortunes happen that moto knows
 * not. A change set and its execution are one change in two requests; it counts where it is sent.
 */
final class Tap implements AutoCloseable {
  private static final Set<String> CHANGING = Set.of("CreateChangeSet", "DeleteStack");
  private static final Set<String> DROPPED =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");
  private static final int SLOW = 4;

  private final URI moto;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Wire> seen = new CopyOnWriteArrayList<>();
  private final List<Struck> waiting = new CopyOnWriteArrayList<>();
  private volatile int slow;

  /** A misfortune that waits for a type. */
  private record Struck(Misfortune misfortune, String type) {}

  Tap(URI moto) throws IOException {
    this.moto = moto;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Wire> seen() {
    return List.copyOf(seen);
  }

  void strike(Misfortune misfortune, String type) {
    waiting.add(new Struck(misfortune, type));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
      String action = form.getOrDefault("Action", "");
      seen.add(new Wire(CHANGING.contains(action), properties(form)));
      Optional<Misfortune> now = take(action, form.getOrDefault("TemplateBody", ""));
      if (now.isPresent() && refused(exchange, now.get())) {
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange, body);
      byte[] text = slowed(action, answer.body());
      switch (now.orElse(Misfortune.SLOW)) {
        case DROP_AFTER_SEND -> {}
        case TRUNCATE -> {
          exchange.sendResponseHeaders(answer.statusCode(), text.length);
          exchange.getResponseBody().write(text, 0, text.length / 2);
          exchange.getResponseBody().flush();
        }
        case EMPTY_SUCCESS ->
            send(
                exchange,
                200,
                "<" + action + "Response><" + action + "Result/></" + action + "Response>");
        default -> {
          answer
              .headers()
              .firstValue("content-type")
              .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
          answer
              .headers()
              .firstValue("x-amzn-requestid")
              .ifPresent(id -> exchange.getResponseHeaders().set("x-amzn-requestid", id));
          boolean head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(
              answer.statusCode(), head || text.length == 0 ? -1 : text.length);
          if (!head) {
            exchange.getResponseBody().write(text);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(moto.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!DROPPED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The misfortune that befalls this request. */
  private Optional<Misfortune> take(String action, String template) {
    for (Struck struck : waiting) {
      boolean fits =
          switch (struck.misfortune()) {
            case THROTTLE, DROP_AFTER_SEND, TRUNCATE, EMPTY_SUCCESS, SLOW ->
                action.equals("CreateChangeSet") && template.contains("\"" + struck.type() + "\"");
            case FAIL_OPERATION -> action.equals("ExecuteChangeSet");
            case DENY_LIST -> false;
          };
      if (fits && waiting.remove(struck)) {
        if (struck.misfortune() == Misfortune.SLOW) {
          slow = SLOW;
        }
        return Optional.of(struck.misfortune());
      }
    }
    return Optional.empty();
  }

  private boolean refused(HttpExchange exchange, Misfortune misfortune) throws IOException {
    if (misfortune == Misfortune.THROTTLE) {
      exchange.getResponseHeaders().set("Retry-After", "7");
      send(exchange, 429, error("Throttling", "Rate exceeded"));
      return true;
    }
    if (misfortune == Misfortune.FAIL_OPERATION) {
      send(exchange, 400, error("ValidationError", "the role can't do what the template asks"));
      return true;
    }
    return false;
  }

  private static String error(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error><RequestId>tap-1</RequestId></ErrorResponse>";
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.getResponseHeaders().set("x-amzn-requestid", "tap-1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Moto works at once; for a while its change sets are shown as not ready. */
  private byte[] slowed(String action, byte[] answer) {
    if (slow == 0 || !action.equals("DescribeChangeSet")) {
      return answer;
    }
    slow--;
    return new String(answer, StandardCharsets.UTF_8)
        .replace("<Status>CREATE_COMPLETE</Status>", "<Status>CREATE_IN_PROGRESS</Status>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Fields properties(Map<String, String> form) {
    String template = form.getOrDefault("TemplateBody", "");
    if (!template.startsWith("{")) {
      return Fields.EMPTY;
    }
    return ((Fields) Json.parsePlain(template))
        .fieldsAt("Resources")
        .fieldsAt("Resource")
        .fieldsAt("Properties");
  }

  private static Map<String, String> form(String body) {
    var form = new LinkedHashMap<String, String>();
    if (body.startsWith("Action=") || body.contains("&Action=")) {
      Arrays.stream(body.split("&"))
          .map(pair -> pair.split("=", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
