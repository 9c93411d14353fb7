package dev.parley.rules.scene;

import dev.parley.cost.Estimate.Line;
import dev.parley.cost.PriceSource;
import dev.parley.identity.Account;
import dev.parley.identity.User;
import dev.parley.plan.Change;
import dev.parley.policy.Rulebook.Case;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.rules.parameter.RuleParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything one judgement looks at. Made for it, and used by one thread. */
public final class Scene {
  private final Case plan;
  private final RuleParameters parameters;
  private final List<PriceSource> prices;
  private final Conversion conversion;
  private final Links links = new Links();
  private final PlanSubject planSubject;
  private final List<ResourceSubject> changing = new ArrayList<>();
  private final Map<String, List<ResourceSubject>> byType = new HashMap<>();
  private final Map<Address, List<Line>> lines = new HashMap<>();

  /**
   * The scene of a case.
   *
   * @param prices for comparing regions; may be empty
   */
  public Scene(Case plan, RuleParameters parameters, List<PriceSource> prices) {
    this.plan = plan;
    this.parameters = parameters;
    this.prices = List.copyOf(prices);
    this.conversion = new Conversion(plan.estimate(), parameters);
    plan.estimate()
        .lines()
        .forEach(line -> lines.computeIfAbsent(line.at(), _ -> new ArrayList<>()).add(line));
    var touched = new HashSet<Address>();
    for (Change change : plan.plan().changes()) {
      touched.add(change.at());
      var subject = subject(change);
      if (change.mutates()) {
        changing.add(subject);
      }
      if (!(change instanceof Change.Delete)
          && !(change instanceof Change.Call)
          && !(change instanceof Change.Read)) {
        byType.computeIfAbsent(subject.type(), _ -> new ArrayList<>()).add(subject);
      }
    }
    for (Tracked tracked : plan.existing()) {
      boolean stays = !touched.contains(tracked.at()) || called(tracked.at());
      if (stays) {
        var subject = standing(tracked);
        byType.computeIfAbsent(subject.type(), _ -> new ArrayList<>()).add(subject);
      }
    }
    this.planSubject = new PlanSubject(this);
  }

  /** The plan as a whole. */
  public PlanSubject whole() {
    return planSubject;
  }

  /** The resources the plan changes. */
  public List<ResourceSubject> changing() {
    return List.copyOf(changing);
  }

  /** Whose words the rules use. */
  public RuleParameters parameters() {
    return parameters;
  }

  /** The case. */
  public Case facts() {
    return plan;
  }

  /** Money in other currencies. */
  public Conversion conversion() {
    return conversion;
  }

  /** The environment of an address: its account's, unless the plan says production. */
  public String environment(Address address) {
    String planned = plan.plan().environment();
    return parameters.isProduction(planned)
        ? planned
        : account(address).map(Account::environment).orElse(planned);
  }

  User requester() {
    return plan.requester();
  }

  String currency() {
    return plan.estimate().monthly().currency();
  }

  List<PriceSource> prices() {
    return prices;
  }

  Links links() {
    return links;
  }

  List<Line> lines(Address address) {
    return lines.getOrDefault(address, List.of());
  }

  Optional<Account> account(Address address) {
    return Optional.ofNullable(plan.accounts().get(address.account()));
  }

  List<ResourceSubject> resources(Set<String> types) {
    var found = new ArrayList<ResourceSubject>();
    types.stream().sorted().forEach(type -> found.addAll(byType.getOrDefault(type, List.of())));
    return found;
  }

  private boolean called(Address address) {
    return plan.plan()
        .at(address)
        .filter(c -> c instanceof Change.Call || c instanceof Change.Read)
        .isPresent();
  }

  private ResourceSubject subject(Change change) {
    Optional<ResourceId> id =
        switch (change) {
          case Change.Create _ -> Optional.empty();
          case Change.Update c -> Optional.of(c.id());
          case Change.Replace _ -> Optional.empty();
          case Change.Delete c -> Optional.of(c.id());
          case Change.Read c -> Optional.of(c.id());
          case Change.NoOp c -> Optional.of(c.id());
          case Change.Call c -> Optional.of(c.id());
        };
    return new ResourceSubject(
        this, change.at(), change.action(), change.region(), id, change.properties());
  }

  private ResourceSubject standing(Tracked tracked) {
    var resource = tracked.resource();
    return new ResourceSubject(
        this,
        tracked.at(),
        "none",
        resource.region(),
        Optional.of(resource.id()),
        resource.properties());
  }
}
