package dev.parley.bot.discord.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A stand-in for Discord: REST and gateway over loopback, as far as a bot with threads, Components
 * V2, reactions, forms and one slash command needs it. Ours, not Discord's: strict about limits,
 * unknown fields, answers that come late or twice, and tokens.
 */
public final class FakeDiscord implements AutoCloseable {
  public static final String TOKEN = "MTA.stand-in.token";
  public static final String SELF = "100000000000000001";
  public static final String GUILD = "200000000000000001";
  public static final String CHANNEL = "300000000000000001";
  private static final long EPOCH = 1_420_070_400_000L;
  private static final String PERMISSIONS = "309237763136";
  private static final String API = "/api/v10/";

  private final HttpServer server;
  private final FakeGateway gateway;
  private final URI gatewayUri;
  private final Map<String, Account> people = new LinkedHashMap<>();
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Map<String, Posted> posts = new LinkedHashMap<>();
  private final Map<String, Exchange> exchanges = new HashMap<>();
  private final Map<String, Deque<Long>> paces = new HashMap<>();
  private final Set<String> wrongs = new LinkedHashSet<>();
  private final List<String> commands = new ArrayList<>();
  private final Set<String> closedToDirect = new LinkedHashSet<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private boolean paced;
  private long last;
  private int requests;

  /** Somebody with an account. */
  record Account(String id, String name, boolean bot, boolean pending) {}

  /** A channel, thread or direct conversation. */
  record Room(String id, int type, String name, String parent, String with, boolean archived) {}

  /** What a REST call meets instead of an answer. */
  private record Fault(String path, int status) {}

  /** A form as somebody sees it. */
  public record Opened(String token, String title, List<String> fields, String channel) {}

  private static final class Exchange {
    final String id;
    final String token;
    final String user;
    final String channel;
    final String message;
    final long began = System.nanoTime();
    int answered;
    String original = "";
    Opened form;

    Exchange(String id, String token, String user, String channel, String message) {
      this.id = id;
      this.token = token;
      this.user = user;
      this.channel = channel;
      this.message = message;
    }
  }

  /** Opens it on free ports of loopback, with a guild of one channel. */
  public FakeDiscord() {
    people.put(SELF, new Account(SELF, "parley", true, false));
    rooms.put(CHANNEL, new Room(CHANNEL, 0, "infra", "", "", false));
    gateway = new FakeGateway(TOKEN, this::ready, () -> List.of(guild()));
    gatewayUri = gateway.begin();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Where its REST interface is, without a version. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
  }

  public URI gateway() {
    return gatewayUri;
  }

  // ---- the world

  /** Somebody new in the guild. */
  public synchronized String person(String name) {
    return person(name, false, false);
  }

  public synchronized String person(String name, boolean bot, boolean pending) {
    return person(next(), name, bot, pending);
  }

  /** The same under a given id. */
  public synchronized String person(String id, String name, boolean bot, boolean pending) {
    people.put(id, new Account(id, name, bot, pending));
    return id;
  }

  public synchronized String channel(String name) {
    String id = next();
    rooms.put(id, new Room(id, 0, name, "", "", false));
    gateway.dispatch("CHANNEL_CREATE", room(rooms.get(id)));
    return id;
  }

  /** Somebody takes no direct messages. */
  public synchronized void closesDirect(String person) {
    closedToDirect.add(person);
  }

  /** Keeps to five messages in five seconds for each channel, as Discord does. */
  public synchronized void pace() {
    paced = true;
  }

  /**
   * The next calls whose path holds this get this status; 0 drops each after it was carried out.
   */
  public synchronized void fault(String path, int status, int times) {
    for (int i = 0; i < times; i++) {
      faults.add(new Fault(path, status));
    }
  }

  /** No more faults. */
  public synchronized void mend() {
    faults.clear();
  }

  public void refuseMessageContent() {
    gateway.refuseMessageContent();
  }

  /** Puts a quiet thread away. */
  public synchronized void archive(String thread) {
    Room was = rooms.get(thread);
    rooms.put(thread, new Room(was.id(), was.type(), was.name(), was.parent(), was.with(), true));
    gateway.dispatch("THREAD_UPDATE", room(rooms.get(thread)));
  }

  public void drop(int code) {
    gateway.drop(code);
  }

  public int resumes() {
    return gateway.resumes();
  }

  public int connects() {
    return gateway.identifies();
  }

  /** Whether every interaction so far has had its first answer. */
  public synchronized boolean quiet() {
    return exchanges.values().stream().allMatch(exchange -> exchange.answered != 0);
  }

  /** Everything that a real Discord would have minded. */
  public synchronized List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  public synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  public synchronized int requests() {
    return requests;
  }

  // ---- what people do

  /** Says something in a channel or thread; gives the message's id. */
  public synchronized String say(String person, String channel, String text) {
    return say(person, channel, text, next());
  }

  /** The same under a given id: a delivery that comes twice. */
  public synchronized String say(String person, String channel, String text, String id) {
    boolean named = text.contains("<@" + SELF + ">");
    boolean readable = named || gateway.readsEverything() || rooms.get(channel).type() == 1;
    Posted posted = new Posted(id, channel, person, "", "", Obj.of("content", text), List.of());
    posts.put(id, posted);
    Fields message = message(posted);
    if (!readable) {
      message = message.with("content", Obj.value(""));
    }
    if (named) {
      message = message.with("mentions", Obj.value(List.of(user(people.get(SELF)))));
    }
    gateway.dispatch("MESSAGE_CREATE", inGuild(message, person, channel));
    return id;
  }

  public synchronized void edit(String message, String text) {
    Posted posted = posts.get(message);
    posted.show(Obj.of("content", text), List.of());
    gateway.dispatch(
        "MESSAGE_UPDATE",
        inGuild(
            message(posted).with("edited_timestamp", Obj.value(Instant.now().toString())),
            posted.author,
            posted.channel));
  }

  public synchronized void delete(String message) {
    Posted posted = posts.get(message);
    posted.gone = true;
    Fields data = Obj.of("id", message, "channel_id", posted.channel);
    gateway.dispatch(
        "MESSAGE_DELETE", direct(posted.channel) ? data : data.with("guild_id", Obj.value(GUILD)));
  }

  /** Opens the direct conversation with the bot. */
  public synchronized String direct(String person, boolean open) {
    return rooms.values().stream()
        .filter(room -> room.type() == 1 && room.with().equals(person))
        .map(Room::id)
        .findFirst()
        .orElseGet(
            () -> {
              String id = next();
              rooms.put(id, new Room(id, 1, "", "", person, false));
              gateway.dispatch("CHANNEL_CREATE", room(rooms.get(id)));
              return id;
            });
  }

  /** Presses a button of a message by its id; gives the delivery's id. */
  public synchronized String press(String person, String message, String customId) {
    return press(person, message, customId, next());
  }

  public synchronized String press(String person, String message, String customId, String id) {
    Posted posted = posts.get(message);
    var exchange = new Exchange(id, "token-" + id + "-" + next(), person, posted.channel, message);
    exchanges.put(exchange.token, exchange);
    gateway.dispatch(
        "INTERACTION_CREATE",
        interaction(exchange, 3)
            .with("data", Obj.of("component_type", 2, "custom_id", customId, "id", 1))
            .with("message", message(posted)));
    return id;
  }

  /** Sends a form. */
  public synchronized void submit(String person, Opened form, Map<String, String> answers) {
    String id = next();
    var exchange = new Exchange(id, "token-" + id, person, form.channel(), "");
    exchanges.put(exchange.token, exchange);
    List<Fields> parts =
        form.fields().stream()
            .map(
                name ->
                    Obj.of(
                        "type",
                        18,
                        "id",
                        1,
                        "component",
                        Obj.of(
                            "type",
                            4,
                            "id",
                            2,
                            "custom_id",
                            name,
                            "value",
                            answers.getOrDefault(name, ""))))
            .toList();
    gateway.dispatch(
        "INTERACTION_CREATE",
        interaction(exchange, 5)
            .with("data", Obj.of("custom_id", form.token(), "components", parts)));
  }

  public synchronized void slash(String person, String channel, String words) {
    String id = next();
    var exchange = new Exchange(id, "token-" + id, person, channel, "");
    exchanges.put(exchange.token, exchange);
    gateway.dispatch(
        "INTERACTION_CREATE",
        interaction(exchange, 2)
            .with(
                "data",
                Obj.of(
                    "id",
                    next(),
                    "name",
                    "parley",
                    "type",
                    1,
                    "options",
                    List.of(Obj.of("name", "words", "type", 3, "value", words)))));
  }

  public synchronized void react(String person, String message, String character, boolean on) {
    Posted posted = posts.get(message);
    Fields data =
        Obj.of(
            "user_id",
            person,
            "channel_id",
            posted.channel,
            "message_id",
            message,
            "emoji",
            Obj.of("id", null, "name", character),
            "burst",
            false,
            "type",
            0);
    if (!direct(posted.channel)) {
      data = data.with("guild_id", Obj.value(GUILD));
      if (on) {
        data = data.with("member", member(people.get(person)));
      }
    }
    gateway.dispatch(on ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", data);
  }

  // ---- what people see

  /** The bot's messages in a channel or thread that everybody there sees, oldest first. */
  public synchronized List<Posted> of(String channel) {
    return posts.values().stream()
        .filter(one -> one.channel.equals(channel) && one.only.isEmpty() && one.author.equals(SELF))
        .toList();
  }

  /** What a thread is called; empty if there is none. */
  public synchronized String named(String thread) {
    Room room = rooms.get(thread);
    return room == null ? "" : room.name();
  }

  /** Threads of a channel, oldest first. */
  public synchronized List<String> threads(String channel) {
    return rooms.values().stream()
        .filter(room -> room.parent().equals(channel))
        .map(Room::id)
        .toList();
  }

  /** What one person alone has been shown: ephemeral answers and direct messages. */
  public synchronized List<Posted> privately(String person) {
    return posts.values().stream()
        .filter(
            one ->
                one.author.equals(SELF)
                    && (one.only.equals(person) || rooms.get(one.channel).with().equals(person)))
        .toList();
  }

  /** The forms somebody has open, newest last. */
  public synchronized List<Opened> forms(String person) {
    return exchanges.values().stream()
        .filter(one -> one.form != null && one.user.equals(person))
        .sorted((a, b) -> Long.compare(a.began, b.began))
        .map(one -> one.form)
        .toList();
  }

  public synchronized List<Posted> all() {
    return List.copyOf(posts.values());
  }

  @Override
  public void close() {
    server.stop(0);
    try {
      gateway.stop(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- REST

  private void serve(HttpExchange http) throws IOException {
    byte[] body = http.getRequestBody().readAllBytes();
    String path = http.getRequestURI().getRawPath();
    Fields answer = Fields.EMPTY;
    String written;
    int status = 200;
    boolean lost = false;
    try {
      synchronized (this) {
        requests++;
        Fault fault = faults.peek();
        if (fault != null && path.contains(fault.path())) {
          faults.remove();
          if (fault.status() != 0) {
            throw new Refusal(fault.status(), 0, "out of order");
          }
          lost = true;
        }
        if (!path.startsWith(API)) {
          throw new Refusal(404, 0, "404: Not Found");
        }
        String rest = path.substring(API.length());
        boolean byToken = rest.startsWith("interactions/") || rest.startsWith("webhooks/");
        if (!byToken
            && !("Bot " + TOKEN).equals(http.getRequestHeaders().getFirst("Authorization"))) {
          throw new Refusal(401, 0, "401: Unauthorized");
        }
        String type = String.valueOf(http.getRequestHeaders().getFirst("Content-Type"));
        Multipart parts = Multipart.of(type, body);
        Value result =
            route(
                http.getRequestMethod(),
                rest.split("/"),
                parts.json().isBlank() ? new Value.Null() : Json.parsePlain(parts.json()),
                List.copyOf(parts.files().keySet()));
        written = result instanceof Value.Null ? "" : Json.write(result);
        status = written.isEmpty() ? 204 : 200;
      }
    } catch (Refusal e) {
      status = e.status;
      answer = Obj.of("code", e.code, "message", e.getMessage());
      if (status == 429) {
        http.getResponseHeaders().add("Retry-After", "1");
        http.getResponseHeaders().add("X-RateLimit-Reset-After", "0.25");
        http.getResponseHeaders().add("via", "1.1 google");
        answer =
            answer
                .with("retry_after", new Value.Num(new java.math.BigDecimal("0.25")))
                .with("global", Obj.value(false));
      } else if (status < 500) {
        note(http.getRequestMethod() + " " + path + ": " + e.getMessage(), e);
      }
      written = Json.write(answer);
    } catch (RuntimeException e) {
      status = 500;
      written = "{\"code\": 0, \"message\": \"the stand-in broke\"}";
      note("the stand-in broke: " + e, e);
    }
    if (lost) {
      http.close();
      return;
    }
    byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
    if (status != 204) {
      http.getResponseHeaders().add("Content-Type", "application/json");
    }
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      http.getResponseBody().write(bytes);
    }
    http.close();
  }

  private synchronized void note(String wrong, RuntimeException e) {
    boolean asked =
        e instanceof Refusal refusal && (refusal.code == 50007 || refusal.code == 160004);
    if (!asked && !(e instanceof Refusal refusal && refusal.code == 0)) {
      wrongs.add(wrong);
    }
  }

  private Value route(String method, String[] at, Value json, List<String> files) {
    Fields body = json instanceof Fields fields ? fields : Fields.EMPTY;
    String call = method + " " + at[0];
    return switch (call) {
      case "GET users" -> user(people.get(SELF));
      case "GET gateway" ->
          Obj.of(
              "url",
              gatewayUri.toString(),
              "shards",
              1,
              "session_start_limit",
              Obj.of("total", 1000, "remaining", 999, "reset_after", 1, "max_concurrency", 1));
      case "PUT applications" -> {
        commands.clear();
        ((Value.Items) json)
            .items()
            .forEach(one -> commands.add(((Fields) one).text("name").orElse("")));
        yield Obj.value(List.of());
      }
      case "POST users" -> room(rooms.get(opened(id(body, "recipient_id"))));
      case "POST interactions" -> answered(at[1], at[2], body, files);
      case "POST webhooks" -> followed(at[2], body, files);
      case "PATCH webhooks" -> original(at[2], body, files);
      case "DELETE webhooks" -> taken(at[2]);
      case "GET channels" -> got(at);
      case "POST channels" ->
          at.length == 5 ? threaded(at[1], at[3], body) : posted(at[1], body, files);
      case "PATCH channels" ->
          at.length == 4 ? edited(at[1], at[3], body, files) : woken(at[1], body);
      case "PUT channels" -> reacted(at);
      default -> throw new Refusal(404, 0, "404: Not Found (" + call + ")");
    };
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

  private String opened(String person) {
    if (!people.containsKey(person)) {
      throw new Refusal(400, 50033, "Invalid Recipient(s)");
    }
    return direct(person, true);
  }

  private Value posted(String channel, Fields body, List<String> files) {
    Room room = known(channel);
    Rules.message(body, files, false);
    if (room.type() == 1 && closedToDirect.contains(room.with())) {
      throw new Refusal(403, 50007, "Cannot send messages to this user");
    }
    String nonce = body.text("nonce").orElse("");
    if (!nonce.isEmpty() && Obj.flag(body, "enforce_nonce")) {
      for (Posted former : posts.values()) {
        if (former.nonce.equals(nonce) && former.author.equals(SELF)) {
          return message(former);
        }
      }
    }
    keepPace(channel);
    Posted posted = new Posted(next(), channel, SELF, nonce, "", body, files);
    posts.put(posted.id, posted);
    gateway.dispatch("MESSAGE_CREATE", inGuild(message(posted), SELF, channel));
    return message(posted);
  }

  private void keepPace(String channel) {
    if (!paced) {
      return;
    }
    long now = System.nanoTime();
    Deque<Long> recent = paces.computeIfAbsent(channel, _ -> new ArrayDeque<>());
    while (!recent.isEmpty() && now - recent.peek() > 5_000_000_000L) {
      recent.remove();
    }
    if (recent.size() >= 5) {
      throw new Refusal(429, 20028, "You are being rate limited.");
    }
    recent.add(now);
  }

  private Value edited(String channel, String message, Fields body, List<String> files) {
    known(channel);
    Posted posted = posts.get(message);
    if (posted == null || posted.gone || !posted.channel.equals(channel)) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    if (!posted.author.equals(SELF)) {
      throw new Refusal(403, 50005, "Cannot edit a message authored by another user");
    }
    Rules.message(body, files, true);
    posted.show(body, files);
    return message(posted);
  }

  private Value threaded(String channel, String message, Fields body) {
    known(channel);
    Posted root = posts.get(message);
    if (root == null || !root.channel.equals(channel)) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    if (rooms.containsKey(message)) {
      throw new Refusal(400, 160004, "A thread has already been created for this message");
    }
    String name = body.text("name").orElse("");
    if (name.isEmpty() || name.length() > 100) {
      throw Refusal.form("name: 1 to 100 in length");
    }
    Room thread = new Room(message, 11, name, channel, "", false);
    rooms.put(message, thread);
    gateway.dispatch("THREAD_CREATE", room(thread));
    return room(thread);
  }

  private Value woken(String channel, Fields body) {
    Room was = known(channel);
    boolean archived = Obj.flag(body, "archived");
    rooms.put(
        channel, new Room(was.id(), was.type(), was.name(), was.parent(), was.with(), archived));
    gateway.dispatch("THREAD_UPDATE", room(rooms.get(channel)));
    return room(rooms.get(channel));
  }

  private Value reacted(String[] at) {
    Posted posted = posts.get(at[3]);
    if (posted == null) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    posted.reactions.add(URLDecoder.decode(at[5], StandardCharsets.UTF_8));
    return new Value.Null();
  }

  private Value got(String[] at) {
    if (at.length > 2 && at[2].equals("messages")) {
      List<Fields> newest =
          posts.values().stream()
              .filter(one -> one.channel.equals(at[1]) && one.only.isEmpty() && !one.gone)
              .map(this::message)
              .toList();
      return Obj.value(newest.reversed().stream().limit(100).toList());
    }
    if (at.length > 2 && at[2].equals("threads")) {
      List<Fields> put =
          rooms.values().stream()
              .filter(room -> room.parent().equals(at[1]) && room.archived())
              .map(this::room)
              .toList();
      return Obj.of("threads", put, "members", List.of(), "has_more", false);
    }
    return room(known(at[1]));
  }

  private Room known(String channel) {
    Room room = rooms.get(channel);
    if (room == null) {
      throw new Refusal(404, 10003, "Unknown Channel");
    }
    return room;
  }

  // ---- interactions

  private Value answered(String id, String token, Fields body, List<String> files) {
    Exchange exchange = exchanges.get(token);
    long age = exchange == null ? 0 : System.nanoTime() - exchange.began;
    if (exchange == null || !exchange.id.equals(id) || age > 3_000_000_000L) {
      throw new Refusal(404, 10062, "Unknown interaction");
    }
    if (exchange.answered != 0) {
      throw new Refusal(400, 40060, "Interaction has already been acknowledged.");
    }
    if (age > 1_000_000_000L) {
      wrongs.add("an interaction was answered only after " + age / 1_000_000 + " ms");
    }
    exchange.answered = Obj.number(body, "type");
    Fields data = body.fieldsAt("data");
    switch (exchange.answered) {
      case 4 -> exchange.original = said(exchange, data, files);
      case 5, 6 -> {}
      case 9 ->
          exchange.form =
              new Opened(
                  data.text("custom_id").orElse(""),
                  data.text("title").orElse(""),
                  Rules.modal(data),
                  exchange.channel);
      default -> throw Refusal.form("type: not one of 4, 5, 6, 9");
    }
    return new Value.Null();
  }

  private Value followed(String token, Fields body, List<String> files) {
    return message(posts.get(said(live(token), body, files)));
  }

  private Exchange live(String token) {
    Exchange exchange = exchanges.get(token);
    if (exchange == null || exchange.answered == 0) {
      throw new Refusal(404, 10015, "Unknown Webhook");
    }
    return exchange;
  }

  private String said(Exchange exchange, Fields body, List<String> files) {
    Rules.message(body, files, false);
    boolean alone = (Obj.number(body, "flags") & Rules.EPHEMERAL) != 0;
    Posted posted =
        new Posted(next(), exchange.channel, SELF, "", alone ? exchange.user : "", body, files);
    posts.put(posted.id, posted);
    return posted.id;
  }

  private Value original(String token, Fields body, List<String> files) {
    Posted posted = posts.get(live(token).original);
    if (posted == null) {
      throw new Refusal(404, 10008, "Unknown Message");
    }
    Rules.message(body, files, true);
    posted.show(body, files);
    return message(posted);
  }

  private Value taken(String token) {
    Exchange exchange = live(token);
    String id = exchange.original.isEmpty() ? exchange.message : exchange.original;
    posts.get(id).gone = true;
    return new Value.Null();
  }

  private Fields interaction(Exchange exchange, int type) {
    Fields all =
        Obj.of(
            "id",
            exchange.id,
            "application_id",
            SELF,
            "type",
            type,
            "token",
            exchange.token,
            "version",
            1,
            "channel_id",
            exchange.channel,
            "channel",
            room(rooms.get(exchange.channel)).with("permissions", Obj.value(PERMISSIONS)),
            "locale",
            "en-US",
            "entitlements",
            List.of(),
            "authorizing_integration_owners",
            Fields.EMPTY,
            "attachment_size_limit",
            10_485_760);
    Account who = people.get(exchange.user);
    return direct(exchange.channel)
        ? all.with("user", user(who)).with("context", Obj.value(1))
        : all.with("guild_id", Obj.value(GUILD))
            .with("guild", Obj.of("id", GUILD, "locale", "en-US", "features", List.of()))
            .with("member", member(who).with("permissions", Obj.value(PERMISSIONS)))
            .with("context", Obj.value(0));
  }

  // ---- JSON

  private Fields ready() {
    return Obj.of(
        "v",
        10,
        "user",
        user(people.get(SELF)),
        "guilds",
        List.of(Obj.of("id", GUILD, "unavailable", true)),
        "session_id",
        "s-" + next(),
        "private_channels",
        List.of(),
        "application",
        Obj.of("id", SELF, "flags", 0));
  }

  private synchronized Fields guild() {
    Fields everybody =
        Obj.of(
                "id",
                GUILD,
                "name",
                "@everyone",
                "permissions",
                PERMISSIONS,
                "position",
                0,
                "color",
                0,
                "hoist",
                false,
                "managed",
                false,
                "mentionable",
                false,
                "flags",
                0)
            .with(
                "colors",
                Obj.of("primary_color", 0, "secondary_color", null, "tertiary_color", null));
    return Obj.of(
            "id",
            GUILD,
            "name",
            "Demo guild",
            "owner_id",
            "1",
            "verification_level",
            0,
            "afk_timeout",
            300,
            "default_message_notifications",
            0,
            "explicit_content_filter",
            0,
            "mfa_level",
            0,
            "premium_tier",
            0,
            "nsfw_level",
            0,
            "system_channel_flags",
            0,
            "large",
            false,
            "unavailable",
            false,
            "premium_progress_bar_enabled",
            false,
            "preferred_locale",
            "en-US")
        .with("joined_at", Obj.value("2026-01-01T00:00:00Z"))
        .with("member_count", Obj.value(people.size()))
        .with("roles", Obj.value(List.of(everybody)))
        .with("members", Obj.value(people.values().stream().map(FakeDiscord::member).toList()))
        .with(
            "channels",
            Obj.value(
                rooms.values().stream().filter(room -> room.type() == 0).map(this::room).toList()))
        .with(
            "threads",
            Obj.value(
                rooms.values().stream()
                    .filter(room -> room.type() == 11 && !room.archived())
                    .map(this::room)
                    .toList()))
        .with("presences", Obj.value(List.of()))
        .with("voice_states", Obj.value(List.of()))
        .with("emojis", Obj.value(List.of()))
        .with("stickers", Obj.value(List.of()))
        .with("features", Obj.value(List.of()))
        .with("stage_instances", Obj.value(List.of()))
        .with("guild_scheduled_events", Obj.value(List.of()))
        .with("soundboard_sounds", Obj.value(List.of()));
  }

  private Fields room(Room room) {
    if (room.type() == 1) {
      return Obj.of(
          "id",
          room.id(),
          "type",
          1,
          "recipients",
          List.of(user(people.get(room.with()))),
          "flags",
          0);
    }
    Fields all =
        Obj.of(
            "id",
            room.id(),
            "type",
            room.type(),
            "name",
            room.name(),
            "guild_id",
            GUILD,
            "position",
            0,
            "flags",
            0,
            "rate_limit_per_user",
            0,
            "permission_overwrites",
            List.of());
    return room.type() == 0
        ? all
        : all.with("parent_id", Obj.value(room.parent()))
            .with("owner_id", Obj.value(SELF))
            .with("message_count", Obj.value(0))
            .with("member_count", Obj.value(2))
            .with("total_message_sent", Obj.value(0))
            .with(
                "thread_metadata",
                Obj.of(
                    "archived",
                    room.archived(),
                    "auto_archive_duration",
                    1440,
                    "archive_timestamp",
                    "2026-01-01T00:00:00Z",
                    "locked",
                    false,
                    "create_timestamp",
                    "2026-01-01T00:00:00Z"))
            .with(
                "member",
                Obj.of(
                    "id",
                    room.id(),
                    "user_id",
                    SELF,
                    "join_timestamp",
                    "2026-01-01T00:00:00Z",
                    "flags",
                    0));
  }

  private static Fields user(Account account) {
    return Obj.of(
        "id",
        account.id(),
        "username",
        account.name(),
        "discriminator",
        "0",
        "global_name",
        account.name(),
        "avatar",
        null,
        "bot",
        account.bot(),
        "flags",
        0,
        "public_flags",
        0);
  }

  private static Fields member(Account account) {
    return Obj.of(
        "user",
        user(account),
        "roles",
        List.of(),
        "joined_at",
        "2026-01-01T00:00:00Z",
        "deaf",
        false,
        "mute",
        false,
        "pending",
        account.pending(),
        "flags",
        0,
        "nick",
        null);
  }

  private boolean direct(String channel) {
    return rooms.get(channel).type() == 1;
  }

  private Fields inGuild(Fields message, String author, String channel) {
    return direct(channel)
        ? message
        : message
            .with("guild_id", Obj.value(GUILD))
            .with("member", member(people.get(author)).without("user"));
  }

  private Fields message(Posted posted) {
    var attached = new ArrayList<Fields>();
    for (String file : posted.files) {
      attached.add(
          Obj.of(
              "id",
              next(),
              "filename",
              file,
              "size",
              1,
              "url",
              address(file),
              "proxy_url",
              address(file)));
    }
    var numbers = new int[] {0};
    return Obj.of(
            "id",
            posted.id,
            "type",
            0,
            "channel_id",
            posted.channel,
            "content",
            posted.content,
            "timestamp",
            "2026-01-01T00:00:00Z",
            "edited_timestamp",
            null,
            "tts",
            false,
            "mention_everyone",
            false,
            "pinned",
            false)
        .with("author", user(people.get(posted.author)))
        .with("mentions", Obj.value(List.of()))
        .with("mention_roles", Obj.value(List.of()))
        .with("embeds", Obj.value(List.of()))
        .with("attachments", Obj.value(attached))
        .with("flags", Obj.value(Obj.number(posted.body, "flags")))
        .with("nonce", Obj.value(posted.nonce))
        .with(
            "components",
            Obj.value(
                posted.body.itemsAt("components").stream()
                    .map(one -> stored((Fields) one, numbers))
                    .toList()));
  }

  private static String address(String file) {
    return "https://cdn.invalid/" + file;
  }

  /** Components as Discord gives them back: numbered, and files with an address. */
  private static Fields stored(Fields component, int[] numbers) {
    Fields all = component.with("id", Obj.value(++numbers[0]));
    if (component.fields().containsKey("components")) {
      all =
          all.with(
              "components",
              Obj.value(
                  component.itemsAt("components").stream()
                      .map(one -> stored((Fields) one, numbers))
                      .toList()));
    }
    if (component.fields().containsKey("file")) {
      all = all.with("file", media(component.fieldsAt("file")));
    }
    if (component.fields().containsKey("items")) {
      all =
          all.with(
              "items",
              Obj.value(
                  component.itemsAt("items").stream()
                      .map(
                          item ->
                              ((Fields) item)
                                  .with("media", media(((Fields) item).fieldsAt("media"))))
                      .toList()));
    }
    return all;
  }

  private static Fields media(Fields media) {
    String file = media.text("url").orElse("").replace("attachment://", "");
    return Obj.of(
        "id",
        "1",
        "url",
        address(file),
        "proxy_url",
        address(file),
        "width",
        10,
        "height",
        10,
        "content_type",
        "image/png",
        "loading_state",
        2,
        "flags",
        0,
        "attachment_id",
        "1");
  }

  /** A snowflake of this moment; always another one. */
  private synchronized String next() {
    long made = System.currentTimeMillis() - EPOCH << 22;
    last = Math.max(last + 1, made);
    return Long.toString(last);
  }
}
