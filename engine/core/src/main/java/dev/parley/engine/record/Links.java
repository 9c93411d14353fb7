package dev.parley.engine.record;

import dev.parley.catalog.TypeSchema;
import dev.parley.catalog.TypeSchema.Link;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which standing resource a property's value points at: known by the ids and outputs last seen. */
final class Links {
  /** A property's value may be the name of another resource only from this length on. */
  private static final int SHORTEST = 3;

  /** One resource points at another; {@code relation} is dependsOn, deployedIn, attachedTo. */
  record Found(String relation, Address target) {}

  private record Key(String account, String value) {}

  private final Map<Key, Set<Address>> holders = new HashMap<>();
  private final Map<Address, List<Key>> keys = new HashMap<>();

  /** Remembers by which values others may point at the resource. */
  void stands(Address at, Resource resource, Optional<TypeSchema> schema) {
    gone(at);
    var values = new LinkedHashSet<String>();
    values.add(resource.id().value());
    values.add(resource.name());
    schema.ifPresent(
        known -> {
          texts(known.identity(), resource.properties(), values::add);
          known.readOnly().forEach(pointer -> texts(pointer, resource.properties(), values::add));
        });
    var mine = new ArrayList<Key>();
    for (String value : values) {
      if (value.length() >= SHORTEST) {
        Key key = new Key(at.account(), value);
        holders.computeIfAbsent(key, _ -> new HashSet<>()).add(at);
        mine.add(key);
      }
    }
    keys.put(at, mine);
  }

  void gone(Address at) {
    for (Key key : Optional.ofNullable(keys.remove(at)).orElse(List.of())) {
      Set<Address> left = holders.getOrDefault(key, Set.of());
      left.remove(at);
      if (left.isEmpty()) {
        holders.remove(key);
      }
    }
  }

  /**
   * Where the resource's properties point, as far as its schema says; without one, by ids alone.
   */
  List<Found> from(Address at, Resource resource, Optional<TypeSchema> schema) {
    var found = new LinkedHashSet<Found>();
    if (schema.isEmpty()) {
      texts(
          resource.properties(),
          text ->
              targets(at, text, List.of())
                  .forEach(target -> found.add(new Found("dependsOn", target))));
    }
    for (Link link : schema.map(TypeSchema::links).orElse(List.of())) {
      texts(
          link.from(),
          resource.properties(),
          text ->
              targets(at, text, link.to())
                  .forEach(target -> found.add(new Found(link.relation(), target))));
    }
    return List.copyOf(found);
  }

  private Set<Address> targets(Address from, String value, List<ResourceType> types) {
    var targets = new TreeSet<Address>();
    for (Address holder : holders.getOrDefault(new Key(from.account(), value), Set.of())) {
      if (!holder.equals(from)
          && (types.isEmpty() || types.stream().anyMatch(type -> same(type, holder.type())))) {
        targets.add(holder);
      }
    }
    return targets;
  }

  private static boolean same(ResourceType one, ResourceType other) {
    return one.family().equals(other.family()) && one.unversioned().equals(other.unversioned());
  }

  /** Every text where a pointer leads; {@code *} leads to all items of a list. */
  private static void texts(Pointer pointer, Value root, Consumer<String> reader) {
    texts(pointer.segments(), root, reader);
  }

  private static void texts(List<String> way, Value here, Consumer<String> reader) {
    if (way.isEmpty()) {
      switch (here) {
        case Text(var text) -> reader.accept(text);
        case Items(var items) -> items.forEach(item -> texts(way, item, reader));
        default -> {}
      }
      return;
    }
    List<String> rest = way.subList(1, way.size());
    if (way.getFirst().equals("*") && here instanceof Items(var items)) {
      items.forEach(item -> texts(rest, item, reader));
    } else {
      new Pointer(way.subList(0, 1)).in(here).ifPresent(next -> texts(rest, next, reader));
    }
  }

  private static void texts(Value value, Consumer<String> reader) {
    switch (value) {
      case Text(var text) -> reader.accept(text);
      case Items(var items) -> items.forEach(item -> texts(item, reader));
      case Fields(var fields) -> fields.values().forEach(field -> texts(field, reader));
      default -> {}
    }
  }
}
