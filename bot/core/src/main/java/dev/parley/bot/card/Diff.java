package dev.parley.bot.card;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How two sets of properties differ, leaf by leaf; lists are compared as wholes. */
public final class Diff {
  private Diff() {}

  /** One property that differs. */
  public record Line(Pointer path, Optional<Value> was, Optional<Value> now) {
    /** {@code /InstanceType: t3.small → t3.medium}. */
    @Override
    public String toString() {
      return path
          + ": "
          + was.map(Say::value).orElse("(none)")
          + " → "
          + now.map(Say::value).orElse("(none)");
    }
  }

  /** All differences, by path. */
  public static List<Line> between(Fields was, Fields now) {
    var found = new ArrayList<Line>();
    walk(Pointer.ROOT, was, now, found);
    return found;
  }

  /**
   * What is set or changed; what is merely not asked for is named in one line, since most of it is
   * the provider's own.
   */
  public static List<String> changes(Fields was, Fields now) {
    List<Line> all = between(was, now);
    var found =
        new ArrayList<>(
            all.stream().filter(line -> line.now().isPresent()).map(Line::toString).toList());
    List<String> rest =
        all.stream()
            .filter(line -> line.now().isEmpty())
            .map(line -> line.path().toString())
            .toList();
    if (!rest.isEmpty()) {
      found.add("not asked for: " + String.join(", ", rest));
    }
    return found;
  }

  /** Every property by its path, lists taken apart; a list of tags stays one line. */
  public static List<String> leaves(Fields fields) {
    var found = new ArrayList<String>();
    leaves(Pointer.ROOT, fields, found);
    return found;
  }

  private static void leaves(Pointer at, Value value, List<String> found) {
    switch (value) {
      case Fields(var fields) when !fields.isEmpty() ->
          new TreeMap<>(fields).forEach((name, inner) -> leaves(at.child(name), inner, found));
      case Value.Items(var items) when !items.isEmpty() && items.stream().allMatch(Diff::isTag) ->
          found.add(
              at
                  + ": "
                  + items.stream()
                      .map(item -> tag((Fields) item))
                      .collect(Collectors.joining(", ")));
      case Value.Items(var items) when !items.isEmpty() -> {
        for (int i = 0; i < items.size(); i++) {
          leaves(at.child(String.valueOf(i)), items.get(i), found);
        }
      }
      default -> found.add(at + ": " + Say.value(value));
    }
  }

  private static boolean isTag(Value value) {
    return value instanceof Fields(var fields) && fields.keySet().equals(Set.of("Key", "Value"));
  }

  private static String tag(Fields tag) {
    return tag.text("Key").orElse("?") + "=" + tag.text("Value").orElse("?");
  }

  private static void walk(Pointer at, Fields was, Fields now, List<Line> found) {
    var names = new TreeSet<>(was.fields().keySet());
    names.addAll(now.fields().keySet());
    for (String name : names) {
      Optional<Value> before = was.get(name);
      Optional<Value> after = now.get(name);
      if (before.equals(after)) {
        continue;
      }
      if (before.orElse(Value.NULL) instanceof Fields b
          && after.orElse(Value.NULL) instanceof Fields a) {
        walk(at.child(name), b, a, found);
      } else {
        found.add(new Line(at.child(name), before, after));
      }
    }
  }
}
