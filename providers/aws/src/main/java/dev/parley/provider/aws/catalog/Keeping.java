package dev.parley.provider.aws.catalog;

import java.util.Collection;
import java.util.List;

/**
 * Guesses whether deleting a resource of a type loses data, where nobody has said so. A guess on
 * the wrong side may cost an approval too many, never data: what gives no sign counts as holding
 * some.
 *
 * @param evidence parts of property names that only something with data has: {@code
 *     DeletionProtection}
 * @param nothing ends of type names that stand for rules and relations, which can be made again
 */
record Keeping(List<String> evidence, List<String> nothing) {
  Keeping {
    evidence = List.copyOf(evidence);
    nothing = List.copyOf(nothing);
  }

  /** Whether a type of this name, with these properties, holds data as far as can be told. */
  boolean guess(String type, Collection<String> properties) {
    boolean shown =
        properties.stream().anyMatch(property -> evidence.stream().anyMatch(property::contains));
    return shown || nothing.stream().noneMatch(type::endsWith);
  }
}
