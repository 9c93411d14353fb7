package dev.parley.provider.aws.body;

import dev.parley.catalog.TypeSchema;
import dev.parley.catalog.TypeSchema.Tags;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tags in the shape a type wants them, and among them the mark by which a resource is found again.
 * AWS keeps {@code aws:} for itself; such tags are shown and never sent.
 */
public final class Tagging {
  /** The tag that holds the correlation of the step that made a resource. */
  public static final String CORRELATION = "parley:correlation";

  private static final String RESERVED = "aws:";

  private Tagging() {}

  /** The tags that stand in a resource's properties. */
  public static Map<String, String> of(TypeSchema type, Fields properties) {
    var tags = new LinkedHashMap<String, String>();
    entries(type, properties)
        .forEach((name, value) -> text(value).ifPresent(text -> tags.put(name, text)));
    return tags;
  }

  /** The properties with the correlation among their tags; unchanged where a type has no tags. */
  public static Fields marked(TypeSchema type, Fields properties, String correlation) {
    if (type.tags().isEmpty()) {
      return properties;
    }
    var tags = new LinkedHashMap<>(entries(type, properties));
    tags.put(CORRELATION, Value.text(correlation));
    return written(type.tags().get(), properties, tags, Map.of());
  }

  /**
   * The properties with those tags that stood there before and are not spoken of now: a tag that
   * somebody else set is not ours to take away.
   */
  public static Fields kept(TypeSchema type, Fields now, Fields before) {
    if (type.tags().isEmpty() || type.tags().get().at().in(now).isEmpty()) {
      return now;
    }
    var tags = new LinkedHashMap<>(entries(type, before));
    tags.putAll(entries(type, now));
    tags.keySet().removeIf(name -> name.startsWith(RESERVED));
    return written(type.tags().get(), now, tags, items(type, before));
  }

  private static Map<String, Value> entries(TypeSchema type, Fields properties) {
    Optional<Tags> tags = type.tags();
    Value value = tags.flatMap(where -> where.at().in(properties)).orElse(Value.NULL);
    var entries = new LinkedHashMap<String, Value>();
    switch (value) {
      case Fields(var fields) -> entries.putAll(fields);
      case Items(var items) -> {
        for (Value item : items) {
          if (item instanceof Fields pair) {
            key(pair).ifPresent(key -> entries.put(key, pair.get("Value").orElse(Value.text(""))));
          }
        }
      }
      default -> {}
    }
    return entries;
  }

  /** A list's entries may say more than key and value, as for an Auto Scaling group. */
  private static Map<String, Fields> items(TypeSchema type, Fields properties) {
    var items = new LinkedHashMap<String, Fields>();
    type.tags()
        .flatMap(tags -> tags.at().in(properties))
        .filter(Items.class::isInstance)
        .map(Items.class::cast)
        .ifPresent(
            list ->
                list.items().stream()
                    .filter(Fields.class::isInstance)
                    .map(Fields.class::cast)
                    .forEach(pair -> key(pair).ifPresent(key -> items.put(key, pair))));
    return items;
  }

  private static Fields written(
      Tags tags, Fields properties, Map<String, Value> entries, Map<String, Fields> before) {
    Value value =
        switch (tags.shape()) {
          case MAP -> new Fields(entries);
          case KEY_VALUE_LIST -> {
            var said = new LinkedHashMap<>(before);
            if (tags.at().in(properties).orElse(Value.NULL) instanceof Items(var items)) {
              for (Value item : items) {
                if (item instanceof Fields pair) {
                  key(pair).ifPresent(key -> said.put(key, pair));
                }
              }
            }
            var list = new ArrayList<Value>();
            entries.forEach(
                (name, entry) ->
                    list.add(
                        said.getOrDefault(name, Fields.of("Key", Value.text(name)))
                            .with("Value", entry)));
            yield new Items(list);
          }
        };
    return tags.at().set(properties, value);
  }

  private static Optional<String> key(Fields pair) {
    return pair.text("Key");
  }

  private static Optional<String> text(Value value) {
    return switch (value) {
      case Text(var text) -> Optional.of(text);
      case Value.Num(var number) -> Optional.of(number.toPlainString());
      case Value.Bool(var bool) -> Optional.of(Boolean.toString(bool));
      default -> Optional.empty();
    };
  }
}
