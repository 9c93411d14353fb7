package dev.parley.provider.aws.fake.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as it arrived.
 *
 * @param path as sent, still escaped
 * @param query as sent, still escaped; empty if there is none
 * @param headers by lower-case name
 */
public record Request(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
  public Request {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  /** The first header of that name (in lower case). */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
