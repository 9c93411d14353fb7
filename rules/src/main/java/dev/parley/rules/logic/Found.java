package dev.parley.rules.logic;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.util.List;
import java.util.Optional;

/** What stands at a place. */
public sealed interface Found {
  /** This. A secret is known to be there; its content is not. */
  record Known(Value value) implements Found {}

  /** Nothing, or JSON's null. */
  record Absent() implements Found {}

  /**
   * Something that shows only during the run.
   *
   * @param why the expression it hangs on
   * @param there whether it is certain that something will stand there: a reference does, while a
   *     condition may leave the place empty
   */
  record Unknown(String why, boolean there) implements Found {
    /** Perhaps there, perhaps not. */
    public Unknown(String why) {
      this(why, false);
    }
  }

  /** Nothing. */
  Found NOTHING = new Absent();

  /**
   * Looks a place up. A reference or an unknown on the way makes it unknown; a text on the way that
   * holds JSON is read as JSON, since policies are often written so.
   */
  static Found in(Value root, Pointer at) {
    Value here = root;
    for (String segment : at.segments()) {
      Value object = opened(here);
      if (object instanceof Value.Secret) {
        return new Unknown("a secret's content");
      }
      if (of(object) instanceof Unknown(var why, _)) {
        return new Unknown(why);
      }
      Optional<Value> next = step(object, segment);
      if (next.isEmpty()) {
        return NOTHING;
      }
      here = next.get();
    }
    return of(here);
  }

  private static Optional<Value> step(Value object, String segment) {
    return object instanceof Value.Fields fields
        ? fields.get(segment)
        : object instanceof Value.Items
            ? new Pointer(List.of(segment)).in(object)
            : Optional.empty();
  }

  /** A value as a finding of a place. */
  static Found of(Value value) {
    return switch (value) {
      case Value.Null _ -> NOTHING;
      case Value.Ref(var target, var pointer) ->
          new Unknown(target + (pointer.isEmpty() ? "" : "#" + pointer), true);
      case Value.Unknown(var why) -> new Unknown(why);
      case Value.Text _, Value.Num _, Value.Bool _, Value.Items _, Value.Fields _, Value.Secret _ ->
          new Known(value);
    };
  }

  /** A text that holds a JSON object or list, as that; anything else as it is. */
  static Value opened(Value value) {
    if (value instanceof Value.Text(var text)) {
      String trimmed = text.strip();
      if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
        try {
          return Json.parsePlain(trimmed);
        } catch (Invalid notJson) {
          return value;
        }
      }
    }
    return value;
  }
}
