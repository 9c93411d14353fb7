package dev.parley.rules.scene;

import java.util.Set;
import java.util.TreeSet;

/** The derived values that rules may speak of. */
public final class Words {
  private Words() {}

  /** Of a resource. */
  public static Set<String> ofResource() {
    return new TreeSet<>(ResourceContext.NAMES);
  }

  /** Of the plan. */
  public static Set<String> ofPlan() {
    return new TreeSet<>(PlanContext.NAMES);
  }
}
