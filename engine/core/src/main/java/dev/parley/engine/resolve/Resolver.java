package dev.parley.engine.resolve;

import dev.parley.cost.Comparison;
import dev.parley.cost.Estimate;
import dev.parley.engine.account.Accounts;
import dev.parley.plan.Plan;
import dev.parley.policy.Verdict;
import dev.parley.resource.Address;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a Draft into a plan: finds places and types, reads what is there, tells the differences,
 * puts them in order, and has the plan priced and judged. Changes nothing.
 */
public final class Resolver {
  private static final Duration LIFETIME = Duration.ofHours(24);

  private final Accounts accounts;
  private final Clock clock;
  private final Duration lifetime;

  /** Plans hold for a day. */
  public Resolver(Accounts accounts, Clock clock) {
    this(accounts, clock, LIFETIME);
  }

  /**
   * With another lifetime.
   *
   * @param lifetime how long a plan holds after it was made
   */
  public Resolver(Accounts accounts, Clock clock, Duration lifetime) {
    this.accounts = accounts;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** A priced and judged plan, or all the reasons why there can't be one. */
  public Resolution resolve(Wish wish, Appraisal appraisal) {
    if (wish.draft().wants().isEmpty()) {
      return new Resolution.Rejected(
          List.of(
              new Problem(
                  "/wants",
                  "an empty request",
                  "nothing is wanted",
                  "say what shall be made, changed or removed")));
    }
    var scene = new Scene(wish, accounts);
    var troubles = new Troubles();
    List<Places.Group> groups = new Places(scene, troubles).groups();
    var types = new TypeNames(scene.spots());
    var targets = new HashMap<Integer, Target>();
    groups.forEach(group -> put(targets, group, group.candidates().getFirst()));
    var options = new ArrayList<Comparison.Option>();
    for (Places.Group group : groups) {
      if (!group.place().cheapest() || troubles.any()) {
        continue;
      }
      Allocator.Picked picked =
          new Allocator(appraisal)
              .pick(
                  group.candidates(),
                  target -> attempt(scene, with(targets, group, target), types, appraisal));
      options.addAll(picked.options());
      if (picked.target().isEmpty()) {
        return new Resolution.Rejected(picked.problems());
      }
      put(targets, group, picked.target().get());
    }
    Optional<Plan> plan = plan(scene, troubles, targets, types, appraisal);
    if (plan.isEmpty()) {
      return new Resolution.Rejected(troubles.problems());
    }
    Estimate estimate = appraisal.estimate(plan.get());
    Verdict verdict = appraisal.judge(plan.get(), estimate);
    Optional<Comparison> comparison =
        options.isEmpty() ? Optional.empty() : Optional.of(new Comparison(options));
    return new Resolution.Resolved(plan.get(), estimate, verdict, comparison, troubles.warnings());
  }

  private Allocator.Tried attempt(
      Scene scene, Map<Integer, Target> targets, TypeNames types, Appraisal appraisal) {
    var troubles = new Troubles();
    return new Allocator.Tried(plan(scene, troubles, targets, types, appraisal), troubles);
  }

  private Optional<Plan> plan(
      Scene scene,
      Troubles troubles,
      Map<Integer, Target> targets,
      TypeNames types,
      Appraisal appraisal) {
    var along = new HashMap<Address, String>();
    Troubles found = troubles.copy();
    while (true) {
      var assembly = new Assembly(scene, found, targets, types, along);
      Optional<Plan> plan =
          assembly.plan(appraisal.rules(), appraisal.prices(), clock.instant(), lifetime);
      boolean complete = along.keySet().containsAll(assembly.drawn().keySet());
      if (plan.isEmpty() || complete) {
        troubles.addAll(found);
        return plan;
      }
      along.putAll(assembly.drawn());
      found = troubles.copy();
    }
  }

  private static Map<Integer, Target> with(
      Map<Integer, Target> targets, Places.Group group, Target target) {
    var copy = new HashMap<>(targets);
    put(copy, group, target);
    return copy;
  }

  private static void put(Map<Integer, Target> targets, Places.Group group, Target target) {
    group.wants().forEach(index -> targets.put(index, target));
  }
}
