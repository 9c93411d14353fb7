package dev.parley.engine.resolve;

import dev.parley.engine.json.Nearest;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the type that was meant, also when its family, its version or the case is missing. */
final class TypeNames {
  private final Set<ResourceType> all = new LinkedHashSet<>();
  private final Map<String, Set<ResourceType>> byWord = new HashMap<>();
  private final Map<ResourceType, ResourceType> found = new HashMap<>();

  TypeNames(Collection<Spot> spots) {
    for (Spot spot : spots) {
      for (ResourceType type : spot.catalog().types()) {
        if (all.add(type)) {
          for (String word :
              List.of(
                  type.toString(),
                  type.family() + ":" + type.unversioned(),
                  type.name(),
                  type.unversioned())) {
            byWord
                .computeIfAbsent(word.toLowerCase(Locale.ROOT), _ -> new LinkedHashSet<>())
                .add(type);
          }
        }
      }
    }
  }

  /** The type; empty with a problem if there is none or more than one. */
  Optional<ResourceType> find(ResourceType asked, String where, Troubles troubles) {
    ResourceType known = found.get(asked);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<ResourceType> type = look(asked, where, troubles);
    type.ifPresent(one -> found.put(asked, one));
    return type;
  }

  private Optional<ResourceType> look(ResourceType asked, String where, Troubles troubles) {
    if (all.contains(asked)) {
      return Optional.of(asked);
    }
    Set<ResourceType> fits =
        byWord.getOrDefault(asked.toString().toLowerCase(Locale.ROOT), Set.of());
    if (fits.isEmpty()) {
      boolean familyKnown = all.stream().anyMatch(type -> type.family().equals(asked.family()));
      fits =
          familyKnown
              ? Set.of()
              : byWord.getOrDefault(asked.name().toLowerCase(Locale.ROOT), Set.of());
    }
    if (fits.size() == 1) {
      return Optional.of(fits.iterator().next());
    }
    if (fits.isEmpty()) {
      troubles.problem(
          where, "'" + asked + "'", "no account offers a type of that name", hint(asked));
    } else {
      String choices =
          String.join(", ", fits.stream().map(ResourceType::toString).sorted().toList());
      troubles.problem(
          where,
          "'" + asked + "'",
          "more than one type has that name",
          "name one of them in full: " + choices);
    }
    return Optional.empty();
  }

  private String hint(ResourceType asked) {
    List<String> names = all.stream().map(ResourceType::toString).toList();
    var near = new ArrayList<>(Nearest.to(asked.toString(), names, 3));
    if (near.isEmpty()) {
      String last = lastWord(asked.name());
      all.stream()
          .filter(type -> !Nearest.to(last, List.of(lastWord(type.name())), 1).isEmpty())
          .limit(3)
          .forEach(type -> near.add(type.toString()));
    }
    return near.isEmpty()
        ? "look a type up in the catalog"
        : "did you mean " + String.join(" or ", near) + "?";
  }

  private static String lastWord(String name) {
    String[] words = name.replaceFirst("@.*", "").split("[:/.]+");
    return words[words.length - 1];
  }
}
