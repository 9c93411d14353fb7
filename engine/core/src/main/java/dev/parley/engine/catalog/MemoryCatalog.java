package dev.parley.engine.catalog;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Codec;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalog that is all in memory; its revision is the digest of its content. */
public final class MemoryCatalog implements Catalog {
  private final Map<ResourceType, TypeSchema> types = new TreeMap<>();
  private final List<ResourceType> names;
  private final List<Offering> offerings;
  private final String revision;
  private final CatalogSearch search;

  /**
   * Of these.
   *
   * @throws IllegalArgumentException if a type is there twice, or an offering is made of a type
   *     that is not there
   */
  public MemoryCatalog(List<TypeSchema> schemas, List<Offering> offerings) {
    for (TypeSchema schema : schemas) {
      if (types.put(schema.type(), schema) != null) {
        throw new IllegalArgumentException("a type is in the catalog twice: " + schema.type());
      }
    }
    for (Offering offering : offerings) {
      for (Offering.Part part : offering.parts()) {
        if (!types.containsKey(part.type())) {
          throw new IllegalArgumentException(
              "the offering '"
                  + offering.service()
                  + "' is made of a type that is not in the catalog: "
                  + part.type());
        }
      }
    }
    this.names = List.copyOf(types.keySet());
    this.offerings = List.copyOf(offerings);
    this.revision = digest().hex();
    this.search = search(types.values(), this.offerings);
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public List<ResourceType> types() {
    return names;
  }

  @Override
  public Optional<TypeSchema> describe(ResourceType type) {
    return Optional.ofNullable(types.get(type));
  }

  @Override
  public List<ResourceType> search(String words, int limit) {
    return search.best(words, limit);
  }

  @Override
  public List<Offering> offerings() {
    return offerings;
  }

  private static CatalogSearch search(Collection<TypeSchema> types, List<Offering> offerings) {
    return new CatalogSearch(
        types.stream()
            .map(t -> new CatalogSearch.Spoken(t.type(), t.title(), t.description()))
            .toList(),
        offerings);
  }

  private Digest digest() {
    Value schemas = new Items(types.values().stream().<Value>map(Codec::encode).toList());
    Value services = new Items(offerings.stream().<Value>map(Codec::encode).toList());
    return Digest.of(Fields.of("types", schemas).with("offerings", services));
  }
}
