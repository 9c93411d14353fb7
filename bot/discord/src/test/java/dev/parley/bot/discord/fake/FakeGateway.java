package dev.parley.bot.discord.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Discord's gateway: identify, heartbeats, dispatches with numbers, resume. */
final class FakeGateway extends WebSocketServer {
  private static final int MESSAGE_CONTENT = 1 << 15;
  private final String token;
  private final Supplier<Fields> ready;
  private final Supplier<List<Fields>> guilds;
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<Fields> sent = new ArrayList<>();
  private volatile int refusedIntents;
  private volatile int intents;
  private volatile int resumes;
  private volatile int identifies;
  private WebSocket client;

  FakeGateway(String token, Supplier<Fields> ready, Supplier<List<Fields>> guilds) {
    super(new InetSocketAddress("127.0.0.1", 0), 1);
    this.token = token;
    this.ready = ready;
    this.guilds = guilds;
    setReuseAddr(true);
    setDaemon(true);
  }

  URI begin() {
    start();
    try {
      if (!started.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gateway did not start");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return URI.create("ws://127.0.0.1:" + getPort());
  }

  void refuseMessageContent() {
    refusedIntents = MESSAGE_CONTENT;
  }

  boolean readsEverything() {
    return (intents & MESSAGE_CONTENT) != 0;
  }

  int resumes() {
    return resumes;
  }

  int identifies() {
    return identifies;
  }

  synchronized void dispatch(String type, Fields data) {
    Fields frame = Obj.of("op", 0, "s", sent.size() + 1, "t", type, "d", data);
    sent.add(frame);
    if (client != null && client.isOpen()) {
      client.send(Json.write(frame));
    }
  }

  /** Breaks the connection; what happens meanwhile is sent again after the resume. */
  synchronized void drop(int code) {
    if (client != null) {
      client.close(code, "dropped");
      client = null;
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket connection, ClientHandshake handshake) {
    connection.send(
        Json.write(
            Obj.of("op", 10, "d", Obj.of("heartbeat_interval", 41_250, "_trace", List.of()))));
  }

  @Override
  public void onMessage(WebSocket connection, String text) {
    Fields frame = (Fields) Json.parsePlain(text);
    Fields data = frame.fieldsAt("d");
    switch (Obj.number(frame, "op")) {
      case 1 -> connection.send(Json.write(Obj.of("op", 11)));
      case 2 -> identify(connection, data);
      case 6 -> resume(connection, data);
      case 3, 4, 8 -> {}
      default -> connection.close(4001, "Unknown opcode");
    }
  }

  private synchronized void identify(WebSocket connection, Fields data) {
    identifies++;
    intents = Obj.number(data, "intents");
    if (!data.text("token").orElse("").equals(token)) {
      connection.close(4004, "Authentication failed.");
    } else if ((intents & refusedIntents) != 0) {
      connection.close(4014, "Disallowed intent(s).");
    } else {
      client = connection;
      dispatch(
          "READY",
          ready.get().with("resume_gateway_url", Obj.value("ws://127.0.0.1:" + getPort())));
      guilds.get().forEach(guild -> dispatch("GUILD_CREATE", guild));
    }
  }

  private synchronized void resume(WebSocket connection, Fields data) {
    resumes++;
    client = connection;
    int from = Obj.number(data, "seq");
    sent.subList(Math.min(from, sent.size()), sent.size())
        .forEach(frame -> connection.send(Json.write(frame)));
    dispatch("RESUMED", Fields.EMPTY);
  }

  @Override
  public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket connection, Exception e) {}
}
