package dev.parley.provider.aws.body;

import dev.parley.engine.catalog.Patterns;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Unknown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Places inside properties. */
public final class Places {
  private Places() {}

  /** The properties without what stands at these places; {@code *} stands for every item. */
  public static Fields without(Fields properties, Collection<Pointer> patterns) {
    Fields now = properties;
    for (Pointer pattern : patterns) {
      for (Pointer place : Patterns.places(pattern, now).reversed()) {
        now = place.remove(now);
      }
    }
    return now;
  }

  /** Where a reference or an unknown stands. */
  public static List<Pointer> holes(Fields properties) {
    var holes = new ArrayList<Pointer>();
    collect(properties, Pointer.ROOT, holes);
    return holes;
  }

  private static void collect(Value value, Pointer at, List<Pointer> holes) {
    switch (value) {
      case Ref _, Unknown _ -> holes.add(at);
      case Items(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          collect(items.get(i), at.child(Integer.toString(i)), holes);
        }
      }
      case Fields(var fields) ->
          fields.forEach((name, field) -> collect(field, at.child(name), holes));
      default -> {}
    }
  }
}
