package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tags in the shape in which a type takes them. */
final class TagShapes {
  private TagShapes() {}

  /** A copy with tags added; what the properties hold already is kept. */
  static Fields add(Fields properties, TypeSchema type, Map<String, String> tags) {
    if (type.tags().isEmpty() || tags.isEmpty()) {
      return properties;
    }
    return merge(properties, type.tags().get(), texts(tags), false);
  }

  /** A copy with tags set, also where the properties hold others. */
  static Fields set(Fields properties, TypeSchema type, Map<String, String> tags) {
    if (type.tags().isEmpty() || tags.isEmpty()) {
      return properties;
    }
    return merge(properties, type.tags().get(), texts(tags), true);
  }

  /** The tags that stand in properties, by key. */
  static Map<String, Value> read(Fields properties, TypeSchema type) {
    return type.tags().map(tags -> read(properties, tags)).orElse(Map.of());
  }

  /** A copy of the properties with exactly the other's tags laid over their own. */
  static Fields over(Fields base, Fields wish, TypeSchema type) {
    Map<String, Value> said = read(wish, type);
    return said.isEmpty() ? base : merge(base, type.tags().orElseThrow(), said, true);
  }

  private static Map<String, Value> read(Fields properties, TypeSchema.Tags tags) {
    Map<String, Value> read = new LinkedHashMap<>();
    Value value = tags.at().in(properties).orElse(Value.NULL);
    switch (tags.shape()) {
      case MAP -> {
        if (value instanceof Fields(var fields)) {
          read.putAll(fields);
        }
      }
      case KEY_VALUE_LIST -> {
        if (value instanceof Items(var items)) {
          for (Value item : items) {
            if (item instanceof Fields tag && tag.text("Key").isPresent()) {
              read.put(tag.text("Key").get(), tag.get("Value").orElse(Value.text("")));
            }
          }
        }
      }
    }
    return read;
  }

  private static Fields merge(
      Fields properties, TypeSchema.Tags tags, Map<String, Value> more, boolean stronger) {
    Optional<Value> there = tags.at().in(properties);
    boolean foreign =
        there.isPresent() && !(there.get() instanceof Fields) && !(there.get() instanceof Items);
    if (foreign) {
      return properties;
    }
    Map<String, Value> merged = read(properties, tags);
    var names = new LinkedHashSet<>(merged.keySet());
    more.forEach(
        (name, value) -> {
          if (stronger || !merged.containsKey(name)) {
            merged.put(name, value);
            names.add(name);
          }
        });
    Value written =
        switch (tags.shape()) {
          case MAP -> new Fields(merged);
          case KEY_VALUE_LIST -> {
            var items = new ArrayList<Value>();
            for (String name : names) {
              items.add(
                  Fields.of("Key", Value.text(name))
                      .with("Value", merged.getOrDefault(name, Value.text(""))));
            }
            yield new Items(items);
          }
        };
    return tags.at().set(properties, written);
  }

  private static Map<String, Value> texts(Map<String, String> tags) {
    var texts = new TreeMap<String, Value>();
    tags.forEach((name, value) -> texts.put(name, Value.text(value)));
    return texts;
  }
}
