package dev.parley.engine.resolve;

import dev.parley.identity.Account;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * What the clouds say now about tracked resources; each is read once, as many at a time as
 * bearable.
 */
final class Priors {
  private final Scene scene;
  private final Map<Address, Optional<Resource>> seen = new ConcurrentHashMap<>();
  private final Map<Address, String> unreadable = new ConcurrentHashMap<>();

  Priors(Scene scene) {
    this.scene = scene;
  }

  /** Reads those that have not been read yet. */
  void read(Collection<Tracked> wanted) {
    var missing = new LinkedHashMap<Address, Tracked>();
    for (Tracked each : wanted) {
      if (!seen.containsKey(each.at()) && !unreadable.containsKey(each.at())) {
        missing.put(each.at(), each);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    var limits = new HashMap<String, Semaphore>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> looks = new ArrayList<>();
      for (Tracked each : missing.values()) {
        Optional<Spot> spot = scene.account(each.at().account()).flatMap(scene::quietly);
        if (spot.isEmpty()) {
          unreadable.put(each.at(), "its account can't be reached");
          continue;
        }
        Account account = spot.get().account();
        Semaphore limit =
            limits.computeIfAbsent(
                account.id(),
                _ -> new Semaphore(Math.max(1, spot.get().provider().info().concurrency())));
        looks.add(threads.submit(() -> look(spot.get(), each, limit)));
      }
      for (Future<?> look : looks) {
        look.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading what is there", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a provider failed in a way it must not", e.getCause());
    }
  }

  private boolean look(Spot spot, Tracked each, Semaphore limit) throws InterruptedException {
    limit.acquire();
    try {
      seen.put(
          each.at(),
          spot.provider().read(each.at().type(), each.resource().region(), each.resource().id()));
      return true;
    } catch (ProviderException e) {
      unreadable.put(each.at(), e.kind() + ": " + e.getMessage());
      return false;
    } finally {
      limit.release();
    }
  }

  /** What is there; empty if it is gone, was never there, or could not be read. */
  Optional<Resource> at(Address address) {
    return seen.getOrDefault(address, Optional.empty());
  }

  /** Why it could not be read. */
  Optional<String> trouble(Address address) {
    return Optional.ofNullable(unreadable.get(address));
  }
}
