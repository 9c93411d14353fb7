package dev.parley.engine.redact;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/**
 * Takes credentials out of a cloud's answer: by the shape of texts, and by what fields are called.
 */
public final class Answers {
  private static final Pattern TELLING =
      Pattern.compile(
          "(?i).*(?:password|passwd|passphrase|secret|secret_?string|secret_?binary|secret_?key"
              + "|secret_?access_?key|private_?key|api_?key|session_?token|auth_?token"
              + "|access_?token|refresh_?token|bearer_?token|credentials?|connection_?string)");

  private Answers() {}

  /** The same value with each credential replaced. */
  public static Fields redact(Fields answer) {
    var copy = new LinkedHashMap<String, Value>();
    answer
        .fields()
        .forEach(
            (name, field) ->
                copy.put(
                    name,
                    field instanceof Value.Text && TELLING.matcher(name).matches()
                        ? Value.text("[redacted: " + name + "]")
                        : redact(field)));
    return new Fields(copy);
  }

  private static Value redact(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Value.text(Redactor.redact(text).text());
      case Value.Items(var items) -> new Value.Items(items.stream().map(Answers::redact).toList());
      case Fields fields -> redact(fields);
      case Value.Num _, Value.Bool _, Value.Null _, Value.Ref _, Value.Secret _, Value.Unknown _ ->
          value;
    };
  }
}
