package dev.parley.provider.aws.fake.type;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A JSON Patch (RFC 6902), carried out exactly: what is not there can't be replaced or removed. */
public final class Patch {
  private final List<Step> steps;

  private Patch(List<Step> steps) {
    this.steps = steps;
  }

  /** One operation. */
  private record Step(String op, Pointer path, Pointer from, Value value) {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is no patch
   */
  public static Patch of(String text) {
    Value read;
    try {
      read = Json.parsePlain(text);
    } catch (Invalid e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
    if (!(read instanceof Items(var items)) || items.isEmpty()) {
      throw new IllegalArgumentException("a patch is a list of at least one operation");
    }
    var steps = new ArrayList<Step>();
    for (Value item : items) {
      if (!(item instanceof Fields fields)) {
        throw new IllegalArgumentException("an operation is an object");
      }
      String op = fields.text("op").orElse("");
      boolean takesValue = List.of("add", "replace", "test").contains(op);
      boolean takesFrom = List.of("move", "copy").contains(op);
      if (!takesValue && !takesFrom && !op.equals("remove")) {
        throw new IllegalArgumentException("no such operation: '" + op + "'");
      }
      if (takesValue && fields.get("value").isEmpty()) {
        throw new IllegalArgumentException("'" + op + "' needs a value");
      }
      steps.add(
          new Step(
              op,
              pointer(fields, "path"),
              takesFrom ? pointer(fields, "from") : Pointer.ROOT,
              fields.get("value").orElse(Value.NULL)));
    }
    return new Patch(steps);
  }

  private static Pointer pointer(Fields fields, String name) {
    return Pointer.of(
        fields
            .text(name)
            .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing")));
  }

  /** Every place it writes to or takes away. */
  public List<Pointer> touched() {
    var touched = new ArrayList<Pointer>();
    for (Step step : steps) {
      if (!step.op().equals("test")) {
        touched.add(step.path());
      }
      if (step.op().equals("move")) {
        touched.add(step.from());
      }
    }
    return touched;
  }

  /**
   * The document after it.
   *
   * @throws IllegalArgumentException if an operation can't be carried out
   */
  public Fields on(Fields document) {
    Value now = document;
    for (Step step : steps) {
      now = apply(step, now);
    }
    if (now instanceof Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException("the result is no object");
  }

  private static Value apply(Step step, Value document) {
    return switch (step.op()) {
      case "add" -> add(document, step.path(), step.value());
      case "remove" -> remove(document, step.path());
      case "replace" -> {
        there(document, step.path());
        yield edit(document, step.path(), 0, _ -> step.value());
      }
      case "move" -> {
        Value moved = there(document, step.from());
        yield add(remove(document, step.from()), step.path(), moved);
      }
      case "copy" -> add(document, step.path(), there(document, step.from()));
      default -> {
        if (!there(document, step.path()).equals(step.value())) {
          throw new IllegalArgumentException("test failed at " + step.path());
        }
        yield document;
      }
    };
  }

  private static Value there(Value document, Pointer path) {
    return path.in(document)
        .orElseThrow(() -> new IllegalArgumentException("noSuchPath in source, path " + path));
  }

  private static Value add(Value document, Pointer path, Value value) {
    if (path.segments().isEmpty()) {
      return value;
    }
    Pointer parent = parent(path);
    String last = path.segments().getLast();
    there(document, parent);
    return edit(
        document,
        parent,
        0,
        here ->
            switch (here) {
              case Fields fields -> fields.with(last, value);
              case Items(var items) -> {
                var longer = new ArrayList<>(items);
                longer.add(last.equals("-") ? items.size() : index(last, items.size()), value);
                yield new Items(longer);
              }
              default -> throw new IllegalArgumentException("nothing can stand at " + path);
            });
  }

  private static Value remove(Value document, Pointer path) {
    there(document, path);
    if (path.segments().isEmpty()) {
      throw new IllegalArgumentException("the whole document can't be removed");
    }
    String last = path.segments().getLast();
    return edit(
        document,
        parent(path),
        0,
        here ->
            switch (here) {
              case Fields fields -> fields.without(last);
              case Items(var items) -> {
                var shorter = new ArrayList<>(items);
                shorter.remove(index(last, items.size() - 1));
                yield new Items(shorter);
              }
              default -> throw new IllegalArgumentException("nothing stands at " + path);
            });
  }

  private static Pointer parent(Pointer path) {
    return new Pointer(path.segments().subList(0, path.segments().size() - 1));
  }

  private static int index(String segment, int highest) {
    int index = segment.matches("0|[1-9][0-9]{0,5}") ? Integer.parseInt(segment) : -1;
    if (index < 0 || index > highest) {
      throw new IllegalArgumentException("no place " + segment + " in a list");
    }
    return index;
  }

  private static Value edit(Value here, Pointer path, int depth, UnaryOperator<Value> change) {
    if (depth == path.segments().size()) {
      return change.apply(here);
    }
    String segment = path.segments().get(depth);
    return switch (here) {
      case Fields fields ->
          fields.with(segment, edit(fields.get(segment).orElseThrow(), path, depth + 1, change));
      case Items(var items) -> {
        var copy = new ArrayList<>(items);
        int index = index(segment, items.size() - 1);
        copy.set(index, edit(items.get(index), path, depth + 1, change));
        yield new Items(copy);
      }
      default -> throw new IllegalArgumentException("nothing stands at " + path);
    };
  }
}
