package dev.parley.engine.verify;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Differ;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Compares what stands in one account with what was asked for and last seen. Only what was asked
 * for counts: server defaults and reordered sets are no drift, as the provider's own plan says.
 */
public final class DriftCheck {
  private static final int MOST_PAGES = 1_000;
  private static final int AT_ONCE = 8;

  private final Provider provider;
  private final String account;
  private final Function<Address, Optional<Fields>> desired;
  private final Function<Address, Optional<Resource>> known;
  private final Asking asking;

  /**
   * @param desired what was last asked for
   * @param known what was last seen
   * @param asking how the provider is asked
   */
  public DriftCheck(
      Provider provider,
      String account,
      Function<Address, Optional<Fields>> desired,
      Function<Address, Optional<Resource>> known,
      Asking asking) {
    this.provider = provider;
    this.account = account;
    this.desired = desired;
    this.known = known;
    this.asking = asking;
  }

  /** Asks a provider, again where it is only busy. */
  public interface Asking {
    /** The answer. */
    <T> T ask(Supplier<T> question);
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
   * @param gaps what could not be looked at, and why: it is neither gone nor unchanged
   */
  public record Seen(List<Found> found, List<String> gaps) {
    public Seen {
      found = List.copyOf(found);
      gaps = List.copyOf(gaps);
    }
  }

  /** What one look brought. */
  private sealed interface Look {
    record Same() implements Look {}

    record Differs(Found found) implements Look {}

    record Failed(Address at, ProviderException why) implements Look {}
  }

  /**
   * Looks at all of it.
   *
   * @param tracked what should be there
   * @param untracked whether to look for what nobody here made, too
   * @param progress told how many resources were looked at
   * @throws ProviderException if nothing in the account can be looked at
   */
  public Seen look(List<Tracked> tracked, boolean untracked, IntConsumer progress) {
    var found = new ArrayList<Found>();
    var gaps = new ArrayList<String>();
    var failed = new ArrayList<Look.Failed>();
    for (Look look : looks(tracked, progress)) {
      switch (look) {
        case Look.Same _ -> {}
        case Look.Differs(var one) -> found.add(one);
        case Look.Failed one -> failed.add(one);
      }
    }
    if (!tracked.isEmpty() && failed.size() == tracked.size()) {
      throw failed.getFirst().why();
    }
    failed.forEach(
        one ->
            gaps.add(
                one.at() + " can't be read: " + one.why().kind() + ": " + one.why().getMessage()));
    if (untracked) {
      try {
        found.addAll(strangers(tracked, gaps));
      } catch (ProviderException e) {
        if (tracked.isEmpty()) {
          throw e;
        }
        gaps.add("what nobody tracks can't be listed: " + e.kind() + ": " + e.getMessage());
      }
    }
    return new Seen(found, gaps);
  }

  private List<Look> looks(List<Tracked> tracked, IntConsumer progress) {
    var permits = new Semaphore(AT_ONCE);
    var looked = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Look>>();
      for (Tracked one : tracked) {
        running.add(
            threads.submit(
                () -> {
                  permits.acquire();
                  try {
                    return look(one);
                  } finally {
                    permits.release();
                    progress.accept(looked.incrementAndGet());
                  }
                }));
      }
      var looks = new ArrayList<Look>();
      for (Future<Look> one : running) {
        looks.add(one.get());
      }
      return looks;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the look for drift was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the look for drift failed: " + e.getCause(), e);
    }
  }

  private Look look(Tracked one) {
    try {
      return compare(one).<Look>map(Look.Differs::new).orElseGet(Look.Same::new);
    } catch (ProviderException e) {
      return new Look.Failed(one.at(), e);
    }
  }

  private Optional<Found> compare(Tracked one) {
    Address at = one.at();
    Resource seen = one.resource();
    Optional<Resource> now = asking.ask(() -> provider.read(at.type(), seen.region(), seen.id()));
    if (now.isEmpty() || now.get().lifecycle() == Lifecycle.DELETED) {
      return Optional.of(new Found(new Drift(at, Drift.Kind.GONE, List.of()), Optional.empty()));
    }
    Fields wanted = wanted(one);
    Change back = provider.plan(at, seen.region(), wanted, now);
    if (!back.mutates()) {
      return Optional.empty();
    }
    List<Difference> differences = differences(at, wanted, now.get().properties());
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(new Drift(at, Drift.Kind.CHANGED, differences), now));
  }

  /** By the type's schema, without what can't be set or is never shown, where there is a schema. */
  private List<Difference> differences(Address at, Fields wanted, Fields now) {
    Optional<TypeSchema> schema = provider.catalog().describe(at.type());
    if (schema.isPresent()) {
      return Differ.differences(schema.get(), wanted, now);
    }
    var differences = new ArrayList<Difference>();
    wanted
        .fields()
        .forEach(
            (name, value) ->
                differ(Pointer.ROOT.child(name), Optional.of(value), now.get(name), differences));
    return differences;
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

  private List<Found> strangers(List<Tracked> tracked, List<String> gaps) {
    record Key(ResourceType type, ResourceId id) {}
    Set<Key> ours = new HashSet<>();
    tracked.forEach(one -> ours.add(new Key(one.at().type(), one.resource().id())));
    var found = new ArrayList<Found>();
    Optional<String> from = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Optional<String> at = from;
      Page<Resource> page = asking.ask(() -> provider.list(Optional.empty(), at));
      gaps.addAll(page.gaps());
      for (Resource resource : page.items()) {
        if (resource.lifecycle() != Lifecycle.DELETED
            && ours.add(new Key(resource.type(), resource.id()))) {
          String name =
              (resource.name().isBlank() ? resource.id().value() : resource.name())
                  .replace('/', '_');
          Address there = new Address(account, resource.type(), name);
          found.add(
              new Found(new Drift(there, Drift.Kind.UNTRACKED, List.of()), Optional.of(resource)));
        }
      }
      from = page.next();
      if (from.isEmpty() || from.equals(at)) {
        break;
      }
    }
    return found;
  }
}
