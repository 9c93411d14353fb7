package dev.parley.engine.verify;

import dev.parley.engine.execute.Outputs;
import dev.parley.plan.Change;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.Drift.Difference;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Compares what stands in one account with what was asked for and last seen. Only what was asked
 * for counts: server defaults and reordered sets are no drift, as the provider's own plan says.
 */
public final class DriftCheck {
  private static final int MOST_PAGES = 1_000;

  private final Provider provider;
  private final String account;
  private final Function<Address, Optional<Fields>> desired;
  private final Function<Address, Optional<Resource>> known;

  /**
   * @param desired what was last asked for
   * @param known what was last seen
   */
  public DriftCheck(
      Provider provider,
      String account,
      Function<Address, Optional<Fields>> desired,
      Function<Address, Optional<Resource>> known) {
    this.provider = provider;
    this.account = account;
    this.desired = desired;
    this.known = known;
  }

  /**
   * One finding, and what was seen there.
   *
   * @param now empty if it is gone
   */
  public record Found(Drift drift, Optional<Resource> now) {}

  /**
   * All that differs in the account.
   *
   * @param tracked what should be there
   * @param untracked whether to look for what nobody here made, too
   * @throws ProviderException if the account can't be looked at
   */
  public List<Found> look(List<Tracked> tracked, boolean untracked) {
    var found = new ArrayList<Found>();
    for (Tracked one : tracked) {
      look(one).ifPresent(found::add);
    }
    if (untracked) {
      found.addAll(strangers(tracked));
    }
    return found;
  }

  private Optional<Found> look(Tracked one) {
    Address at = one.at();
    Resource seen = one.resource();
    Optional<Resource> now = provider.read(at.type(), seen.region(), seen.id());
    if (now.isEmpty() || now.get().lifecycle() == Lifecycle.DELETED) {
      return Optional.of(new Found(new Drift(at, Drift.Kind.GONE, List.of()), Optional.empty()));
    }
    Fields wanted = wanted(one);
    Change back = provider.plan(at, seen.region(), wanted, now);
    if (!back.mutates()) {
      return Optional.empty();
    }
    var differences = new ArrayList<Difference>();
    wanted
        .fields()
        .forEach(
            (name, value) ->
                differ(
                    Pointer.ROOT.child(name),
                    Optional.of(value),
                    now.get().properties().get(name),
                    differences));
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(new Drift(at, Drift.Kind.CHANGED, differences), now));
  }

  private Fields wanted(Tracked one) {
    Optional<Fields> asked = desired.apply(one.at());
    if (asked.isPresent()) {
      try {
        return Outputs.resolve(asked.get(), known);
      } catch (Outputs.Unresolved e) {
        // what it refers to has gone: what was last seen is the best measure left
      }
    }
    Set<String> outputs = new HashSet<>();
    provider
        .catalog()
        .describe(one.at().type())
        .ifPresent(
            schema ->
                schema.readOnly().stream()
                    .filter(pointer -> pointer.segments().size() == 1)
                    .forEach(pointer -> outputs.add(pointer.segments().getFirst())));
    Fields wanted = one.resource().properties();
    for (String output : outputs) {
      wanted = wanted.without(output);
    }
    return wanted;
  }

  /** Differences leaf by leaf; a list is one leaf. What was not asked for does not count. */
  private static void differ(
      Pointer at, Optional<Value> expected, Optional<Value> actual, List<Difference> into) {
    if (expected.equals(actual) || expected.filter(Value.Secret.class::isInstance).isPresent()) {
      return;
    }
    if (expected.orElse(Value.NULL) instanceof Fields want
        && actual.orElse(Value.NULL) instanceof Fields have) {
      for (String name : new TreeSet<>(want.fields().keySet())) {
        differ(at.child(name), want.get(name), have.get(name), into);
      }
      return;
    }
    if (expected.orElse(Value.NULL) instanceof Value.Items(var want)
        && actual.orElse(Value.NULL) instanceof Value.Items(var have)
        && want.size() == have.size()
        && new HashSet<>(want).equals(new HashSet<>(have))) {
      return;
    }
    into.add(new Difference(at, expected, actual));
  }

  private List<Found> strangers(List<Tracked> tracked) {
    record Key(ResourceType type, ResourceId id) {}
    Set<Key> ours = new HashSet<>();
    tracked.forEach(one -> ours.add(new Key(one.at().type(), one.resource().id())));
    var found = new ArrayList<Found>();
    Optional<String> from = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Page<Resource> page = provider.list(Optional.empty(), from);
      for (Resource resource : page.items()) {
        if (resource.lifecycle() != Lifecycle.DELETED
            && ours.add(new Key(resource.type(), resource.id()))) {
          String name =
              (resource.name().isBlank() ? resource.id().value() : resource.name())
                  .replace('/', '_');
          Address at = new Address(account, resource.type(), name);
          found.add(
              new Found(new Drift(at, Drift.Kind.UNTRACKED, List.of()), Optional.of(resource)));
        }
      }
      from = page.next();
      if (from.isEmpty()) {
        break;
      }
    }
    return found;
  }
}
