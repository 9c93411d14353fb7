package dev.parley.provider.aws.look;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;

/** Pointers in which {@code *} stands for every item of a list on the way. */
final class Paths {
  private Paths() {}

  /** The items of the list or lists there; nothing if there is none. */
  static List<Value> items(Value root, Pointer path) {
    List<Value> here = List.of(root);
    for (String segment : path.segments()) {
      var next = new ArrayList<Value>();
      for (Value value : here) {
        if (segment.equals("*")) {
          next.addAll(all(value));
        } else {
          Pointer.ROOT.child(segment).in(value).ifPresent(next::add);
        }
      }
      here = next;
    }
    return here.stream().flatMap(value -> all(value).stream()).toList();
  }

  private static List<Value> all(Value value) {
    return switch (value) {
      case Items(var items) -> items;
      case Fields fields -> List.copyOf(fields.fields().values());
      default -> List.of();
    };
  }
}
