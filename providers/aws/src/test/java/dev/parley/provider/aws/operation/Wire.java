package dev.parley.provider.aws.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service at the other end of the wire: writes down what comes, and answers what it is told. */
public final class Wire implements AutoCloseable {
  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * What came.
   *
   * @param target the operation, for protocols that name it in a header; else ""
   */
  public record Call(String method, String path, String target, String body) {}

  /** What is answered. */
  public record Answer(int status, String type, String body) {
    /** In JSON. */
    public static Answer json(String body) {
      return new Answer(200, "application/x-amz-json-1.1", body);
    }

    /** In XML. */
    public static Answer xml(String body) {
      return new Answer(200, "text/xml", body);
    }

    /** A failure as the JSON protocols tell it. */
    public static Answer error(int status, String code, String message) {
      String body = "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}";
      return new Answer(status, "application/x-amz-json-1.1", body);
    }
  }

  public Wire(Function<Call, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> serve(exchange, answers));
    server.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What came so far. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  private void serve(HttpExchange exchange, Function<Call, Answer> answers) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    var call =
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            target == null ? "" : target.substring(target.lastIndexOf('.') + 1),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Answer answer = answers.apply(call);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
