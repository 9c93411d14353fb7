package dev.parley.bot.discord.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/**
 * Discord's gateway: identify, heartbeats, dispatches with numbers by the intents asked for, resume
 * and sessions that can't be resumed.
 */
final class FakeGateway extends WebSocketServer {
  static final int GUILDS = 1;
  static final int GUILD_MESSAGES = 1 << 9;
  static final int GUILD_REACTIONS = 1 << 10;
  static final int DIRECT_MESSAGES = 1 << 12;
  static final int DIRECT_REACTIONS = 1 << 13;
  static final int MESSAGE_CONTENT = 1 << 15;
  private static final int KNOWN = (1 << 26) - 1;

  private final World world;
  private final Shapes shapes;
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<Fields> sent = new ArrayList<>();
  private volatile int refusedIntents;
  private volatile int intents;
  private volatile int resumes;
  private volatile int identifies;
  private volatile int tries;
  private volatile boolean away;
  private boolean resumable;
  private String session = "";
  private Optional<WebSocket> client = Optional.empty();

  FakeGateway(World world, Shapes shapes) {
    super(new InetSocketAddress("127.0.0.1", 0), 1);
    this.world = world;
    this.shapes = shapes;
    setReuseAddr(true);
    setDaemon(true);
  }

  void begin() {
    start();
    try {
      if (!started.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gateway did not start");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + getPort());
  }

  void refuse(int privileged) {
    refusedIntents = privileged;
  }

  synchronized boolean online() {
    return client.filter(WebSocket::isOpen).isPresent();
  }

  boolean readsEverything() {
    return (intents & MESSAGE_CONTENT) != 0;
  }

  int intents() {
    return intents;
  }

  int resumes() {
    return resumes;
  }

  int identifies() {
    return identifies;
  }

  /** How often anybody opened a connection. */
  int tries() {
    return tries;
  }

  /** Says something to the bot, if its intents cover it. */
  void dispatch(String type, Fields data) {
    synchronized (world) {
      int needs = needs(type, data.fields().containsKey("guild_id"));
      if (needs != 0 && (intents & needs) == 0) {
        return;
      }
      push(type, data);
    }
  }

  private void push(String type, Fields data) {
    if (!resumable && client.isEmpty()) {
      return; // a session that nobody can take up hears nothing
    }
    Fields frame = Obj.of("op", 0, "s", sent.size() + 1, "t", type, "d", data);
    sent.add(frame);
    client.filter(WebSocket::isOpen).ifPresent(open -> open.send(Json.write(frame)));
  }

  private static int needs(String type, boolean inGuild) {
    return switch (type) {
      case "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE" ->
          inGuild ? GUILD_MESSAGES : DIRECT_MESSAGES;
      case "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE" ->
          inGuild ? GUILD_REACTIONS : DIRECT_REACTIONS;
      case "GUILD_CREATE", "GUILD_DELETE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE" ->
          GUILDS;
      case "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE" -> inGuild ? GUILDS : 0;
      default -> 0;
    };
  }

  /** Breaks the connection; what happens meanwhile is sent again after the resume. */
  void drop(int code) {
    synchronized (world) {
      client.ifPresent(open -> open.close(code, "dropped"));
      client = Optional.empty();
    }
  }

  /** Breaks the connection for good: what happens meanwhile is told to nobody. */
  void lose(int code) {
    synchronized (world) {
      resumable = false;
      drop(code);
    }
  }

  /** Lets nobody in until {@link #back}. */
  void away() {
    away = true;
    drop(1001);
  }

  void back() {
    away = false;
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket connection, ClientHandshake handshake) {
    tries++;
    if (away) {
      connection.close(1001, "away");
      return;
    }
    connection.send("{\"op\": 10, \"d\": {\"heartbeat_interval\": 41250, \"_trace\": []}}");
  }

  @Override
  public void onMessage(WebSocket connection, String text) {
    Fields frame = (Fields) Json.parsePlain(text);
    Fields data = frame.fieldsAt("d");
    synchronized (world) {
      switch (Obj.number(frame, "op")) {
        case 1 -> connection.send("{\"op\": 11}");
        case 2 -> identify(connection, data);
        case 6 -> resume(connection, data);
        case 3, 4, 8 -> {}
        default -> connection.close(4001, "Unknown opcode");
      }
    }
  }

  private void identify(WebSocket connection, Fields data) {
    identifies++;
    intents = Obj.number(data, "intents");
    if (!data.text("token").orElse("").equals(world.token)) {
      connection.close(4004, "Authentication failed.");
    } else if ((intents & ~KNOWN) != 0) {
      connection.close(4013, "Invalid intent(s).");
    } else if ((intents & refusedIntents) != 0) {
      connection.close(4014, "Disallowed intent(s).");
    } else {
      client = Optional.of(connection);
      resumable = true;
      sent.clear();
      session = "s-" + world.next();
      push("READY", shapes.ready(session).with("resume_gateway_url", Obj.value(uri().toString())));
      if (world.member) {
        dispatch("GUILD_CREATE", shapes.guild());
      }
    }
  }

  private void resume(WebSocket connection, Fields data) {
    if (!data.text("token").orElse("").equals(world.token)) {
      connection.close(4004, "Authentication failed.");
      return;
    }
    if (!resumable || !data.text("session_id").orElse("").equals(session)) {
      connection.send("{\"op\": 9, \"d\": false}");
      return;
    }
    resumes++;
    client = Optional.of(connection);
    int from = Obj.number(data, "seq");
    sent.subList(Math.min(from, sent.size()), sent.size())
        .forEach(frame -> connection.send(Json.write(frame)));
    push("RESUMED", Fields.EMPTY);
  }

  @Override
  public void onClose(WebSocket connection, int code, String reason, boolean remote) {
    synchronized (world) {
      if (client.filter(connection::equals).isPresent()) {
        client = Optional.empty();
      }
    }
  }

  @Override
  public void onError(WebSocket connection, Exception e) {
    if (connection == null) {
      world.wrong("the gateway broke: " + e);
    }
  }
}
