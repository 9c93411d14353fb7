package dev.parley.rules.logic;

import dev.parley.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Values in words, short and without secrets. */
public final class Phrases {
  private static final int LONGEST = 90;

  private Phrases() {}

  /** What was found, for a message. */
  public static String of(Found found) {
    return switch (found) {
      case Found.Known(var value) -> of(value);
      case Found.Absent _ -> "absent";
      case Found.Unknown(var why, _) -> "not known before the run (" + cut(why) + ")";
    };
  }

  /** A value, for a message. */
  public static String of(Value value) {
    return cut(
        switch (value) {
          case Value.Text(var text) ->
              SecretLike.reason("", text).isPresent() ? "a text that looks like a secret" : text;
          case Value.Num(var number) -> number.toPlainString();
          case Value.Bool(var bool) -> Boolean.toString(bool);
          case Value.Null _ -> "absent";
          case Value.Items(var items) -> list(items);
          case Value.Fields fields -> fields.isEmpty() ? "an empty object" : "an object";
          case Value.Ref(var target, _) -> "not known before the run (" + target + ")";
          case Value.Secret _ -> "a secret";
          case Value.Unknown(var why) -> "not known before the run (" + why + ")";
        });
  }

  private static String list(List<Value> items) {
    if (items.isEmpty()) {
      return "none";
    }
    return items.stream().anyMatch(Value.Fields.class::isInstance)
        ? "a list of " + items.size()
        : items.stream().map(Phrases::of).collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
