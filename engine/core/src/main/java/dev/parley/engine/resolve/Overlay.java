package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.LinkedHashMap;
import java.util.Set;

/** Lays what is said now over what was wanted before: the rest is kept. */
final class Overlay {
  private Overlay() {}

  /** Objects are laid over field by field; everything else is exchanged whole. */
  static Fields over(Fields base, Fields wish) {
    var merged = new LinkedHashMap<>(base.fields());
    wish.fields()
        .forEach(
            (name, value) -> {
              boolean both = merged.get(name) instanceof Fields && value instanceof Fields;
              merged.put(name, both ? over(base.fieldsAt(name), (Fields) value) : value);
            });
    return new Fields(merged);
  }

  /** Takes over only certain places of the wish; a place that the wish leaves empty is emptied. */
  static Fields places(Fields base, Fields wish, Set<Pointer> places) {
    Fields result = base;
    for (Pointer place : places) {
      if (place.segments().isEmpty()) {
        continue;
      }
      if (place.in(wish).isEmpty()) {
        result = without(result, place);
        continue;
      }
      Pointer exact = place.in(result).isPresent() ? place : firstList(place, wish);
      result = set(result, wish, exact);
    }
    return result;
  }

  /** What was observed, without what can't be sent. */
  static Fields sendable(TypeSchema type, Fields observed) {
    Fields result = observed;
    for (Pointer pattern : type.readOnly()) {
      for (Pointer place : Patterns.places(pattern, result).reversed()) {
        result = place.remove(result);
      }
    }
    return result;
  }

  private static Fields set(Fields result, Fields wish, Pointer place) {
    try {
      return place.set(result, place.in(wish).orElseThrow());
    } catch (
        IllegalArgumentException e) { // another kind of value stands on the way: exchange it all
      String top = place.segments().getFirst();
      return result.with(top, wish.get(top).orElseThrow());
    }
  }

  private static Fields without(Fields result, Pointer place) {
    Pointer around = new Pointer(place.segments().subList(0, place.segments().size() - 1));
    boolean inList = around.in(result).map(Items.class::isInstance).orElse(false);
    return inList ? result : place.remove(result);
  }

  /** The place itself, or the first list on the way to it. */
  private static Pointer firstList(Pointer place, Value root) {
    Pointer here = Pointer.ROOT;
    for (String segment : place.segments()) {
      if (here.in(root).map(Items.class::isInstance).orElse(false)) {
        return here;
      }
      here = here.child(segment);
    }
    return place;
  }
}
