package dev.parley.engine.catalog;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Pointers in which a segment {@code *} stands for every item of a list or field of an object. */
public final class Patterns {
  private Patterns() {}

  /** Whether the place is one of those the pattern means. */
  public static boolean matches(Pointer pattern, Pointer place) {
    return pattern.segments().size() == place.segments().size() && covers(pattern, place);
  }

  /** Whether the place is one that the pattern means, or lies inside such a one. */
  public static boolean covers(Pointer pattern, Pointer place) {
    List<String> want = pattern.segments();
    List<String> have = place.segments();
    if (want.size() > have.size()) {
      return false;
    }
    for (int i = 0; i < want.size(); i++) {
      if (!want.get(i).equals("*") && !want.get(i).equals(have.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of the patterns covers the place. */
  public static boolean anyCovers(Collection<Pointer> patterns, Pointer place) {
    for (Pointer pattern : patterns) {
      if (covers(pattern, place)) {
        return true;
      }
    }
    return false;
  }

  /** The places in a value that a pattern means and where something stands. */
  public static List<Pointer> places(Pointer pattern, Value root) {
    var found = new ArrayList<Pointer>();
    walk(pattern.segments(), 0, root, Pointer.ROOT, found);
    return found;
  }

  private static void walk(
      List<String> pattern, int depth, Value here, Pointer at, List<Pointer> found) {
    if (depth == pattern.size()) {
      found.add(at);
      return;
    }
    String segment = pattern.get(depth);
    if (!segment.equals("*")) {
      new Pointer(List.of(segment))
          .in(here)
          .ifPresent(next -> walk(pattern, depth + 1, next, at.child(segment), found));
      return;
    }
    switch (here) {
      case Items(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          walk(pattern, depth + 1, items.get(i), at.child(Integer.toString(i)), found);
        }
      }
      case Fields(var fields) ->
          fields.forEach((name, next) -> walk(pattern, depth + 1, next, at.child(name), found));
      default -> {}
    }
  }
}
