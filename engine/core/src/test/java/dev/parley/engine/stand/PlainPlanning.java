package dev.parley.engine.stand;

import dev.parley.cost.Estimate;
import dev.parley.engine.Planning;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.resolve.Plans;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.resolve.Wish;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans drafts of things, without schemas, prices or places: as much as the engine's tests need.
 */
public final class PlainPlanning implements Planning {
  public static final Duration LIFETIME = Duration.ofHours(8);

  private final Accounts accounts;

  public PlainPlanning(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Resolution resolve(Wish wish, Appraisal appraisal) {
    var changes = new ArrayList<Change>();
    var names = new LinkedHashMap<String, Address>();
    for (Want want : wish.draft().wants()) {
      if (want instanceof Want.Make make && make.what() instanceof Want.OfType type) {
        names.put(
            make.name(), new Address(make.place().account().orElse("a"), type.type(), make.name()));
      }
    }
    for (Want want : wish.draft().wants()) {
      Optional<Change> change = change(want, wish, names);
      if (change.isEmpty()) {
        return new Resolution.Rejected(
            List.of(new Problem("wants", want.toString(), "it is not there", "")));
      }
      changes.add(change.get());
    }
    var priors = new LinkedHashMap<Address, Digest>();
    var catalogs = new LinkedHashMap<String, String>();
    for (Change change : changes) {
      prior(change.at(), wish)
          .ifPresent(resource -> priors.put(change.at(), Plans.priorState(resource)));
      catalogs.put(
          change.at().account(),
          accounts.provider(wish.tenant().id(), change.at().account()).catalog().revision());
    }
    Plan plan =
        Plans.seal(
            new Plan(
                wish.tenant().id(),
                wish.plan(),
                wish.revision(),
                wish.thread(),
                wish.requester().id(),
                wish.words(),
                wish.draft().title(),
                wish.draft().environment().orElse(""),
                wish.draft().planner(),
                changes,
                needs(changes, wish),
                wish.draft().cap(),
                wish.draft().rollback(),
                wish.draft().whenChatIsDown().orElse(WhenChatIsDown.CONTINUE),
                wish.undoes(),
                new Plan.Basis(catalogs, priors, appraisal.rules(), appraisal.prices()),
                wish.now(),
                wish.now().plus(LIFETIME),
                Digest.ofText("")));
    Estimate estimate = appraisal.estimate(plan);
    return new Resolution.Resolved(
        plan, estimate, appraisal.judge(plan, estimate), Optional.empty(), List.of());
  }

  private Optional<Change> change(Want want, Wish wish, Map<String, Address> names) {
    return switch (want) {
      case Want.Make make -> {
        Address at = names.get(make.name());
        Fields properties = (Fields) addressed(((Want.OfType) make.what()).properties(), names);
        yield Optional.of(planned(at, make.place().region().orElse("here"), properties, wish));
      }
      case Want.Alter alter -> {
        Optional<Resource> prior = prior(alter.at(), wish);
        if (prior.isEmpty()) {
          yield Optional.empty();
        }
        Fields desired = prior.get().properties().without("Id");
        for (var argument : alter.arguments().fields().entrySet()) {
          desired = Pointer.of(argument.getKey()).set(desired, argument.getValue());
        }
        yield Optional.of(planned(alter.at(), prior.get().region(), desired, wish));
      }
      case Want.Remove remove ->
          prior(remove.at(), wish)
              .map(was -> new Change.Delete(remove.at(), was.region(), was.id(), was.properties()));
      case Want.Invoke invoke ->
          prior(invoke.at(), wish)
              .map(
                  was ->
                      new Change.Call(
                          invoke.at(), was.region(), was.id(), invoke.operation(), invoke.input()));
    };
  }

  private Change planned(Address at, String region, Fields desired, Wish wish) {
    return accounts
        .provider(wish.tenant().id(), at.account())
        .plan(at, region, desired, prior(at, wish));
  }

  private static Optional<Resource> prior(Address at, Wish wish) {
    return wish.tracked().stream()
        .filter(one -> one.at().equals(at))
        .map(Tracked::resource)
        .findFirst();
  }

  private static Value addressed(Value value, Map<String, Address> names) {
    return switch (value) {
      case Value.Ref(var target, var pointer) when names.containsKey(target) ->
          new Value.Ref(names.get(target).toString(), pointer);
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, addressed(field, names)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }

  private static Map<Address, Set<Address>> needs(List<Change> changes, Wish wish) {
    var needs = new LinkedHashMap<Address, Set<Address>>();
    for (Change change : changes) {
      Set<Address> targets =
          targets(
              change instanceof Change.Delete
                  ? wish.lastDesired().getOrDefault(change.at(), Fields.EMPTY)
                  : change.properties());
      for (Address target : targets) {
        if (changes.stream().noneMatch(other -> other.at().equals(target))) {
          continue;
        }
        boolean going = change instanceof Change.Delete;
        needs
            .computeIfAbsent(going ? target : change.at(), _ -> new HashSet<>())
            .add(going ? change.at() : target);
      }
    }
    return needs;
  }

  private static Set<Address> targets(Value value) {
    var targets = new HashSet<Address>();
    if (value instanceof Value.Ref(var target, _)) {
      targets.add(Address.of(target));
    } else if (value instanceof Fields(var fields)) {
      fields.values().forEach(field -> targets.addAll(targets(field)));
    }
    return targets;
  }
}
