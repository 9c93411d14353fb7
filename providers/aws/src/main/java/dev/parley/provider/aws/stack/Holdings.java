package dev.parley.provider.aws.stack;

import dev.parley.provider.aws.catalog.AwsType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Which stack of Parley holds a resource. Found once, it is kept: a stack of one never changes its
 * resource. That no stack holds one is believed for a short time only.
 */
final class Holdings {
  private static final Duration FRESH = Duration.ofSeconds(20);
  private static final int PAGES = 200;

  private final Formation formation;
  private final Clock clock;
  private final Map<Key, String> stacks = new ConcurrentHashMap<>();
  private final Map<String, Region> regions = new ConcurrentHashMap<>();

  private record Key(String region, String type, String id) {}

  /** What is known of a region's stacks. */
  private static final class Region {
    private Instant scanned = Instant.MIN;
    private final Map<String, Holding> holdings = new ConcurrentHashMap<>();
  }

  Holdings(Formation formation, Clock clock) {
    this.formation = formation;
    this.clock = clock;
  }

  /** The stack that holds it, as it is now; the newest, if an older one only believes so. */
  Optional<Holding> of(AwsType type, String region, String id) {
    var key = new Key(region, type.schema().type().name(), id);
    Optional<Holding> known = Optional.ofNullable(stacks.get(key)).flatMap(id(region));
    if (known.isPresent()) {
      return known;
    }
    stacks.remove(key);
    Optional<Holding> named =
        type.identifier().size() > 1
            ? Optional.empty()
            : formation.holder(region, id).flatMap(id(region)).filter(one -> holds(one, type, id));
    Optional<Holding> found = named.or(() -> scanned(type, region, id));
    found.ifPresent(one -> stacks.put(key, one.stack().stackId()));
    return found;
  }

  /** The stack is new, or was changed: whatever was believed about what it holds. */
  void changed(String region) {
    region(region).scanned = Instant.MIN;
  }

  private java.util.function.Function<String, Optional<Holding>> id(String region) {
    return stack ->
        formation
            .stack(region, stack)
            .filter(one -> Standing.of(one) != Standing.DELETED)
            .flatMap(one -> Holding.read(formation, region, one));
  }

  private Optional<Holding> scanned(AwsType type, String region, String id) {
    Region known = region(region);
    synchronized (known) {
      Instant now = clock.instant();
      if (known.scanned.plus(known.scanned == Instant.MIN ? Duration.ZERO : FRESH).isBefore(now)) {
        scan(region, known);
        known.scanned = now;
      }
    }
    return known.holdings.values().stream()
        .filter(one -> holds(one, type, id))
        .max(
            Comparator.comparing(
                one -> Optional.ofNullable(one.stack().creationTime()).orElse(Instant.MIN)))
        .flatMap(one -> id(region).apply(one.stack().stackId()));
  }

  private void scan(String region, Region known) {
    var seen = new ArrayList<String>();
    Optional<String> page = Optional.empty();
    for (int i = 0; i < PAGES; i++) {
      DescribeStacksResponse stacks = formation.stacks(region, page);
      for (Stack stack : stacks.stacks()) {
        if (Standing.of(stack) != Standing.EMPTY) {
          seen.add(stack.stackId());
          if (!known.holdings.containsKey(stack.stackId())) {
            Holding.read(formation, region, stack)
                .filter(one -> one.physical().isPresent())
                .ifPresent(one -> known.holdings.put(stack.stackId(), one));
          }
        }
      }
      page = Optional.ofNullable(stacks.nextToken());
      if (page.isEmpty()) {
        known.holdings.keySet().retainAll(List.copyOf(seen));
        return;
      }
    }
  }

  private Region region(String region) {
    return regions.computeIfAbsent(region, _ -> new Region());
  }

  private static boolean holds(Holding holding, AwsType type, String id) {
    return holding.template().type().equals(type.schema().type().name())
        && holding.id(Identifier.of(type)).filter(id::equals).isPresent();
  }
}
