package dev.parley.rules.scene;

import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceType;
import dev.parley.rules.read.Section;
import dev.parley.rules.read.Shipped;
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules need to know of a type beside its properties; data, {@code tables/types.yaml}.
 *
 * @param size where the machine size stands; the first place that holds something counts
 * @param capacity where the largest number of machines or copies stands
 * @param tags whether it takes tags
 * @param stateful whether deleting it loses data
 * @param global whether it has no region
 * @param permissions whether it grants permissions
 * @param price the vendor's service in a price list; {engine} stands for the resource's engine
 */
record Traits(
    List<Pointer> size,
    List<Pointer> capacity,
    boolean tags,
    boolean stateful,
    boolean global,
    boolean permissions,
    Optional<String> price) {
  private static final Traits UNKNOWN =
      new Traits(List.of(), List.of(), true, false, false, false, Optional.empty());
  private static final Map<String, Traits> SHIPPED = shipped();

  Traits {
    size = List.copyOf(size);
    capacity = List.copyOf(capacity);
  }

  /** The traits of a type; a type nobody described takes tags, has a region and keeps nothing. */
  static Traits of(ResourceType type) {
    return SHIPPED.getOrDefault(key(type), UNKNOWN);
  }

  /** Family and name without version: how rules name types. */
  static String key(ResourceType type) {
    return type.family() + ":" + type.unversioned();
  }

  private static Map<String, Traits> shipped() {
    Yaml yaml = Yaml.parse("types.yaml", Shipped.text("tables/types.yaml"));
    var problems = new ArrayList<Problem>();
    var traits = new HashMap<String, Traits>();
    Section all = Section.of(yaml.value(), Pointer.ROOT, yaml::where, problems);
    for (String type : all.names()) {
      Section one =
          all.section(type)
              .only("size", "capacity", "tags", "stateful", "global", "permissions", "price");
      traits.put(
          type,
          new Traits(
              one.texts("size").stream().map(Pointer::of).toList(),
              one.texts("capacity").stream().map(Pointer::of).toList(),
              one.flag("tags").orElse(true),
              one.flag("stateful").orElse(false),
              one.flag("global").orElse(false),
              one.flag("permissions").orElse(false),
              one.text("price")));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return Map.copyOf(traits);
  }
}
