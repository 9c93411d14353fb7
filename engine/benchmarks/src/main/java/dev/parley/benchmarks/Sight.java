package dev.parley.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people see of one request.
 *
 * @param roots when each root card was posted; one is right
 * @param plans when each plan card was posted; one is right
 * @param current whether the root card names the plan
 */
record Sight(List<Instant> roots, List<Instant> plans, boolean current) {
  static final Sight NOTHING = new Sight(List.of(), List.of(), false);

  Sight {
    roots = List.copyOf(roots);
    plans = List.copyOf(plans);
  }

  Sight root(Instant at, boolean names) {
    return new Sight(and(roots, at), plans, names);
  }

  Sight plan(Instant at) {
    return new Sight(roots, and(plans, at), current);
  }

  private static List<Instant> and(List<Instant> all, Instant one) {
    var more = new ArrayList<>(all);
    more.add(one);
    return more;
  }

  Optional<Instant> root() {
    return roots.stream().findFirst();
  }

  Optional<Instant> plan() {
    return plans.stream().findFirst();
  }
}
