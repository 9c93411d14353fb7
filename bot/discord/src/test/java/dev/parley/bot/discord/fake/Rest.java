package dev.parley.bot.discord.fake;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Discord's REST interface: tokens, pace and faults first, then what was asked for. */
final class Rest {
  private static final String API = "/api/v10/";
  private static final Pattern AFTER = Pattern.compile("after=([0-9]+)");

  /** Refusals that a bot may well run into while it does everything right. */
  private static final Set<Integer> EXPECTED =
      Set.of(0, 10003, 10007, 10008, 20028, 50001, 50007, 50013, 50027, 50083, 160004, 160005);

  private final World world;
  private final Shapes shapes;
  private final Messages messages;
  private final Interactions interactions;
  private final FakeGateway gateway;
  private final HttpServer server;
  private final Deque<Fault> faults = new ArrayDeque<>();

  /** What a call meets instead of an answer; status 0 loses the answer. */
  private record Fault(String path, int status) {}

  /** An answer as it goes out. */
  private record Answer(int status, String written, Optional<Limits.Standing> standing) {}

  Rest(World world, Shapes shapes, Messages messages, FakeGateway gateway) {
    this.world = world;
    this.shapes = shapes;
    this.gateway = gateway;
    this.messages = messages;
    this.interactions = new Interactions(world, shapes);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
  }

  void stop() {
    server.stop(0);
  }

  void fault(String path, int status, int times) {
    synchronized (world) {
      for (int i = 0; i < times; i++) {
        faults.add(new Fault(path, status));
      }
    }
  }

  void mend() {
    synchronized (world) {
      faults.clear();
    }
  }

  private void serve(HttpExchange http) throws IOException {
    byte[] body = http.getRequestBody().readAllBytes();
    Optional<Answer> answer;
    synchronized (world) {
      world.asked();
      answer = answer(http, body);
      answer.ifPresent(given -> world.answered(given.status()));
    }
    if (answer.isPresent()) {
      send(http, answer.get());
    }
    http.close();
  }

  /** Empty if the answer is lost on its way. */
  private Optional<Answer> answer(HttpExchange http, byte[] body) {
    String path = http.getRequestURI().getRawPath();
    Optional<Fault> fault = Optional.ofNullable(faults.peek());
    boolean faulty = fault.filter(one -> path.contains(one.path())).isPresent();
    Optional<Limits.Standing> standing = Optional.empty();
    try {
      if (faulty) {
        faults.remove();
        int status = fault.orElseThrow().status();
        if (status != 0) {
          throw new Refusal(status, 0, "out of order");
        }
      }
      String[] at = allowed(http, path);
      String method = http.getRequestMethod();
      standing = world.limits.count(Limits.Kind.of(method, at), at.length > 1 ? at[1] : "");
      if (standing.filter(Limits.Standing::slowed).isPresent()) {
        throw new Refusal(429, 0, "You are being rate limited.");
      }
      String type = String.valueOf(http.getRequestHeaders().getFirst("Content-Type"));
      Multipart parts = Multipart.of(type, body);
      Value json = parts.json().isBlank() ? new Value.Null() : Json.parsePlain(parts.json());
      Value result =
          method.equals("GET")
              ? got(at, http.getRequestURI())
              : route(method, at, json, List.copyOf(parts.files().keySet()));
      world.ledger.note(method, at, json);
      if (faulty) {
        return Optional.empty();
      }
      String written = result instanceof Value.Null ? "" : Json.write(result);
      return Optional.of(new Answer(written.isEmpty() ? 204 : 200, written, standing));
    } catch (Refusal e) {
      if (e.status < 500 && !EXPECTED.contains(e.code)) {
        world.wrong(http.getRequestMethod() + " " + path + ": " + e.getMessage());
      }
      return Optional.of(new Answer(e.status, refusal(e, standing), standing));
    } catch (RuntimeException e) {
      world.wrong("the stand-in broke: " + e);
      return Optional.of(
          new Answer(500, "{\"code\": 0, \"message\": \"the stand-in broke\"}", standing));
    }
  }

  private String[] allowed(HttpExchange http, String path) {
    if (!path.startsWith(API)) {
      throw new Refusal(404, 0, "404: Not Found");
    }
    String[] at = path.substring(API.length()).split("/");
    boolean byToken = at[0].equals("interactions") || at[0].equals("webhooks");
    String token = String.valueOf(http.getRequestHeaders().getFirst("Authorization"));
    if (!byToken && !token.equals("Bot " + world.token)) {
      throw new Refusal(401, 0, "401: Unauthorized");
    }
    return at;
  }

  private static String refusal(Refusal e, Optional<Limits.Standing> standing) {
    Fields all = Obj.of("code", e.code, "message", e.getMessage());
    if (e.status == 429) {
      Duration wait = standing.map(Limits.Standing::pause).orElse(Duration.ofMillis(250));
      all =
          all.with("retry_after", new Value.Num(seconds(wait)))
              .with("global", Obj.value(standing.filter(Limits.Standing::global).isPresent()));
    }
    return Json.write(all);
  }

  private static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(Math.max(1, time.toMillis()), 3);
  }

  private static void send(HttpExchange http, Answer answer) throws IOException {
    Headers headers = http.getResponseHeaders();
    headers.add("via", "1.1 google");
    answer.standing().ifPresent(standing -> limits(headers, standing));
    if (answer.status() == 429) {
      Duration wait = answer.standing().map(Limits.Standing::pause).orElse(Duration.ofSeconds(1));
      headers.add("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
    byte[] bytes = answer.written().getBytes(StandardCharsets.UTF_8);
    if (answer.status() != 204) {
      headers.add("Content-Type", "application/json");
    }
    http.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      http.getResponseBody().write(bytes);
    }
  }

  private static void limits(Headers headers, Limits.Standing standing) {
    if (standing.global()) {
      headers.add("X-RateLimit-Global", "true");
      headers.add("X-RateLimit-Scope", "global");
      return;
    }
    Duration resets = standing.resets();
    BigDecimal at = BigDecimal.valueOf(System.currentTimeMillis() + resets.toMillis(), 3);
    headers.add("X-RateLimit-Bucket", "b-" + standing.kind());
    headers.add("X-RateLimit-Limit", Integer.toString(standing.most()));
    headers.add("X-RateLimit-Remaining", Integer.toString(standing.left()));
    headers.add("X-RateLimit-Reset", at.toPlainString());
    headers.add("X-RateLimit-Reset-After", seconds(resets).toPlainString());
    if (standing.slowed()) {
      headers.add("X-RateLimit-Scope", "user");
    }
  }

  private Value route(String method, String[] at, Value json, List<String> files) {
    Fields body = json instanceof Fields fields ? fields : Fields.EMPTY;
    String call = method + " " + at[0];
    return switch (call) {
      case "PUT applications" -> registered((Value.Items) json);
      case "POST users" -> shapes.room(recipient(id(body, "recipient_id")));
      case "POST interactions" -> interactions.answered(at[1], at[2], body, files);
      case "POST webhooks" -> interactions.followed(at[2], body, files);
      case "PATCH webhooks" -> interactions.original(at[2], body, files);
      case "DELETE webhooks" -> interactions.taken(at[2]);
      case "POST channels" ->
          at.length == 5
              ? messages.threaded(at[1], at[3], body)
              : messages.posted(at[1], body, files);
      case "PATCH channels" ->
          at.length == 4
              ? messages.edited(at[1], at[3], body, files)
              : messages.woken(at[1], Obj.flag(body, "archived"));
      case "PUT channels" -> messages.reacted(at);
      default -> throw nothing(call);
    };
  }

  private Value got(String[] at, URI asked) {
    return switch (at[0]) {
      case "users" -> Shapes.user(world.people.get(FakeDiscord.SELF));
      case "gateway" -> gateway();
      case "guilds" -> at[2].equals("threads") ? active() : member(at[at.length - 1]);
      case "channels" -> messages.got(at, after(asked));
      default -> throw nothing("GET " + at[0]);
    };
  }

  private Refusal nothing(String call) {
    world.wrong("there is no call " + call);
    return new Refusal(404, 0, "404: Not Found");
  }

  private static long after(URI asked) {
    var after = AFTER.matcher(String.valueOf(asked.getQuery()));
    return after.find() ? Long.parseLong(after.group(1)) : 0;
  }

  private Value active() {
    Value open = shapes.rooms(room -> room.thread() && !room.archived());
    return Obj.of("threads", open, "members", List.of());
  }

  private Value member(String person) {
    Account account = world.people.get(person);
    if (account == null || world.left.contains(person) || !world.member) {
      throw new Refusal(404, 10007, "Unknown Member");
    }
    return shapes.sent(account);
  }

  private Value gateway() {
    Fields limit = Obj.of("total", 1000, "remaining", 999, "reset_after", 1, "max_concurrency", 1);
    return Obj.of("url", gateway.uri().toString(), "shards", 1, "session_start_limit", limit);
  }

  private Value registered(Value.Items all) {
    world.commands.clear();
    all.items().forEach(one -> world.commands.add(((Fields) one).text("name").orElse("")));
    return Obj.value(List.of());
  }

  /** An id may be written as text or as a number. */
  private static String id(Fields body, String name) {
    return body.get(name)
        .map(
            value ->
                value instanceof Value.Num(var number)
                    ? number.toPlainString()
                    : body.text(name).orElse(""))
        .orElse("");
  }

  private Room recipient(String person) {
    if (!world.people.containsKey(person)) {
      throw new Refusal(400, 50033, "Invalid Recipient(s)");
    }
    return messages.direct(person);
  }
}
