package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Written values as a type's schema wants them: {@code 60} is a number where a number belongs. */
final class Literals {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  private Literals() {}

  /** The place a key names: {@code /A/B}, {@code A.B} or {@code A}. */
  static Pointer place(String key, Optional<TypeSchema> schema) {
    if (key.startsWith("/")) {
      return Pointer.of(key);
    }
    boolean literal =
        schema.map(s -> !s.schema().fieldsAt("properties").fieldsAt(key).isEmpty()).orElse(false);
    return literal ? Pointer.ROOT.child(key) : new Pointer(List.of(key.split("\\.")));
  }

  /** The value of a pair. */
  static Value read(Pair pair, Pointer place, Optional<TypeSchema> schema) {
    Optional<String> type = schema.flatMap(s -> type(s.schema(), place));
    return read(pair.value(), pair.quoted(), type.orElse(pair.quoted() ? "string" : ""));
  }

  private static Value read(String text, boolean quoted, String type) {
    if (text.startsWith("{")) {
      try {
        return Json.parse(text);
      } catch (Invalid e) {
        return Value.text(text);
      }
    }
    if (text.startsWith("[") && text.endsWith("]") && !quoted) {
      return list(text);
    }
    if (text.startsWith("@") && text.length() > 1 && !quoted) {
      int hash = text.indexOf('#');
      return hash < 0
          ? new Value.Ref(text.substring(1), "")
          : new Value.Ref(text.substring(1, hash), text.substring(hash + 1));
    }
    boolean truth = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return switch (type) {
      case "string" -> Value.text(text);
      case "integer", "number" ->
          NUMBER.matcher(text).matches() ? Value.num(new BigDecimal(text)) : Value.text(text);
      case "boolean" ->
          truth
              ? Value.bool(Boolean.parseBoolean(text))
              : switch (text.toLowerCase(java.util.Locale.ROOT)) {
                case "yes", "on", "enabled" -> Value.bool(true);
                case "no", "off", "disabled" -> Value.bool(false);
                default -> Value.text(text);
              };
      case "array" -> new Value.Items(List.of(plain(text, quoted)));
      default -> plain(text, quoted);
    };
  }

  private static Value plain(String text, boolean quoted) {
    if (quoted) {
      return Value.text(text);
    }
    if (NUMBER.matcher(text).matches()
        && !(text.length() > 1 && text.startsWith("0") && !text.startsWith("0."))) {
      return Value.num(new BigDecimal(text));
    }
    return text.equals("true") || text.equals("false")
        ? Value.bool(text.equals("true"))
        : Value.text(text);
  }

  /** JSON if it is JSON, else words divided by commas. */
  private static Value list(String text) {
    try {
      return Json.parse(text);
    } catch (Invalid e) {
      var items = new ArrayList<Value>();
      for (String part : text.substring(1, text.length() - 1).split(",")) {
        if (!part.isBlank()) {
          items.add(plain(part.strip(), false));
        }
      }
      return new Value.Items(items);
    }
  }

  /** The JSON Schema type at a place; empty if the schema does not say. */
  private static Optional<String> type(Fields root, Pointer place) {
    Fields here = follow(root, root);
    for (String segment : place.segments()) {
      Fields property = here.fieldsAt("properties").fieldsAt(segment);
      Fields next = property.isEmpty() ? here.fieldsAt("items") : property;
      if (next.isEmpty()) {
        next = here.fieldsAt("additionalProperties");
      }
      if (next.isEmpty()) {
        return Optional.empty();
      }
      here = follow(root, next);
    }
    Optional<Value> type = here.get("type");
    return type.flatMap(
        t ->
            switch (t) {
              case Text(var name) -> Optional.of(name);
              case Value.Items(var items) ->
                  items.stream()
                      .filter(item -> item instanceof Text(var name) && !name.equals("null"))
                      .map(item -> ((Text) item).text())
                      .findFirst();
              default -> Optional.<String>empty();
            });
  }

  private static Fields follow(Fields root, Fields schema) {
    Fields here = schema;
    for (int i = 0; i < 8; i++) {
      Optional<String> ref = here.text("$ref");
      if (ref.isEmpty() || !ref.get().startsWith("#/")) {
        return here;
      }
      here =
          Pointer.of(ref.get().substring(1))
              .in(root)
              .filter(Fields.class::isInstance)
              .map(Fields.class::cast)
              .orElse(Fields.EMPTY);
    }
    return here;
  }
}
