package dev.parley.engine.blueprint;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A draft's JSON with {@code ${parameter}} placeholders. {@code {$repeat: "${count}", item: …}}
 * stands for so many items, in each of which {@code ${index}} counts from 1.
 */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_-]+)}");
  private static final int MOST = 1000;

  private final Map<String, Value> values;

  Template(Map<String, Value> values) {
    this.values = values;
  }

  /** The names of all placeholders but {@code index}. */
  static Set<String> placeholders(Value value) {
    var names = new LinkedHashSet<String>();
    collect(value, names);
    names.remove("index");
    return names;
  }

  Value fill(Value value) {
    return switch (value) {
      case Text(var text) -> text(text);
      case Ref(var target, var pointer) -> new Ref(inline(target), inline(pointer));
      case Items(var items) -> {
        var filled = new ArrayList<Value>();
        for (Value item : items) {
          if (item instanceof Fields fields && fields.get("$repeat").isPresent()) {
            filled.addAll(repeat(fields));
          } else {
            filled.add(fill(item));
          }
        }
        yield new Items(filled);
      }
      case Fields fields when fields.get("$repeat").isPresent() -> new Items(repeat(fields));
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> filled.put(inline(name), fill(field)));
        yield new Fields(filled);
      }
      default -> value;
    };
  }

  private List<Value> repeat(Fields fields) {
    int count =
        fill(fields.get("$repeat").orElseThrow()) instanceof Num(var number)
            ? Math.clamp(number.longValue(), 0, MOST)
            : 0;
    var items = new ArrayList<Value>();
    for (int i = 1; i <= count; i++) {
      var inner = new LinkedHashMap<>(values);
      inner.put("index", Value.num(i));
      items.add(new Template(inner).fill(fields.get("item").orElse(Value.NULL)));
    }
    return items;
  }

  private Value text(String text) {
    Matcher match = PLACEHOLDER.matcher(text);
    return match.matches()
        ? values.getOrDefault(match.group(1), new Text(text))
        : new Text(inline(text));
  }

  private String inline(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    plain(values.getOrDefault(match.group(1), new Text(match.group())))));
  }

  private static String plain(Value value) {
    return switch (value) {
      case Text(var text) -> text;
      case Num(var number) -> number.toPlainString();
      case Bool(var bool) -> Boolean.toString(bool);
      default -> "";
    };
  }

  private static void collect(Value value, Set<String> names) {
    switch (value) {
      case Text(var text) ->
          PLACEHOLDER.matcher(text).results().forEach(match -> names.add(match.group(1)));
      case Ref(var target, var pointer) -> collect(new Text(target + pointer), names);
      case Items(var items) -> items.forEach(item -> collect(item, names));
      case Fields(var fields) ->
          fields.forEach(
              (name, field) -> {
                collect(new Text(name), names);
                collect(field, names);
              });
      default -> {}
    }
  }
}
