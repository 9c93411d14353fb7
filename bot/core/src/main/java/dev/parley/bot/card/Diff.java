package dev.parley.bot.card;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** How two sets of properties differ, leaf by leaf; lists are compared as wholes. */
public final class Diff {
  private Diff() {}

  /** One property that differs. */
  public record Line(Pointer path, Optional<Value> was, Optional<Value> now) {
    /** {@code /InstanceType: t3.small → t3.medium}. */
    @Override
    public String toString() {
      return path + ": " + was.map(Say::value).orElse("(none)") + " → " + now.map(Say::value).orElse("(none)");
    }
  }

  /** All differences, by path. */
  public static List<Line> between(Fields was, Fields now) {
    var found = new ArrayList<Line>();
    walk(Pointer.ROOT, was, now, found);
    return found;
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
      if (before.orElse(Value.NULL) instanceof Fields b && after.orElse(Value.NULL) instanceof Fields a) {
        walk(at.child(name), b, a, found);
      } else {
        found.add(new Line(at.child(name), before, after));
      }
    }
  }
}
