package dev.parley.engine.verify;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.execute.Pauses;
import dev.parley.provider.Health;
import dev.parley.provider.HealthCheck;
import dev.parley.provider.Provider;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Looks whether resources work: every check, at every resource. What is only starting is looked at
 * again until it works or the time is up; what still starts then does not work.
 */
public final class Verifier {
  private static final int AT_ONCE = 16;

  private final Accounts accounts;
  private final List<HealthCheck> checks;
  private final Pauses pauses;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param patience how long something may take to start
   */
  public Verifier(
      Accounts accounts, List<HealthCheck> checks, Pauses pauses, Clock clock, Duration patience) {
    this.accounts = accounts;
    this.checks = List.copyOf(checks);
    this.pauses = pauses;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Looks at all of them.
   *
   * @param heard told of each that is not UNKNOWN, once its last look was taken; by many threads
   * @return what was seen last, of those that are not UNKNOWN
   */
  public Map<Address, Health> verify(
      String tenant, Map<Address, Resource> made, BiConsumer<Address, Health> heard)
      throws InterruptedException {
    Instant until = clock.instant().plus(patience);
    Map<Address, Resource> left = new LinkedHashMap<>(made);
    var seen = new java.util.TreeMap<Address, Health>();
    for (int round = 0; !left.isEmpty(); round++) {
      boolean last = !clock.instant().isBefore(until);
      Map<Address, Health> now = look(tenant, left);
      now.forEach(
          (at, health) -> {
            boolean starting = health.state() == Health.State.STARTING;
            if (starting && !last) {
              return;
            }
            left.remove(at);
            if (health.state() != Health.State.UNKNOWN) {
              Health said = starting ? tooSlow(health) : health;
              seen.put(at, said);
              heard.accept(at, said);
            }
          });
      if (!left.isEmpty()) {
        pauses.pause(Duration.ofSeconds(Math.min(30, 2L << Math.min(round, 4))));
      }
    }
    return seen;
  }

  private Health tooSlow(Health health) {
    return new Health(
        Health.State.UNHEALTHY,
        "still starting after " + patience.toSeconds() + " s: " + health.detail(),
        health.problem());
  }

  private Map<Address, Health> look(String tenant, Map<Address, Resource> resources) {
    var seen = new java.util.concurrent.ConcurrentHashMap<Address, Health>();
    var permits = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      resources.forEach(
          (at, resource) -> {
            permits.acquireUninterruptibly();
            threads.execute(
                () -> {
                  try {
                    seen.put(at, look(accounts.provider(tenant, at.account()), resource));
                  } catch (RuntimeException e) {
                    seen.put(
                        at,
                        new Health(
                            Health.State.UNKNOWN, "the check failed: " + e, Optional.empty()));
                  } finally {
                    permits.release();
                  }
                });
          });
    }
    return seen;
  }

  /** One look at one resource, as it is now. */
  public Health look(String tenant, Address at, Resource resource) {
    return look(accounts.provider(tenant, at.account()), resource);
  }

  /** The worst that any check says. */
  private Health look(Provider provider, Resource resource) {
    Health worst = new Health(Health.State.UNKNOWN, "nothing looks at it", Optional.empty());
    for (HealthCheck check : checks) {
      Health health = check.look(provider, resource);
      if (rank(health) > rank(worst)) {
        worst = health;
      }
    }
    return worst;
  }

  private static int rank(Health health) {
    return switch (health.state()) {
      case UNKNOWN -> 0;
      case HEALTHY -> 1;
      case STARTING -> 2;
      case UNHEALTHY -> 3;
    };
  }
}
