package dev.parley.rules.logic;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
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
          case Value.Text(var text) -> SecretLike.reason("", text).isPresent() ? "a text that looks like a secret" : text;
          case Value.Num(var number) -> number.toPlainString();
          case Value.Bool(var bool) -> Boolean.toString(bool);
          case Value.Null _ -> "absent";
          case Value.Items(var items) ->
              items.isEmpty() ? "none" : items.stream().map(Phrases::of).collect(Collectors.joining(", "));
          case Value.Fields fields ->
              fields.isEmpty() ? "{}" : SecretLike.first(fields).isPresent() ? "an object" : Json.write(fields);
          case Value.Ref(var target, _) -> "not known before the run (" + target + ")";
          case Value.Secret _ -> "a secret";
          case Value.Unknown(var why) -> "not known before the run (" + why + ")";
        });
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
