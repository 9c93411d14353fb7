package dev.parley.provider.sandbox.cloud;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.provider.sandbox.catalog.Behaviour;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The items of one account, and the indexes over them. Guarded by its estate's lock. */
final class Holdings {
  private final Cloudware ware;
  private final TreeMap<String, Item> items = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, String> correlations = new HashMap<>();
  private final Map<String, String> taken = new HashMap<>();
  private final Map<String, List<String>> byOutput = new HashMap<>();
  private final Map<String, Map<String, Boolean>> pointsAt = new HashMap<>();
  private final Map<String, Set<String>> pointedAtBy = new HashMap<>();

  Holdings(Cloudware ware) {
    this.ware = ware;
  }

  NavigableMap<String, Item> items() {
    return items;
  }

  Set<String> gone() {
    return gone;
  }

  /** An item by key; where the region is not known, by type and id. */
  Optional<Item> get(String type, String region, String id) {
    Item exact = items.get(Item.key(type, region, id));
    if (exact != null || !region.isEmpty()) {
      return Optional.ofNullable(exact);
    }
    return pointed(id, List.of(ResourceType.of(type)));
  }

  Optional<Item> get(String key) {
    return Optional.ofNullable(items.get(key));
  }

  int count(String type) {
    return counts.getOrDefault(type, 0);
  }

  Optional<Item> correlated(String type, String correlation) {
    return Optional.ofNullable(correlations.get(type + "|" + correlation)).flatMap(this::get);
  }

  /** Whose name this is. */
  Optional<String> taken(String name) {
    return Optional.ofNullable(taken.get(name));
  }

  /** The item of one of these types that shows this output. */
  Optional<Item> pointed(String output, List<ResourceType> types) {
    for (String key : byOutput.getOrDefault(output, List.of())) {
      Item item = items.get(key);
      if (item != null && types.contains(ResourceType.of(item.type()))) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  /** Items that can't do without this one. */
  List<Item> dependents(String key) {
    return pointing(key).stream()
        .filter(item -> pointsAt.getOrDefault(item.key(), Map.of()).getOrDefault(key, false))
        .toList();
  }

  /** Items that point at this one. */
  List<Item> pointing(String key) {
    return pointedAtBy.getOrDefault(key, Set.of()).stream()
        .sorted()
        .map(items::get)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  /** Items that this one points at. */
  List<Item> pointsAt(String key) {
    return pointsAt.getOrDefault(key, Map.of()).keySet().stream()
        .sorted()
        .map(items::get)
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  /** The name under which an item of these properties is unique, if its type has such a thing. */
  Optional<String> uniqueName(String type, String region, Fields properties) {
    Optional<Behaviour.Unique> unique = ware.behaviour(ResourceType.of(type)).unique();
    if (unique.isEmpty()) {
      return Optional.empty();
    }
    var name = new StringBuilder(type);
    if (unique.get().scope() == Behaviour.Unique.Scope.REGION) {
      name.append('|').append(region);
    }
    for (Pointer at : unique.get().at()) {
      name.append('|')
          .append(at.in(properties).map(dev.parley.value.CanonicalJson::write).orElse(""));
    }
    return Optional.of(name.toString());
  }

  void put(Item item) {
    String key = item.key();
    Item before = items.put(key, item);
    if (before == null) {
      counts.merge(item.type(), 1, Integer::sum);
    } else {
      unlink(before);
    }
    link(item);
  }

  void remove(String key) {
    Item item = items.remove(key);
    if (item != null) {
      counts.merge(item.type(), -1, Integer::sum);
      unlink(item);
    }
    gone.add(key);
  }

  /** Where the properties point: the keys of what stands there, and whether they hold it fast. */
  Map<String, Boolean> targets(TypeSchema schema, Fields properties) {
    var targets = new LinkedHashMap<String, Boolean>();
    for (TypeSchema.Link link : schema.links()) {
      boolean holds = !link.relation().equals("attachedTo");
      for (Pointer place : Patterns.places(link.from(), properties)) {
        if (place.in(properties).orElse(dev.parley.value.Value.NULL) instanceof Text(var output)) {
          pointed(output, link.to())
              .ifPresent(item -> targets.merge(item.key(), holds, Boolean::logicalOr));
        }
      }
    }
    return targets;
  }

  /** Takes an item in without looking where it points; {@link #relink} does that for all. */
  void load(Item item) {
    String key = item.key();
    Item before = items.put(key, item);
    if (before == null) {
      counts.merge(item.type(), 1, Integer::sum);
    } else {
      unlink(before);
    }
    index(item);
  }

  private void link(Item item) {
    index(item);
    ware.describe(ResourceType.of(item.type()))
        .ifPresent(schema -> point(item.key(), targets(schema, item.properties())));
  }

  private void index(Item item) {
    String key = item.key();
    if (!item.correlation().isEmpty()) {
      correlations.put(item.type() + "|" + item.correlation(), key);
    }
    uniqueName(item.type(), item.region(), item.properties())
        .ifPresent(name -> taken.put(name, key));
    for (String output : outputs(item)) {
      byOutput.computeIfAbsent(output, _ -> new ArrayList<>(1)).add(key);
    }
  }

  private void point(String key, Map<String, Boolean> targets) {
    if (!targets.isEmpty()) {
      pointsAt.put(key, targets);
      targets
          .keySet()
          .forEach(target -> pointedAtBy.computeIfAbsent(target, _ -> new HashSet<>()).add(key));
    }
  }

  /** Looks again where every item points: after reading them in no order. */
  void relink() {
    pointsAt.clear();
    pointedAtBy.clear();
    items.forEach(
        (key, item) ->
            ware.describe(ResourceType.of(item.type()))
                .ifPresent(schema -> point(key, targets(schema, item.properties()))));
  }

  private void unlink(Item item) {
    String key = item.key();
    correlations.remove(item.type() + "|" + item.correlation(), key);
    uniqueName(item.type(), item.region(), item.properties())
        .ifPresent(name -> taken.remove(name, key));
    for (String output : outputs(item)) {
      List<String> keys = byOutput.getOrDefault(output, new ArrayList<>());
      keys.remove(key);
      if (keys.isEmpty()) {
        byOutput.remove(output);
      }
    }
    Map<String, Boolean> targets = pointsAt.remove(key);
    if (targets != null) {
      targets
          .keySet()
          .forEach(target -> pointedAtBy.getOrDefault(target, new HashSet<>()).remove(key));
    }
  }

  private Set<String> outputs(Item item) {
    var outputs = new HashSet<String>();
    outputs.add(item.id());
    for (Pointer at : ware.pointed().getOrDefault(ResourceType.of(item.type()), Set.of())) {
      if (at.in(item.properties()).orElse(dev.parley.value.Value.NULL) instanceof Text(var text)) {
        outputs.add(text);
      }
    }
    return outputs;
  }
}
