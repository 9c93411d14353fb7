package dev.parley.bot.slack;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.value.Check;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP mode: Slack posts to us. Nothing of a request is read before its signature is verified over
 * the raw bytes.
 */
final class HttpDoor implements Door {
  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
  private static final int LARGEST = 1 << 20;

  private final SlackSettings settings;
  private final Verifier verifier;
  private final Consumer<Fields> taker;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  /** The platform's: an acknowledgement is due while whatever a burst began keeps others busy. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("slack http ", 0).factory());

  private volatile Optional<HttpServer> server = Optional.empty();

  HttpDoor(SlackSettings settings, Verifier verifier, Consumer<Fields> taker) {
    this.settings = settings;
    this.verifier = verifier;
    this.taker = taker;
  }

  @Override
  public void open() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(settings.bind(), settings.port()), 0);
      made.createContext(settings.path(), this::handle);
      made.setExecutor(threads);
      made.start();
      server = Optional.of(made);
    } catch (IOException e) {
      throw new Invalid(
          new Problem(
              "surfaces.slack.port",
              settings.bind() + ":" + settings.port(),
              String.valueOf(e.getMessage()),
              "choose another port, or 0 for any free one"));
    }
  }

  /** Where it listens. */
  int port() {
    return server.map(one -> one.getAddress().getPort()).orElse(settings.port());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(settings.path())) {
        answer(exchange, 404, "");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 405, "");
      } else {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
          answer(exchange, 413, "");
        } else {
          post(exchange, body);
        }
      }
    }
  }

  private void post(HttpExchange exchange, byte[] body) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    Optional<String> timestamp = Optional.ofNullable(headers.getFirst("X-Slack-Request-Timestamp"));
    Optional<String> why =
        verifier.refuse(
            timestamp, Optional.ofNullable(headers.getFirst("X-Slack-Signature")), body);
    if (why.isPresent()) {
      LOG.warn("slack: a request is refused: {}", why.get());
      answer(exchange, 401, "");
      return;
    }
    try {
      Fields payload = Payload.read(new String(body, StandardCharsets.UTF_8));
      if (payload.text("type").equals(Optional.of("url_verification"))) {
        answer(exchange, 200, payload.text("challenge").orElse(""));
        return;
      }
      oneAtATime.lock();
      try {
        taker.accept(payload);
      } finally {
        oneAtATime.unlock();
      }
      answer(exchange, 200, "");
    } catch (Invalid e) {
      answer(exchange, 400, "");
    } catch (RuntimeException e) {
      LOG.warn("slack: a delivery could not be taken and may come again: {}", e.getMessage());
      verifier.forget(timestamp.orElse(""), body);
      answer(exchange, 503, "");
    }
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public Check check() {
    return server.isPresent()
        ? Check.ok("listening on " + settings.bind() + ":" + port() + settings.path())
        : Check.failed("not listening", "start the surface");
  }

  @Override
  public void close() {
    server.ifPresent(one -> one.stop(0));
    threads.shutdownNow();
  }
}
