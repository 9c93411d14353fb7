package dev.parley.engine.resolve;

import dev.parley.engine.json.Codec;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Value.Fields;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Names plans by their content. */
public final class Plans {
  /** Stands in a plan that has not been sealed yet. */
  static final Digest UNSEALED = Digest.ofText("");

  private Plans() {}

  /** The digest of everything in the plan but its digest. */
  public static Digest digest(Plan plan) {
    Fields all = Codec.encode(plan).without("digest");
    return Digest.of(
        plan.basis().identities().isEmpty()
            ? all.with("basis", all.fieldsAt("basis").without("identities"))
            : all);
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
        plan.whenChatIsDown(),
        plan.undoes(),
        plan.basis(),
        plan.created(),
        plan.expires(),
        digest(plan));
  }

  /** The types that a plan touches in an account: what its basis keeps of the catalog. */
  public static Set<ResourceType> types(Plan plan, String account) {
    return types(plan.changes().stream().map(Change::at).toList(), account);
  }

  static Set<ResourceType> types(Collection<Address> places, String account) {
    return places.stream()
        .filter(at -> at.account().equals(account))
        .map(Address::type)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a plan's basis keeps of a resource as it was observed. */
  public static Digest priorState(Resource resource) {
    return Digest.of(resource.properties());
  }
}
