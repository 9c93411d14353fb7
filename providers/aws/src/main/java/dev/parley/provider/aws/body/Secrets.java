package dev.parley.provider.aws.body;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** The secrets of one call: resolved at the last moment, and struck out of whatever comes back. */
public final class Secrets {
  private final Function<String, String> resolve;
  private final Set<String> texts = new LinkedHashSet<>();

  /**
   * @param resolve looks up a reference
   */
  public Secrets(Function<String, String> resolve) {
    this.resolve = resolve;
  }

  /**
   * The properties with the secrets' texts in place.
   *
   * @throws IllegalArgumentException naming the reference that leads nowhere
   */
  public Fields reveal(Fields properties) {
    return (Fields) reveal((Value) properties);
  }

  private Value reveal(Value value) {
    return switch (value) {
      case Secret(var reference) -> {
        String text = resolve.apply(reference);
        if (!text.isEmpty()) {
          texts.add(text);
        }
        yield new Text(text);
      }
      case Items(var items) -> new Items(items.stream().map(this::reveal).toList());
      case Fields(var fields) -> {
        var revealed = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> revealed.put(name, reveal(field)));
        yield new Fields(revealed);
      }
      default -> value;
    };
  }

  /** A text without them. */
  public String redact(String text) {
    String redacted = text;
    for (String secret : texts) {
      redacted = redacted.replace(secret, "***");
    }
    return redacted;
  }
}
