package dev.parley.provider.sandbox.catalog;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.CatalogFiles;
import dev.parley.engine.catalog.MemoryCatalog;
import dev.parley.engine.json.Json;
import dev.parley.provider.services.FamilyServices;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one family of simulated clouds sells: its types, its offerings, and how it treats each type.
 *
 * @param pointed for each type, the outputs by which other types point at it
 */
public record Cloudware(
    String family,
    Catalog catalog,
    Map<ResourceType, Behaviour> behaviours,
    Map<ResourceType, Set<Pointer>> pointed) {
  /** The families there are. */
  public static final List<String> FAMILIES = List.of("aws", "azure", "gcp");

  private static final String ROOT = "/dev/parley/provider/sandbox/";
  private static final Map<String, Cloudware> READ = new ConcurrentHashMap<>();

  public Cloudware {
    behaviours = Map.copyOf(behaviours);
    pointed = Map.copyOf(pointed);
  }

  /**
   * Of a family; read from the class path once.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static Cloudware of(String family) {
    if (!FAMILIES.contains(family)) {
      throw new IllegalArgumentException(
          "no simulated cloud '" + family + "': there are " + FAMILIES);
    }
    return READ.computeIfAbsent(family, Cloudware::read);
  }

  /** How a type is treated. */
  public Behaviour behaviour(ResourceType type) {
    return behaviours.getOrDefault(type, Behaviour.PLAIN);
  }

  /** A type's schema. */
  public Optional<TypeSchema> describe(ResourceType type) {
    return catalog.describe(type);
  }

  private static Cloudware read(String family) {
    var types = new ArrayList<TypeSchema>();
    for (String file : text("catalog/" + family + "/index.txt").split("\n")) {
      if (!file.isBlank()) {
        types.add(CatalogFiles.type(file, text("catalog/" + family + "/" + file)));
      }
    }
    List<Offering> offerings = FamilyServices.of(family);
    var behaviours = new HashMap<ResourceType, Behaviour>();
    Fields read = (Fields) Json.parsePlain(text("behaviour/" + family + ".json"));
    read.fields()
        .forEach((type, one) -> behaviours.put(ResourceType.of(type), Behaviour.of((Fields) one)));
    return new Cloudware(family, new MemoryCatalog(types, offerings), behaviours, pointed(types));
  }

  private static Map<ResourceType, Set<Pointer>> pointed(List<TypeSchema> types) {
    var pointed = new HashMap<ResourceType, Set<Pointer>>();
    types.forEach(type -> pointed.put(type.type(), new HashSet<>(Set.of(type.identity()))));
    for (TypeSchema type : types) {
      for (TypeSchema.Link link : type.links()) {
        for (ResourceType to : link.to()) {
          pointed.computeIfAbsent(to, _ -> new HashSet<>()).add(link.output());
        }
      }
    }
    return pointed;
  }

  private static String text(String name) {
    try (var in = Cloudware.class.getResourceAsStream(ROOT + name)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox is incomplete: no resource " + ROOT + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }
}
