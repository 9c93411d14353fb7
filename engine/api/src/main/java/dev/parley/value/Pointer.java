package dev.parley.value;

import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place inside a value: JSON Pointer (RFC 6901).
 *
 * @param segments unescaped; a list is indexed by decimal digits
 */
public record Pointer(List<String> segments) {
  /** The whole value. */
  public static final Pointer ROOT = new Pointer(List.of());

  public Pointer {
    segments = List.copyOf(segments);
  }

  /**
   * Reads the text form: "" or "/a/b/0".
   *
   * @throws IllegalArgumentException if it is neither empty nor starts with a slash
   */
  public static Pointer of(String text) {
    if (text.isEmpty()) {
      return ROOT;
    }
    if (text.charAt(0) != '/') {
      throw new IllegalArgumentException("a JSON pointer starts with '/': " + text);
    }
    var segments = new ArrayList<String>();
    for (String part : text.substring(1).split("/", -1)) {
      segments.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return new Pointer(segments);
  }

  /** One step further in. */
  public Pointer child(String segment) {
    var longer = new ArrayList<>(segments);
    longer.add(segment);
    return new Pointer(longer);
  }

  /** What stands there, if anything does. */
  public Optional<Value> in(Value root) {
    Value here = root;
    for (String segment : segments) {
      Optional<Value> next = step(here, segment);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      here = next.get();
    }
    return Optional.of(here);
  }

  /**
   * A copy of the object with the value set there. Missing objects on the way are made; a missing
   * list is made where the next segment is {@code 0}; a list grows by one at most.
   *
   * @throws IllegalArgumentException if the way leads through a text, a number or past a list's end
   */
  public Fields set(Fields root, Value value) {
    return (Fields) edit(root, 0, _ -> Optional.of(value));
  }

  /** A copy of the object without what stands there; the same object if nothing does. */
  public Fields remove(Fields root) {
    return in(root).isEmpty() ? root : (Fields) edit(root, 0, _ -> Optional.empty());
  }

  private Value edit(Value here, int depth, Function<Value, Optional<Value>> change) {
    if (depth == segments.size()) {
      return change.apply(here).orElseThrow(() -> new IllegalArgumentException("no root"));
    }
    String segment = segments.get(depth);
    boolean last = depth == segments.size() - 1;
    return switch (here) {
      case Fields fields -> {
        Value before = fields.get(segment).orElseGet(() -> empty(depth + 1));
        Optional<Value> after =
            last ? change.apply(before) : Optional.of(edit(before, depth + 1, change));
        yield after.map(now -> fields.with(segment, now)).orElseGet(() -> fields.without(segment));
      }
      case Items(var items) -> {
        int index = index(segment, items.size());
        var copy = new ArrayList<>(items);
        Value before = index < items.size() ? items.get(index) : empty(depth + 1);
        Optional<Value> after =
            last ? change.apply(before) : Optional.of(edit(before, depth + 1, change));
        if (index == items.size()) {
          after.ifPresent(copy::add);
        } else if (after.isPresent()) {
          copy.set(index, after.get());
        } else {
          copy.remove(index);
        }
        yield new Items(copy);
      }
      default -> throw new IllegalArgumentException("nothing can stand at " + this);
    };
  }

  private Value empty(int depth) {
    boolean list = depth < segments.size() && segments.get(depth).equals("0");
    return list ? Items.of() : Fields.EMPTY;
  }

  private int index(String segment, int size) {
    int index =
        segment.chars().allMatch(Character::isDigit) && segment.length() < 7
            ? Integer.parseInt(segment)
            : -1;
    if (index < 0 || index > size) {
      throw new IllegalArgumentException(
          "no place " + segment + " in a list of " + size + ": " + this);
    }
    return index;
  }

  private static Optional<Value> step(Value here, String segment) {
    return switch (here) {
      case Fields fields -> fields.get(segment);
      case Items(var items) -> {
        boolean digits =
            !segment.isEmpty()
                && segment.length() < 7
                && segment.chars().allMatch(Character::isDigit);
        int index = digits ? Integer.parseInt(segment) : -1;
        yield index >= 0 && index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** The text form. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String segment : segments) {
      text.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
