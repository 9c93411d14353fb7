package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: a connection that we open, for one app in all its workspaces. One delivery is taken
 * at a time, in the order in which they came.
 */
final class SocketDoor implements Door {
  private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
  private static final long LOOK = 20;
  private static final int ONE_AT_A_TIME = 1;

  private final Slack slack;
  private final String appToken;
  private final Consumer<Fields> taker;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<SocketModeApp> app = Optional.empty();
  private volatile Optional<Instant> heard = Optional.empty();
  private volatile String trouble = "not connected yet";

  SocketDoor(Slack slack, String appToken, Consumer<Fields> taker, Clock clock) {
    this.slack = slack;
    this.appToken = appToken;
    this.taker = taker;
    this.clock = clock;
  }

  /** Connects now if it can, and else as soon as it can. */
  @Override
  public void open() {
    if (!connected()) {
      Thread.ofVirtual().name("slack connects").start(this::keepTrying);
    }
  }

  private void keepTrying() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS) && !connected()) {
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean connected() {
    if (closed.getCount() == 0) {
      return true;
    }
    try {
      var started =
          new SocketModeApp(
              appToken,
              Front.of(slack, taker),
              SocketModeClient.Backend.JavaWebSocket,
              ONE_AT_A_TIME);
      started.startAsync();
      app = Optional.of(started);
      listen(started.getClient());
      settle(started.getClient());
      return true;
    } catch (Exception e) {
      trouble =
          e instanceof NullPointerException // what the SDK runs into without a first connection
              ? "Slack gave no address to connect to"
              : String.valueOf(e.getMessage());
      LOG.warn("slack: no connection: {}", trouble);
      return false;
    }
  }

  /** Waits a little for the connection, so that a start is over when it is said to be. */
  private void settle(SocketModeClient client) throws InterruptedException {
    long end = System.nanoTime() + FIRST_CONNECTION.toNanos();
    while (!client.verifyConnection() && System.nanoTime() < end) {
      if (closed.await(LOOK, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private void listen(SocketModeClient client) {
    client.addWebSocketMessageListener(_ -> heard = Optional.of(clock.instant()));
    client.addWebSocketCloseListener(
        (code, reason) -> LOG.info("slack: connection closed: {} {}", code, reason));
    client.addWebSocketErrorListener(
        error -> LOG.warn("slack: connection: {}", error.getMessage()));
  }

  @Override
  public Check check() {
    boolean up = app.filter(one -> one.getClient().verifyConnection()).isPresent();
    if (up) {
      return Check.ok("connected" + heard.map(at -> ", last heard of at " + at).orElse(""));
    }
    String why = app.isPresent() ? "the connection is broken; it is being opened anew" : trouble;
    return Check.failed(
        "Socket Mode: " + why,
        "check the app token (api.slack.com/apps, Basic Information, App-Level Tokens, scope"
            + " connections:write), that Socket Mode is on, and the way to Slack");
  }

  @Override
  public void close() {
    closed.countDown();
    shut();
  }

  private synchronized void shut() {
    Optional<SocketModeApp> open = app;
    app = Optional.empty();
    open.ifPresent(SocketDoor::close);
  }

  private static void close(SocketModeApp app) {
    try {
      app.getClient().setAutoReconnectEnabled(false);
      app.getClient().setAutoReconnectOnCloseEnabled(false);
      app.close();
    } catch (Exception e) {
      LOG.warn("slack: the connection did not close: {}", e.getMessage());
    }
  }
}
