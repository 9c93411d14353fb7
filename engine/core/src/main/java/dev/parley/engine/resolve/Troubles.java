package dev.parley.engine.resolve;

import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is found wrong, and what is only worth saying; each thing once. */
final class Troubles {
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Set<Problem> warnings = new LinkedHashSet<>();

  void problem(String where, String what, String why, String next) {
    problems.add(new Problem(where, what, why, next));
  }

  void warning(String where, String what, String why, String next) {
    warnings.add(new Problem(where, what, why, next));
  }

  void addAll(Troubles more) {
    problems.addAll(more.problems);
    warnings.addAll(more.warnings);
  }

  Troubles copy() {
    var copy = new Troubles();
    copy.addAll(this);
    return copy;
  }

  boolean any() {
    return !problems.isEmpty();
  }

  List<Problem> problems() {
    return new ArrayList<>(problems);
  }

  List<Problem> warnings() {
    return new ArrayList<>(warnings);
  }
}
