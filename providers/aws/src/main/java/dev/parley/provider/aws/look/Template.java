package dev.parley.provider.aws.look;

import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with placeholders: {@code ${id}}, {@code ${id.0}} (one part of a joined id), {@code
 * ${name}}, {@code ${region}}, {@code ${/Property}}, {@code ${input.count}}, {@code ${item/Arn}}. A
 * text that is nothing but a placeholder becomes what stands there, of whatever kind; behind a name
 * {@code ?} leaves the field or item out where nothing stands there.
 */
record Template(Value value) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}?]+)(\\?)?}");

  /** The names of all placeholders in it. */
  Set<String> placeholders() {
    var names = new TreeSet<String>();
    collect(value, names);
    return names;
  }

  /**
   * The document for one thing.
   *
   * @throws Missing if a placeholder without {@code ?} stands for nothing
   */
  Value fill(Scope scope) {
    var missing = new ArrayList<String>();
    Value filled = fill(value, scope, missing).orElse(Value.NULL);
    if (!missing.isEmpty()) {
      throw new Missing(missing);
    }
    return filled;
  }

  /** What a document needed was not there. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(List<String> names) {
      super(String.join(", ", names));
    }
  }

  private static Optional<Value> fill(Value value, Scope scope, List<String> missing) {
    return switch (value) {
      case Text(var text) -> text(text, scope, missing);
      case Items(var items) -> {
        var filled = new ArrayList<Value>();
        items.forEach(item -> fill(item, scope, missing).ifPresent(filled::add));
        yield Optional.of(new Items(filled));
      }
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach(
            (name, field) -> fill(field, scope, missing).ifPresent(now -> filled.put(name, now)));
        yield Optional.of(new Fields(filled));
      }
      default -> Optional.of(value);
    };
  }

  private static Optional<Value> text(String text, Scope scope, List<String> missing) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    if (placeholder.matches()) {
      Optional<Value> found = scope.get(placeholder.group(1));
      if (found.isEmpty() && placeholder.group(2) == null) {
        missing.add(placeholder.group(1));
      }
      return found;
    }
    var filled = new StringBuilder();
    placeholder.reset();
    while (placeholder.find()) {
      Optional<String> found = scope.get(placeholder.group(1)).flatMap(Template::plain);
      if (found.isEmpty()) {
        if (placeholder.group(2) == null) {
          missing.add(placeholder.group(1));
        }
        return Optional.empty();
      }
      placeholder.appendReplacement(filled, Matcher.quoteReplacement(found.get()));
    }
    return Optional.of(Value.text(placeholder.appendTail(filled).toString()));
  }

  /** As it stands inside a text. */
  static Optional<String> plain(Value value) {
    return switch (value) {
      case Text(var text) -> Optional.of(text);
      case Num(var number) -> Optional.of(number.toPlainString());
      case Bool(var bool) -> Optional.of(Boolean.toString(bool));
      default -> Optional.empty();
    };
  }

  private static void collect(Value value, Set<String> names) {
    switch (value) {
      case Text(var text) -> {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
          names.add(placeholder.group(1));
        }
      }
      case Items(var items) -> items.forEach(item -> collect(item, names));
      case Fields(var fields) -> fields.values().forEach(field -> collect(field, names));
      default -> {}
    }
  }
}
