package dev.parley.provider.sandbox.wire;

import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.sandbox.cloud.Reply;
import dev.parley.provider.sandbox.cloud.Request;
import dev.parley.value.Invalid;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A cloud in another process. Everything is a POST, since java.net.http sends a GET twice when a
 * connection breaks.
 */
public final class HttpLink implements Link {
  private final URI endpoint;
  private final Duration timeout;
  private final HttpClient client;

  /** Builds it; does no I/O. */
  public HttpLink(URI endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Reply send(Request request) throws LinkBroken {
    var call =
        HttpRequest.newBuilder(endpoint.resolve("/v1/" + request.verb().word()))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(Codec.encode(request))))
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(call, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new LinkBroken(sent(e), "no answer from " + endpoint + ": " + said(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkBroken(Sent.MAYBE, "interrupted while waiting for " + endpoint);
    }
    try {
      return Codec.decode((Fields) Json.parse(response.body()), Reply.class);
    } catch (Invalid | IllegalArgumentException | ClassCastException e) {
      throw new LinkBroken(Sent.YES, "unreadable answer, status " + response.statusCode());
    }
  }

  /** Only a refused connection proves that nothing was sent. */
  private static Sent sent(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return Sent.NO;
      }
    }
    return Sent.MAYBE;
  }

  private static String said(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  @Override
  public String endpoint() {
    return endpoint.toString();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
