package dev.parley.engine.look;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.engine.json.Nearest;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the one type that somebody means. */
final class TypeWords {
  private static final int SHOWN = 6;

  private TypeWords() {}

  /**
   * By whole name, by the name without its family, by an everyday service, or by the end of the
   * name: {@code AWS::EC2::Instance}, {@code vm}, {@code instance}.
   *
   * @throws Invalid if there is none, or more than one
   */
  static ResourceType of(Catalog catalog, String account, String words) {
    String said = words.strip().toLowerCase(Locale.ROOT);
    List<ResourceType> types = catalog.types();
    List<ResourceType> whole =
        types.stream()
            .filter(type -> spelt(type.toString(), said) || spelt(type.name(), said))
            .toList();
    if (whole.size() == 1) {
      return whole.getFirst();
    }
    for (Offering offering : catalog.offerings()) {
      if (offering.service().equals(said)
          || offering.words().contains(said)
          || offering.words().contains(singular(said))) {
        return offering.principal();
      }
    }
    List<ResourceType> ends =
        types.stream()
            .filter(type -> end(type).equals(said) || end(type).equals(singular(said)))
            .toList();
    if (ends.size() == 1) {
      return ends.getFirst();
    }
    List<ResourceType> near = ends.isEmpty() ? catalog.search(said, SHOWN) : ends;
    throw new Invalid(
        new Problem(
            account,
            "'" + words.strip() + "'",
            ends.isEmpty() ? "no type is called that" : ends.size() + " types are called that",
            near.isEmpty()
                ? Nearest.hint(
                    words.strip(), types.stream().map(ResourceType::name).toList(), "types")
                : "say which: "
                    + near.stream()
                        .limit(SHOWN)
                        .map(ResourceType::name)
                        .collect(Collectors.joining(", "))));
  }

  private static boolean spelt(String name, String said) {
    return name.equalsIgnoreCase(said)
        || name.toLowerCase(Locale.ROOT).replace("::", " ").equals(said);
  }

  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  /** {@code AWS::EC2::Instance} → {@code instance}. */
  private static String end(ResourceType type) {
    String name = type.unversioned();
    int at =
        Math.max(name.lastIndexOf(':'), Math.max(name.lastIndexOf('/'), name.lastIndexOf('.')));
    return name.substring(at + 1).toLowerCase(Locale.ROOT);
  }
}
