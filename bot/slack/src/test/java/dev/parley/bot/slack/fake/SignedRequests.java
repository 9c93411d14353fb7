package dev.parley.bot.slack.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts deliveries as Slack does in HTTP mode: JSON for events, forms for the rest, signed.
 *
 * @param clock whose time stands on the requests
 */
public record SignedRequests(URI to, String secret, Clock clock) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Sends one; gives the status. */
  public int send(String type, Fields payload, int retry) {
    boolean json = type.equals("events_api");
    String body =
        switch (type) {
          case "events_api" -> Json.write(payload);
          case "interactive" -> "payload=" + encoded(Json.write(payload));
          default ->
              payload.fields().entrySet().stream()
                  .map(one -> one.getKey() + "=" + encoded(((Text) one.getValue()).text()))
                  .collect(Collectors.joining("&"));
        };
    String time = Long.toString(clock.instant().getEpochSecond());
    return post(
            body,
            json ? "application/json" : "application/x-www-form-urlencoded",
            time,
            signature(secret, time, body))
        .statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A first exchange, so that none of this machine's own preparations is measured later. */
  void warm() {
    try {
      HTTP.send(HttpRequest.newBuilder(to).build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Posts anything. */
  public HttpResponse<String> post(String body, String type, String time, String signature) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(to)
              .header("Content-Type", type)
              .header("X-Slack-Request-Timestamp", time)
              .header("X-Slack-Signature", signature)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The header's value. */
  public static String signature(String secret, String time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sum = mac.doFinal(("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
