package dev.parley.bot.web;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Does over HTTP what the page does. */
final class PageClient implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  PageClient(URI base) {
    this.base = base;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }

  /** A body as the page sends it. */
  HttpRequest.Builder posting(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/json")
        .header(LocalOnly.HEADER, "1")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path));
  }

  Fields json(String path) {
    return fields(get(path));
  }

  HttpResponse<byte[]> post(String path, Fields body) {
    return send(posting(path, Json.write(body).getBytes(StandardCharsets.UTF_8)));
  }

  /** Posts and expects it to be taken. */
  Fields done(String path, Fields body) {
    HttpResponse<byte[]> answer = post(path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + text(answer));
    }
    return fields(answer);
  }

  static Fields fields(HttpResponse<byte[]> answer) {
    return (Fields) Json.parsePlain(text(answer));
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  Events events(String person, Optional<String> after) {
    var request = request("api/events?as=" + person);
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    return new Events(http, request.build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
