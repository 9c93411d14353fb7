package dev.parley.catalog;

import dev.parley.resource.ResourceType;
import java.util.List;
import java.util.Optional;

/** The types an account's provider offers, read from the provider at run time. */
public interface Catalog {
  /** Changes whenever any type changes: a digest of the content. */
  String revision();

  /** Every type, sorted. */
  List<ResourceType> types();

  /** The schema of a type, if the catalog knows it. */
  Optional<TypeSchema> describe(ResourceType type);

  /** Types whose name, title or description fits the words, best first. */
  List<ResourceType> search(String words, int limit);

  /** How the everyday services people ask for are made of these types. */
  List<Offering> offerings();
}
