package dev.parley.value;

import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import dev.parley.value.Value.Unknown;
import java.util.TreeMap;

/**
 * One spelling for each value: JSON without white space, fields sorted by UTF-16 code units,
 * minimal escapes, as in RFC 8785 (JCS), except that numbers keep all their decimal digits.
 *
 * <p>References, secrets and unknowns become one-field objects named {@code $ref}, {@code $secret}
 * and {@code $unknown}.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical text of a value. */
  public static String write(Value value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Value value, StringBuilder out) {
    switch (value) {
      case Text(var text) -> quote(text, out);
      case Num(var number) -> out.append(number.toPlainString());
      case Bool(var bool) -> out.append(bool);
      case Null _ -> out.append("null");
      case Items(var items) -> {
        out.append('[');
        String comma = "";
        for (Value item : items) {
          out.append(comma);
          write(item, out);
          comma = ",";
        }
        out.append(']');
      }
      case Fields(var fields) -> {
        out.append('{');
        String comma = "";
        for (var field : new TreeMap<>(fields).entrySet()) {
          out.append(comma);
          quote(field.getKey(), out);
          out.append(':');
          write(field.getValue(), out);
          comma = ",";
        }
        out.append('}');
      }
      case Ref(var target, var pointer) -> marked("$ref", target + "#" + pointer, out);
      case Secret(var reference) -> marked("$secret", reference, out);
      case Unknown(var why) -> marked("$unknown", why, out);
    }
  }

  private static void marked(String marker, String text, StringBuilder out) {
    out.append("{\"").append(marker).append("\":");
    quote(text, out);
    out.append('}');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
