package dev.parley.provider.sandbox.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.provider.sandbox.cloud.Fault;
import dev.parley.provider.sandbox.cloud.Reply;
import dev.parley.provider.sandbox.cloud.Request;
import dev.parley.provider.sandbox.cloud.SandboxCloud;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A simulated cloud on a loopback port. {@code POST /v1/…} is for providers. {@code GET /admin}
 * counts resources and calls, {@code GET /admin/trail} shows the last requests, {@code PUT
 * /admin/faults} takes {@code {"faults": […]}}.
 */
public final class SandboxServer implements AutoCloseable {
  private final SandboxCloud cloud;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private SandboxServer(SandboxCloud cloud, HttpServer server) {
    this.cloud = cloud;
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param port 0 for any
   * @throws IOException if the port is taken
   */
  public static SandboxServer start(SandboxCloud cloud, int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var started = new SandboxServer(cloud, HttpServer.create(address, 256));
    started.server.setExecutor(started.threads);
    started.server.createContext("/v1/", started::serve);
    started.server.createContext("/admin", started::admin);
    started.server.start();
    return started;
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it serves. */
  public SandboxCloud cloud() {
    return cloud;
  }

  private void serve(HttpExchange exchange) throws IOException {
    Reply reply;
    try {
      reply = cloud.handle(Codec.decode(body(exchange), Request.class));
    } catch (Invalid | IllegalArgumentException e) {
      answer(exchange, 400, Fields.of("message", Value.text(String.valueOf(e.getMessage()))));
      return;
    }
    switch (reply.delivery()) {
      case WHOLE -> answer(exchange, reply.status(), Codec.encode(reply));
      case DROPPED -> exchange.close();
      case TRUNCATED -> {
        byte[] bytes = Json.write(Codec.encode(reply)).getBytes(StandardCharsets.UTF_8);
        send(exchange, reply.status(), java.util.Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
  }

  private void admin(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath();
      boolean put = exchange.getRequestMethod().equals("PUT");
      switch (path) {
        case "/admin" -> answer(exchange, 200, counts());
        case "/admin/trail" -> answer(exchange, 200, trail());
        case "/admin/faults" -> {
          if (put) {
            Form form = Form.of("faults", body(exchange));
            List<Fault> faults = Fault.all(form, "faults");
            form.done();
            form.check();
            cloud.faults(faults);
          }
          answer(
              exchange,
              200,
              Fields.of(
                  "faults",
                  new Items(
                      cloud.faults().stream().map(fault -> (Value) Codec.encode(fault)).toList())));
        }
        default -> answer(exchange, 404, Fields.of("message", Value.text("no such page: " + path)));
      }
    } catch (Invalid | IllegalArgumentException e) {
      answer(exchange, 400, Fields.of("message", Value.text(String.valueOf(e.getMessage()))));
    }
  }

  private Fields counts() {
    return Fields.of("resources", cloud.counts())
        .with("calls", Value.num(cloud.trail().count()))
        .with("mutations", Value.num(cloud.trail().mutations()));
  }

  private Fields trail() {
    return Fields.of(
        "requests",
        new Items(cloud.trail().last().stream().map(seen -> (Value) Codec.encode(seen)).toList()));
  }

  private static Fields body(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (Json.parse(text) instanceof Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException("an object is expected");
  }

  private static void answer(HttpExchange exchange, int status, Fields body) throws IOException {
    send(exchange, status, Json.write(body).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    cloud.close();
  }
}
