package dev.parley.provider.aws.fake.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer, ready to be sent. */
public record Answer(int status, Map<String, String> headers, String body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A copy with one header more. */
  public Answer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** A copy with another body. */
  public Answer saying(String other) {
    return new Answer(status, headers, other);
  }
}
