package dev.parley.engine.look;

import dev.parley.catalog.TypeSchema;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Collects from the catalogs' schemas what a change needs its account to be allowed to do. */
public final class Needed {
  private Needed() {}

  /** Of a plan: every action of every change, and the reading that goes with each. */
  public static Permissions of(Plan plan, Function<Address, Optional<TypeSchema>> schemas) {
    Map<String, SortedSet<String>> accounts = new TreeMap<>();
    Set<ResourceType> unknown = new TreeSet<>();
    for (Change change : plan.changes()) {
      SortedSet<String> needed =
          accounts.computeIfAbsent(change.at().account(), _ -> new TreeSet<>());
      if (change.at().type().isOperation() && change instanceof Change.Call call) {
        needed.add(call.operation().replaceFirst("\\.", ":"));
        continue;
      }
      Optional<TypeSchema> schema = schemas.apply(change.at());
      if (schema.map(TypeSchema::permissions).orElse(Map.of()).isEmpty()) {
        unknown.add(change.at().type());
        continue;
      }
      for (String action : actions(change)) {
        needed.addAll(schema.get().permissions().getOrDefault(action, List.of()));
      }
    }
    return new Permissions(accounts, unknown);
  }

  /** Of a type: everything from making it to deleting it. */
  public static Permissions of(String account, ResourceType type, Optional<TypeSchema> schema) {
    var needed = new TreeSet<String>();
    schema.map(TypeSchema::permissions).orElse(Map.of()).values().forEach(needed::addAll);
    return new Permissions(Map.of(account, needed), needed.isEmpty() ? Set.of(type) : Set.of());
  }

  private static List<String> actions(Change change) {
    return switch (change) {
      case Change.Create _ -> List.of("create", "read");
      case Change.Update _ -> List.of("read", "update");
      case Change.Replace _ -> List.of("create", "read", "delete");
      case Change.Delete _ -> List.of("read", "delete");
      case Change.Read _, Change.NoOp _, Change.Call _ -> List.of("read");
    };
  }
}
