package dev.parley.engine.state;

import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of a plan: one for each change, two for a Replace, none for what stays as it is. The
 * same plan always has the same steps.
 *
 * <p>A Replace deletes first and makes afterwards. Where both a resource and what it needs are
 * replaced, the dependent goes before what it needs goes, and comes after it has come.
 */
public final class Steps {
  private Steps() {}

  /**
   * A step before it is carried out.
   *
   * @param needs ids of the steps that must be done before
   */
  public record Planned(String id, Change change, Set<String> needs) {
    public Planned {
      needs = Set.copyOf(needs);
    }
  }

  /** In the plan's order. */
  public static List<Planned> of(Plan plan) {
    var going = new HashMap<Address, String>();
    var last = new HashMap<Address, String>();
    int number = 0;
    for (Change change : plan.changes()) {
      switch (change) {
        case Change.Replace replace -> {
          going.put(replace.at(), "s-" + ++number);
          last.put(replace.at(), "s-" + ++number);
        }
        case Change.NoOp _ -> {}
        default -> last.put(change.at(), "s-" + ++number);
      }
    }
    var before = new HashMap<String, Set<String>>();
    for (Change change : plan.changes()) {
      wire(change, plan, going, last, before);
    }
    var steps = new ArrayList<Planned>(number);
    for (Change change : plan.changes()) {
      String id = last.getOrDefault(change.at(), "");
      if (change instanceof Change.Replace r) {
        String first = going.getOrDefault(r.at(), "");
        add(steps, first, new Change.Delete(r.at(), r.fromRegion(), r.id(), r.was()), before);
        add(steps, id, new Change.Create(r.at(), r.region(), r.now()), before);
      } else if (!(change instanceof Change.NoOp)) {
        add(steps, id, change, before);
      }
    }
    return List.copyOf(steps);
  }

  private static void wire(
      Change change,
      Plan plan,
      Map<Address, String> going,
      Map<Address, String> last,
      Map<String, Set<String>> before) {
    String own = last.get(change.at());
    if (own == null) {
      return;
    }
    String ownGoing = going.get(change.at());
    if (ownGoing != null) {
      need(before, own, ownGoing);
    }
    for (Address needed : plan.needs().getOrDefault(change.at(), Set.of())) {
      String done = last.get(needed);
      if (done == null || done.equals(own)) {
        continue;
      }
      need(before, own, done);
      String neededGoing = going.get(needed);
      if (ownGoing != null && neededGoing != null) {
        need(before, neededGoing, ownGoing);
      } else if (ownGoing != null) {
        need(before, ownGoing, done);
      }
    }
  }

  private static void need(Map<String, Set<String>> before, String step, String needed) {
    before.computeIfAbsent(step, _ -> new LinkedHashSet<>()).add(needed);
  }

  private static void add(
      List<Planned> steps, String id, Change change, Map<String, Set<String>> before) {
    steps.add(new Planned(id, change, before.getOrDefault(id, Set.of())));
  }
}
