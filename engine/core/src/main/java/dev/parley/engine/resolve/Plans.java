package dev.parley.engine.resolve;

import dev.parley.engine.json.Codec;
import dev.parley.plan.Plan;
import dev.parley.resource.Resource;
import dev.parley.value.Digest;

/** Names plans by their content. */
public final class Plans {
  /** Stands in a plan that has not been sealed yet. */
  static final Digest UNSEALED = Digest.ofText("");

  private Plans() {}

  /** The digest of everything in the plan but its digest. */
  public static Digest digest(Plan plan) {
    return Digest.of(Codec.encode(plan).without("digest"));
  }

  /** The same plan with its right digest. */
  public static Plan seal(Plan plan) {
    return new Plan(
        plan.tenant(),
        plan.id(),
        plan.revision(),
        plan.thread(),
        plan.requester(),
        plan.request(),
        plan.title(),
        plan.environment(),
        plan.planner(),
        plan.changes(),
        plan.needs(),
        plan.cap(),
        plan.rollback(),
        plan.undoes(),
        plan.basis(),
        plan.created(),
        plan.expires(),
        digest(plan));
  }

  /** What a plan's basis keeps of a resource as it was observed. */
  public static Digest priorState(Resource resource) {
    return Digest.of(resource.properties());
  }
}
