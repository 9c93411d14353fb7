package dev.parley.provider.aws.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.fake.world.WireEntry;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * For tests that run beside the stand-in and not inside: {@code GET /_fake/state} shows what there
 * is, {@code GET /_fake/wire} what was asked, {@code POST /_fake/faults} lets something go wrong.
 */
final class Witness implements HttpHandler {
  private final FakeAws aws;

  Witness(FakeAws aws) {
    this.aws = aws;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (asked) {
        case "GET /_fake/state" -> send(exchange, 200, aws.exported());
        case "GET /_fake/wire" ->
            send(
                exchange,
                200,
                Json.write(new Items(aws.wire().stream().<Value>map(WireEntry::written).toList())));
        case "POST /_fake/faults" -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          aws.strike(Codec.decode((Fields) Json.parse(body), Fault.class));
          send(exchange, 204, "");
        }
        default -> send(exchange, 404, "nothing at " + asked);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
