package dev.parley.bot.slack.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The Web API over HTTP, uploads and response urls. */
final class ApiServer implements AutoCloseable {
  private static final int RESPONSES = 5;
  private final World world;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final WebMethods methods;
  private final Supplier<String> socket;
  private final Map<String, Trouble> troubles = new HashMap<>();
  private final Map<String, AtomicInteger> calls = new HashMap<>();
  private final Buckets buckets = new Buckets();
  private volatile boolean out;

  /** What goes wrong with the next calls of a method. */
  private record Trouble(Kind kind, String detail, AtomicInteger left) {}

  private enum Kind {
    /** Answers with HTTP 429. */
    SLOW,
    /** Answers with this error. */
    ERROR,
    /** Does it, and breaks the connection before it answers. */
    SILENT,
    /** Breaks the connection, and does nothing. */
    DOWN
  }

  ApiServer(World world, Supplier<String> socket) {
    this.world = world;
    this.socket = socket;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    methods = new WebMethods(world, base());
    server.createContext("/api/", this::api);
    server.createContext("/upload/", this::upload);
    server.createContext("/respond/", this::respond);
    server.setExecutor(threads);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  WebMethods methods() {
    return methods;
  }

  Buckets buckets() {
    return buckets;
  }

  void outage(boolean now) {
    out = now;
  }

  synchronized void slow(String method, int times, int seconds) {
    troubles.put(
        method, new Trouble(Kind.SLOW, Integer.toString(seconds), new AtomicInteger(times)));
  }

  synchronized void error(String method, int times, String error) {
    troubles.put(method, new Trouble(Kind.ERROR, error, new AtomicInteger(times)));
  }

  synchronized void silent(String method, int times) {
    troubles.put(method, new Trouble(Kind.SILENT, "", new AtomicInteger(times)));
  }

  synchronized void down(String method, int times) {
    troubles.put(method, new Trouble(Kind.DOWN, "", new AtomicInteger(times)));
  }

  /** Ends all troubles. */
  synchronized void well() {
    troubles.clear();
  }

  synchronized int calls(String method) {
    return calls.getOrDefault(method, new AtomicInteger()).get();
  }

  private synchronized Optional<Trouble> trouble(String method) {
    calls.computeIfAbsent(method, _ -> new AtomicInteger()).incrementAndGet();
    return Optional.ofNullable(troubles.get(method))
        .filter(trouble -> trouble.left().getAndDecrement() > 0);
  }

  private void api(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestURI().getPath().substring("/api/".length());
    try (exchange) {
      Map<String, String> form =
          form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      String query = exchange.getRequestURI().getRawQuery();
      form.putAll(form(query == null ? "" : query));
      if (out) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      Optional<Trouble> trouble = trouble(method);
      if (trouble.filter(one -> one.kind() == Kind.DOWN).isPresent()) {
        return;
      }
      if (trouble.filter(one -> one.kind() == Kind.SLOW).isPresent()) {
        buckets.refusal(method);
        tooMany(exchange, trouble.get().detail());
        return;
      }
      String team = team(token(exchange, form)).map(FakeTeam::id).orElse("");
      int wait = buckets.wait(team, method, form.getOrDefault("channel", ""));
      if (wait > 0) {
        tooMany(exchange, Integer.toString(wait));
        return;
      }
      Fields answer = answer(exchange, method, form, trouble);
      if (trouble.filter(one -> one.kind() == Kind.SILENT).isPresent()) {
        return;
      }
      send(exchange, 200, answer);
    }
  }

  private Fields answer(
      HttpExchange exchange, String method, Map<String, String> form, Optional<Trouble> trouble) {
    try {
      if (trouble.filter(one -> one.kind() == Kind.ERROR).isPresent()) {
        throw new Refusal(trouble.get().detail());
      }
      String token = token(exchange, form);
      if (method.equals("apps.connections.open")) {
        return open(token);
      }
      FakeTeam team =
          team(token)
              .orElseThrow(() -> new Refusal(token.isEmpty() ? "not_authed" : "invalid_auth"));
      if (team.revoked) {
        throw new Refusal("token_revoked");
      }
      exchange
          .getResponseHeaders()
          .set("X-OAuth-Scopes", String.join(",", team.scopes.stream().sorted().toList()));
      return methods.call(method, team, form);
    } catch (Refusal refusal) {
      return refusal.body();
    }
  }

  private Optional<FakeTeam> team(String botToken) {
    return world.teams.values().stream().filter(one -> one.botToken.equals(botToken)).findFirst();
  }

  private Fields open(String token) {
    Optional<FakeTeam> app =
        world.teams.values().stream().filter(one -> one.appToken.equals(token)).findFirst();
    if (app.isEmpty()) {
      throw new Refusal(token.startsWith("xapp-") ? "invalid_auth" : "not_allowed_token_type");
    }
    if (!app.get().appScopes.contains("connections:write")) {
      throw new Refusal(
          "missing_scope",
          Fields.of("needed", Value.text("connections:write"))
              .with("provided", Value.text(String.join(",", app.get().appScopes))));
    }
    return WebMethods.ok()
        .with("url", Value.text(socket.get() + "/link/?ticket=" + token + "&app_id=A0PARLEY"));
  }

  private static String token(HttpExchange exchange, Map<String, String> form) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && header.startsWith("Bearer ")
        ? header.substring("Bearer ".length())
        : form.getOrDefault("token", "");
  }

  private static Map<String, String> form(String text) {
    var out = new LinkedHashMap<String, String>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        out.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return out;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void tooMany(HttpExchange exchange, String seconds) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", seconds);
    send(
        exchange, 429, Fields.of("ok", Value.bool(false)).with("error", Value.text("ratelimited")));
  }

  private void upload(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring("/upload/".length());
      byte[] bytes =
          file(
              exchange.getRequestBody().readAllBytes(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")));
      synchronized (world) {
        World.Upload upload = world.uploads.get(id);
        if (upload == null || upload.length() != bytes.length) {
          world.fault("an upload of another length than was said: " + bytes.length);
          exchange.sendResponseHeaders(400, -1);
          return;
        }
        world.uploads.put(
            id,
            new World.Upload(
                id, upload.team(), upload.name(), upload.length(), Optional.of(bytes)));
      }
      byte[] ok = ("OK - " + bytes.length).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, ok.length);
      exchange.getResponseBody().write(ok);
    }
  }

  /** The bytes themselves, or those of the only part of a form: Slack takes both. */
  private static byte[] file(byte[] body, Optional<String> type) {
    if (type.filter(one -> one.startsWith("multipart/form-data")).isEmpty()) {
      return body;
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int start = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--", text.lastIndexOf("--") - 1);
    return text.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring("/respond/".length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Fields asked = (Fields) Json.parsePlain(body);
      synchronized (world) {
        World.Respond respond = world.responds.get(id);
        if (respond == null || respond.left() <= 0) {
          send(exchange, 404, Fields.of("ok", Value.bool(false)));
          return;
        }
        Optional<String> wrong = BlockRules.message(asked.itemsAt("blocks"), true);
        wrong.ifPresent(world::fault);
        world.responds.put(id, respond.used());
        var message =
            new FakeMessage(
                respond.team(),
                respond.channel(),
                world.ts(),
                respond.thread(),
                world.teams.get(respond.team()).botUser,
                Optional.of(world.teams.get(respond.team()).botId),
                asked.text("text").orElse(""),
                asked.itemsAt("blocks"),
                Fields.EMPTY,
                List.of(),
                Optional.of(respond.user()));
        world.put(message);
        world.show(World.Kind.WHISPERED, message);
      }
      send(exchange, 200, WebMethods.ok());
    }
  }

  /** A new response url. */
  String respond(String team, String channel, Optional<String> thread, String user) {
    synchronized (world) {
      String id = world.id("R");
      world.responds.put(id, new World.Respond(team, channel, thread, user, RESPONSES));
      return base() + "/respond/" + id;
    }
  }

  private static void send(HttpExchange exchange, int code, Fields body) throws IOException {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
