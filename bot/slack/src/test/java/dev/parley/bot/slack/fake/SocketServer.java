package dev.parley.bot.slack.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** Socket Mode: envelopes go out, each must be acknowledged in Slack's time. */
final class SocketServer extends WebSocketServer implements AutoCloseable {
  private static final long PATIENCE = 10;

  /** Seconds; longer than a program takes to start on a busy machine. */
  private static final long RECONNECTION = 60;

  private final World world;
  private final Map<WebSocket, String> open = new LinkedHashMap<>();
  private final Map<String, Sent> sent = new ConcurrentHashMap<>();
  private final CountDownLatch started = new CountDownLatch(1);

  private volatile boolean deaf;
  private volatile boolean enabled = true;
  private volatile boolean losing;

  /**
   * An envelope on its way.
   *
   * @param ended when it was acknowledged, or can't be any more
   */
  private record Sent(
      String type, WebSocket over, long at, AtomicBoolean taken, CountDownLatch ended) {}

  SocketServer(World world) {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    this.world = world;
    setReuseAddr(true);
    setDaemon(true);
    setConnectionLostTimeout(0);
    start();
    await(started, "the socket server did not start");
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(otherwise, e);
    }
  }

  String url() {
    return "ws://127.0.0.1:" + getPort();
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    String query = handshake.getResourceDescriptor();
    String token = query.replaceAll(".*ticket=([^&]*).*", "$1");
    if (!enabled) {
      disconnect(socket, "link_disabled");
      socket.close(1000);
      return;
    }
    socket.send(
        Json.write(
            Fields.of("type", Value.text("hello"))
                .with("num_connections", Value.num(1))
                .with("connection_info", Fields.of("app_id", Value.text("A0PARLEY")))
                .with(
                    "debug_info",
                    Fields.of("host", Value.text("fake")).with("started", Value.text("now")))));
    synchronized (open) {
      open.put(socket, token);
      open.notifyAll();
    }
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    sent.values().stream()
        .filter(one -> one.over() == socket)
        .forEach(one -> one.ended().countDown());
    synchronized (open) {
      open.remove(socket);
      open.notifyAll();
    }
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    if (!text.startsWith("{")) {
      return;
    }
    Fields answer = (Fields) Json.parsePlain(text);
    Sent envelope = sent.get(answer.text("envelope_id").orElse(""));
    if (envelope == null) {
      world.fault("an acknowledgement of nothing: " + text);
      return;
    }
    if (!envelope.over().isOpen()) {
      return; // its connection ended before: it was sent again
    }
    if (losing) {
      losing = false;
      socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "cut");
      return;
    }
    world.acknowledged(envelope.type(), System.nanoTime() - envelope.at());
    envelope.taken().set(true);
    envelope.ended().countDown();
  }

  @Override
  public void onWebsocketPing(WebSocket socket, Framedata frame) {
    if (!deaf) {
      super.onWebsocketPing(socket, frame);
    }
  }

  @Override
  public void onError(WebSocket socket, Exception e) {
    world.fault("socket: " + e);
  }

  /** How many connections there are. */
  int connections() {
    synchronized (open) {
      return open.size();
    }
  }

  /**
   * Sends an envelope over one connection of the app, and waits for its acknowledgement. If the
   * connection ends before, an event comes again over the next one; a press or a command does not.
   */
  boolean send(String appToken, String type, Fields payload, int retry) {
    boolean taken = sendUnacknowledged(appToken, type, payload, retry);
    for (int again = retry + 1; !taken && type.equals("events_api") && again <= 3; again++) {
      taken = sendUnacknowledged(appToken, type, payload, again);
    }
    if (!taken) {
      world.lost("not acknowledged: " + type + " " + payload.text("type").orElse(""));
    }
    return taken;
  }

  /** The same; false if it was not acknowledged in time. */
  boolean sendUnacknowledged(String appToken, String type, Fields payload, int retry) {
    String id = UUID.randomUUID().toString();
    Fields body =
        Fields.of("envelope_id", Value.text(id))
            .with("type", Value.text(type))
            .with("accepts_response_payload", Value.bool(!type.equals("events_api")))
            .with("payload", payload);
    if (type.equals("events_api")) {
      body =
          body.with("retry_attempt", Value.num(retry))
              .with("retry_reason", Value.text(retry > 0 ? "timeout" : ""));
    }
    String text = Json.write(body);
    WebSocket socket = socket(appToken);
    var envelope =
        new Sent(type, socket, System.nanoTime(), new AtomicBoolean(), new CountDownLatch(1));
    sent.put(id, envelope);
    socket.send(text);
    try {
      envelope.ended().await(PATIENCE / 2, TimeUnit.SECONDS);
      return envelope.taken().get();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private WebSocket socket(String appToken) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECONNECTION);
    synchronized (open) {
      while (true) {
        Optional<WebSocket> found =
            open.entrySet().stream()
                .filter(one -> one.getValue().equals(appToken) && one.getKey().isOpen())
                .map(Map.Entry::getKey)
                .reduce((_, last) -> last);
        if (found.isPresent()) {
          return found.get();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("nobody is connected with " + appToken);
        }
        try {
          open.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Asks all to connect anew, as Slack does every few hours. */
  void refresh() {
    for (WebSocket socket : sockets()) {
      disconnect(socket, "refresh_requested");
    }
  }

  private static void disconnect(WebSocket socket, String reason) {
    socket.send(
        Json.write(
            Fields.of("type", Value.text("disconnect"))
                .with("reason", Value.text(reason))
                .with("debug_info", Fields.of("host", Value.text("fake")))));
  }

  /** Turns Socket Mode off or on, as the app's owner does. */
  void enabled(boolean on) {
    enabled = on;
    if (!on) {
      for (WebSocket socket : sockets()) {
        disconnect(socket, "link_disabled");
        socket.close(1000);
      }
    }
  }

  /** Breaks the connections without a word, as a cable does. */
  void cut() {
    sockets().forEach(socket -> socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "cut"));
  }

  /** Answers no more pings, as a dead machine does. */
  void deaf(boolean now) {
    deaf = now;
  }

  /** The next acknowledgement is lost together with its connection. */
  void loseAcknowledgement() {
    losing = true;
  }

  /** Goes away: 1001. */
  void drop() {
    sockets().forEach(socket -> socket.close(1001, "going away"));
  }

  private java.util.List<WebSocket> sockets() {
    synchronized (open) {
      return java.util.List.copyOf(open.keySet());
    }
  }

  @Override
  public void close() {
    try {
      stop(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
