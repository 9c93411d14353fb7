package dev.parley.bot.assistant.lexicon;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the conversation's catalogs offer: services, the arguments they take, sizes and types. */
public final class Services {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z0-9]{1,40})(\\.\\w+)?}");

  private final Map<String, List<Offering>> offerings = new LinkedHashMap<>();
  private final Map<String, Set<String>> arguments = new HashMap<>();
  private final Map<String, Set<String>> families = new HashMap<>();
  private final Map<ResourceType, Set<String>> byType = new HashMap<>();
  private final Map<ResourceType, Catalog> types = new HashMap<>();
  private final Map<String, ResourceType> typeNames = new HashMap<>();
  private final Map<String, Set<String>> skuFamilies = new HashMap<>();

  Services(Iterable<Catalog> catalogs) {
    catalogs.forEach(this::add);
  }

  private void add(Catalog catalog) {
    for (ResourceType type : catalog.types()) {
      types.putIfAbsent(type, catalog);
      typeNames.putIfAbsent(type.name().toLowerCase(Locale.ROOT), type);
      typeNames.putIfAbsent(type.unversioned().toLowerCase(Locale.ROOT), type);
      typeNames.putIfAbsent(type.toString().toLowerCase(Locale.ROOT), type);
    }
    for (Offering offering : catalog.offerings()) {
      List<Offering> same = offerings.computeIfAbsent(offering.service(), _ -> new ArrayList<>());
      if (same.stream().noneMatch(other -> other.principal().equals(offering.principal()))) {
        same.add(offering);
      }
      arguments.computeIfAbsent(offering.service(), _ -> new HashSet<>()).addAll(takes(offering));
      families
          .computeIfAbsent(offering.service(), _ -> new HashSet<>())
          .add(offering.principal().family());
      byType
          .computeIfAbsent(offering.principal(), _ -> new LinkedHashSet<>())
          .add(offering.service());
      for (Offering.Size size : offering.sizes()) {
        skuFamilies
            .computeIfAbsent(size.sku().toLowerCase(Locale.ROOT), _ -> new HashSet<>())
            .add(offering.principal().family());
      }
    }
  }

  private static Set<String> takes(Offering offering) {
    var names = new HashSet<>(offering.roles().keySet());
    names.addAll(offering.defaults().fields().keySet());
    names.addAll(offering.needs());
    offering.variants().values().forEach(variant -> names.addAll(variant.fields().keySet()));
    for (Offering.Part part : offering.parts()) {
      part.only()
          .forEach(
              condition ->
                  names.add(condition.startsWith("!") ? condition.substring(1) : condition));
      placeholders(part.properties(), names);
    }
    if (!offering.sizes().isEmpty()) {
      names.addAll(List.of("size", "vcpu", "memory"));
    }
    names.removeAll(List.of("name", "item", "region", "environment", "account"));
    return names;
  }

  private static void placeholders(Value value, Set<String> names) {
    switch (value) {
      case Text(var text) -> {
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
      case Items(var items) -> items.forEach(item -> placeholders(item, names));
      case Fields(var fields) ->
          fields.forEach(
              (key, field) -> {
                boolean refers = key.equals("$each") || key.equals("$pick");
                if (refers && field instanceof Text(var argument)) {
                  names.add(argument);
                }
                placeholders(field, names);
              });
      case Value.Ref(var target, var pointer) -> placeholders(new Text(target + pointer), names);
      default -> {}
    }
  }

  /** All services, in the order of the catalogs. */
  public Set<String> names() {
    return offerings.keySet();
  }

  /** Whether a service takes an argument; one that no catalog offers takes any. */
  public boolean takes(String service, String argument) {
    Set<String> known = arguments.get(service);
    return known == null || known.contains(argument);
  }

  /** Whether some offering has a variant of this name. */
  public boolean variant(String name) {
    return offerings.values().stream()
        .flatMap(List::stream)
        .anyMatch(offering -> offering.variants().containsKey(name));
  }

  /** Whether a service takes a list of values for an argument. */
  public boolean takesList(String service, String argument) {
    return offerings(service).stream()
        .flatMap(offering -> offering.parts().stream())
        .anyMatch(part -> each(part.properties(), argument));
  }

  private static boolean each(Value value, String argument) {
    return switch (value) {
      case Items(var items) -> items.stream().anyMatch(item -> each(item, argument));
      case Fields fields ->
          fields.text("$each").filter(argument::equals).isPresent()
              || fields.fields().values().stream().anyMatch(field -> each(field, argument));
      default -> false;
    };
  }

  /** A service's offerings, one per principal type. */
  public List<Offering> offerings(String service) {
    return offerings.getOrDefault(service, List.of());
  }

  /** A service's offering of one family. */
  public Optional<Offering> offering(String service, String family) {
    return offerings(service).stream()
        .filter(offering -> offering.principal().family().equals(family))
        .findFirst();
  }

  /** The families that offer a service. */
  public Set<String> families(String service) {
    return families.getOrDefault(service, Set.of());
  }

  /** The services whose principal is of a type. */
  public Set<String> of(ResourceType type) {
    Set<String> found = byType.get(type);
    if (found != null) {
      return found;
    }
    for (var entry : byType.entrySet()) {
      boolean same =
          entry.getKey().family().equals(type.family())
              && entry.getKey().unversioned().equals(type.unversioned());
      if (same) {
        return entry.getValue();
      }
    }
    return Set.of();
  }

  /** A type by its name, with or without family and version, in any case. */
  public Optional<ResourceType> type(String name) {
    return Optional.ofNullable(typeNames.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The schema of a type. */
  public Optional<TypeSchema> schema(ResourceType type) {
    return Optional.ofNullable(types.get(type)).flatMap(catalog -> catalog.describe(type));
  }

  /** The services that are sold in sizes of the same look as one that no catalog lists. */
  public Set<String> soldLike(String sku) {
    Set<String> looks = Skus.families(sku);
    var sold = new HashSet<String>();
    for (var entry : offerings.entrySet()) {
      boolean alike =
          entry.getValue().stream()
              .filter(offering -> looks.contains(offering.principal().family()))
              .flatMap(offering -> offering.sizes().stream())
              .anyMatch(size -> Skus.prefix(size.sku()).equals(Skus.prefix(sku)));
      boolean unlisted =
          takes(entry.getKey(), "size")
              && entry.getValue().stream()
                  .anyMatch(o -> looks.contains(o.principal().family()) && o.sizes().isEmpty());
      if (alike || unlisted) {
        sold.add(entry.getKey());
      }
    }
    return sold;
  }

  /** The service one has in mind who only names sizes; of several, that which runs an image. */
  public Optional<String> ofSize(Set<String> sold) {
    List<String> sorted = sold.stream().sorted().toList();
    return sorted.stream()
        .filter(
            service ->
                takes(service, "image") && !takes(service, "nodes") && !takes(service, "replicas"))
        .findFirst()
        .or(() -> sorted.stream().findFirst());
  }

  /** The families in which a size is sold. */
  public Set<String> familiesOf(String sku) {
    return skuFamilies.getOrDefault(sku.toLowerCase(Locale.ROOT), Skus.families(sku));
  }
}
