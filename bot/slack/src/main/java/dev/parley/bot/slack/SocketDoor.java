package dev.parley.bot.slack;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket Mode: a connection that we open, for one app in all its workspaces. One delivery is taken
 * at a time, in the order in which they came. When Slack asks for it the SDK opens the connection
 * anew; when one ends in any other way, our own watch does.
 */
final class SocketDoor implements Door, Incoming.Signals {
  private static final Logger LOG = LoggerFactory.getLogger(SocketDoor.class);
  private static final Duration WATCH = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
  private static final long LOOK = 20;

  /** How long a connection that the SDK has just begun may take to stand. */
  private static final Duration HANDSHAKE = Duration.ofMillis(500);

  private static final Pattern ERROR = Pattern.compile("\\(error: (\\w+)\\)");
  private static final String TOKEN =
      "api.slack.com/apps, Basic Information, App-Level Tokens: make one with connections:write and"
          + " put it under surfaces.slack.workspaces as appToken";

  private final Slack slack;
  private final String appToken;
  private final Consumer<Fields> taker;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Semaphore ended = new Semaphore(0);
  private volatile Optional<SocketModeClient> open = Optional.empty();
  private volatile Optional<Instant> heard = Optional.empty();
  private volatile Optional<Incoming> incoming = Optional.empty();
  private volatile boolean greeted;
  private volatile boolean disabled;
  private volatile boolean off;
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
    connected();
    Thread.ofVirtual().name("slack connection").start(this::watch);
  }

  private void watch() {
    Duration pause = WATCH;
    boolean well = true;
    try {
      while (closed.getCount() > 0) {
        if (well) {
          ended.tryAcquire(WATCH.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        ended.drainPermits();
        well = stands(HANDSHAKE) || connected();
        pause = well ? WATCH : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  private boolean up() {
    return greeted && open.filter(SocketModeClient::verifyConnection).isPresent();
  }

  /** Makes a connection, in place of the one that was. */
  private synchronized boolean connected() {
    if (closed.getCount() == 0) {
      return true;
    }
    shut();
    try {
      disabled = false;
      greeted = false;
      var front = new Front(slack, taker);
      SocketModeClient client = slack.socketMode(appToken, SocketModeClient.Backend.JavaWebSocket);
      incoming = Optional.of(listen(client, front));
      open = Optional.of(client);
      client.connect();
      stands(FIRST_CONNECTION);
      return !disabled;
    } catch (Exception e) {
      shut();
      trouble = "Slack gave no address to connect to: " + e.getMessage();
      LOG.warn("slack: no connection: {}", trouble);
      return false;
    }
  }

  /** Whether the connection stands, or does so within a while. */
  private boolean stands(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (open.isPresent() && !disabled && !up()) {
      if (System.nanoTime() > end || closed.await(LOOK, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return open.isPresent() && !disabled;
  }

  /**
   * Hears of what becomes of the connection. The SDK's own monitor is ended: its first failure to
   * get a new address would be its last attempt.
   */
  private Incoming listen(SocketModeClient client, Front front) {
    client.getSessionMonitorExecutor().ifPresent(ExecutorService::shutdownNow);
    client.addWebSocketCloseListener(
        (code, reason) -> {
          LOG.info("slack: connection closed: {} {}", code, reason);
          ended.release();
        });
    client.addWebSocketErrorListener(
        error -> LOG.warn("slack: connection: {}", error.getMessage()));
    var queue = new Incoming(client, front, this);
    client.setMessageQueue(queue);
    return queue;
  }

  @Override
  public void heard() {
    heard = Optional.of(clock.instant());
  }

  @Override
  public void greeted() {
    greeted = true;
    off = false;
    trouble = "the connection is broken; it is being opened anew";
  }

  @Override
  public void disabled() {
    disabled = true;
    off = true;
    ended.release();
  }

  @Override
  public Check check() {
    if (!off && up()) {
      return Check.ok("connected" + heard.map(at -> ", last heard of at " + at).orElse(""));
    }
    if (off) {
      return Check.failed(
          "Socket Mode: it is turned off in the app",
          "api.slack.com/apps, Socket Mode: turn it on, or write mode: http");
    }
    String why = trouble;
    return Check.failed("Socket Mode: " + why, next(why));
  }

  private static String next(String why) {
    Matcher error = ERROR.matcher(why);
    return switch (error.find() ? error.group(1) : "") {
      case "invalid_auth", "not_authed", "token_revoked", "account_inactive" ->
          "the app token is wrong: " + TOKEN;
      case "not_allowed_token_type" ->
          "appToken must be the app's own token, xapp-…, not the bot's: " + TOKEN;
      case "missing_scope" -> "the app token lacks connections:write: " + TOKEN;
      default ->
          "check the way to Slack, that Socket Mode is on (api.slack.com/apps, Socket Mode), and"
              + " the app token";
    };
  }

  @Override
  public void close() {
    closed.countDown();
    shut();
  }

  private synchronized void shut() {
    Optional<SocketModeClient> former = open;
    open = Optional.empty();
    incoming.ifPresent(Incoming::close);
    former.ifPresent(SocketDoor::close);
  }

  private static void close(SocketModeClient client) {
    try {
      client.close();
    } catch (Exception e) {
      LOG.info("slack: the connection did not close in order: {}", e.getMessage());
    }
  }
}
