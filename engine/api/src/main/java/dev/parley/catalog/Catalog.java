package dev.parley.catalog;

import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The types an account's provider offers, read from the provider at run time. */
public interface Catalog {
  /** Changes whenever any type changes: a digest of the content. */
  String revision();

  /**
   * Changes whenever one of these types changes. A plan is made from the types it uses: news about
   * others leaves it as it is.
   */
  default String revision(Set<ResourceType> types) {
    return revision();
  }

  /** Every type, sorted. */
  List<ResourceType> types();

  /** The schema of a type, if the catalog knows it. */
  Optional<TypeSchema> describe(ResourceType type);

  /** Types whose name, title or description fits the words, best first. */
  List<ResourceType> search(String words, int limit);

  /** How the everyday services people ask for are made of these types. */
  List<Offering> offerings();

  /**
   * Reads it anew from where it comes from. What can't be read leaves the former state, with a
   * warning.
   *
   * @throws Invalid if the catalog stands fixed in the program
   */
  default Difference refresh() {
    throw fixed();
  }

  /**
   * Takes in a folder, file or archive of the vendor's own schemas; a type that is in it replaces
   * the one known before.
   *
   * @throws Invalid with every mistake, if the catalog stands fixed or nothing in there is a schema
   */
  default Difference take(Path from) {
    throw fixed();
  }

  private static Invalid fixed() {
    return new Invalid(
        new Problem(
            "catalog",
            "the catalog of this account",
            "it stands fixed in the program",
            "name an account whose provider reads its types from its cloud"));
  }

  /**
   * What a catalog's revision changed.
   *
   * @param changed type → what is different, one line each
   * @param warnings what could not be read, and what stands in its place
   */
  record Difference(
      String from,
      String to,
      List<ResourceType> added,
      List<ResourceType> removed,
      Map<ResourceType, List<String>> changed,
      List<String> warnings) {
    public Difference {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = Collections.unmodifiableMap(new TreeMap<>(changed));
      warnings = List.copyOf(warnings);
    }

    /** Whether any type changed. */
    public boolean any() {
      return !added.isEmpty() || !removed.isEmpty() || !changed.isEmpty();
    }
  }
}
