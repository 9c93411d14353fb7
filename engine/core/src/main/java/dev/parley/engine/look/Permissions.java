package dev.parley.engine.look;

import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The least that accounts must be allowed to do.
 *
 * @param accounts account → the provider's own names of what it must be allowed
 * @param unknown types whose catalog does not say what they need
 */
public record Permissions(Map<String, SortedSet<String>> accounts, Set<ResourceType> unknown) {
  public Permissions {
    var copy = new TreeMap<String, SortedSet<String>>();
    accounts.forEach((account, names) -> copy.put(account, new TreeSet<>(names)));
    accounts = Collections.unmodifiableMap(copy);
    unknown = Collections.unmodifiableSet(new TreeSet<>(unknown));
  }

  /** One line for each account and each service in it: {@code ec2: RunInstances, StopInstances}. */
  public List<String> lines(String account) {
    var services = new TreeMap<String, List<String>>();
    for (String name : accounts.getOrDefault(account, Collections.emptySortedSet())) {
      int colon = name.indexOf(':');
      services
          .computeIfAbsent(colon < 0 ? "" : name.substring(0, colon), _ -> new ArrayList<>())
          .add(name.substring(colon + 1));
    }
    return services.entrySet().stream()
        .map(
            entry ->
                (entry.getKey().isEmpty() ? "" : entry.getKey() + ": ")
                    + String.join(", ", entry.getValue()))
        .toList();
  }
}
