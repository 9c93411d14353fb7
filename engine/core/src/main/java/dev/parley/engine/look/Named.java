package dev.parley.engine.look;

import dev.parley.engine.json.Nearest;
import dev.parley.resource.Tracked;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the one tracked resource that somebody means. */
final class Named {
  private static final int SHOWN = 5;

  private Named() {}

  /**
   * By whole address, by name, or by provider id.
   *
   * @throws Invalid if there is none, or more than one
   */
  static Tracked of(Collection<Tracked> tracked, String words) {
    String said = words.strip();
    List<Tracked> exact = tracked.stream().filter(one -> one.at().toString().equals(said)).toList();
    List<Tracked> found =
        exact.isEmpty()
            ? tracked.stream()
                .filter(
                    one ->
                        one.at().name().equalsIgnoreCase(said)
                            || one.resource().id().value().equals(said))
                .toList()
            : exact;
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      var names =
          tracked.stream()
              .map(one -> one.at().name())
              .collect(Collectors.toCollection(TreeSet::new));
      throw new Invalid(
          new Problem(
              "resource",
              "'" + said + "'",
              "nothing of that name is tracked",
              Nearest.hint(said, names, "resources")));
    }
    throw new Invalid(
        new Problem(
            "resource",
            "'" + said + "'",
            found.size() + " resources are called that",
            "say which: "
                + found.stream()
                    .map(one -> one.at().toString())
                    .sorted()
                    .limit(SHOWN)
                    .collect(Collectors.joining(" or "))));
  }
}
