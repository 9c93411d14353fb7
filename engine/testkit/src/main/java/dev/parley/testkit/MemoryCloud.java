package dev.parley.testkit;

import dev.parley.catalog.Catalog;
import dev.parley.engine.catalog.CatalogFiles;
import dev.parley.engine.catalog.MemoryCatalog;
import dev.parley.provider.Operation;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The smallest cloud that keeps the provider's contract: two types, in memory, shared by the {@link
 * MemoryProvider}s of its accounts. All its state is guarded by itself.
 */
public final class MemoryCloud {
  /** A thing: keeps data, can be rung, hides its password. */
  public static final ResourceType THING = ResourceType.of("memory:thing");

  /** A note about a thing; has no tags. */
  public static final ResourceType NOTE = ResourceType.of("memory:note");

  static final Catalog CATALOG =
      new MemoryCatalog(
          List.of(
              CatalogFiles.type(
                  "thing.json",
                  """
                  {"type": "memory:thing", "title": "Thing", "description": "Anything at all.",
                   "schema": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
                     "name": {"type": "string"}, "size": {"type": "integer", "minimum": 0},
                     "colour": {"type": "string", "enum": ["red", "green", "blue"]},
                     "password": {"type": "string", "minLength": 8}, "id": {"type": "string"}, "rings": {"type": "integer"},
                     "tags": {"type": "object", "additionalProperties": {"type": "string"}}}},
                   "readOnly": ["/id", "/rings"], "writeOnly": ["/password"], "createOnly": ["/name", "/colour"],
                   "identity": "/id", "tags": {"at": "/tags", "shape": "MAP"}, "stateful": true, "calls": ["ring"]}\
                  """),
              CatalogFiles.type(
                  "note.json",
                  """
                  {"type": "memory:note", "title": "Note", "description": "A text about a thing.",
                   "schema": {"type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                     "text": {"type": "string"}, "about": {"type": "string"}, "id": {"type": "string"}}},
                   "readOnly": ["/id"], "identity": "/id",
                   "links": [{"from": "/about", "to": ["memory:thing"], "output": "/id", "relation": "dependsOn"}]}\
                  """)),
          List.of());

  /** What was made, and by whom it can be found. */
  record Kept(Resource resource, String correlation) {}

  /** An operation that goes on. */
  record Pending(
      String id,
      String account,
      String body,
      Instant due,
      Operation.State end,
      Optional<Kept> makes) {}

  final Map<String, TreeMap<String, Kept>> kept = new HashMap<>();
  final Map<String, Pending> operations = new HashMap<>();
  final Map<String, Pending> tokens = new HashMap<>();
  private final List<ProviderContract.Wire> wire = new ArrayList<>();
  private final Map<ResourceType, Misfortune> misfortunes = new HashMap<>();
  private int ids;

  /** Lets it befall the next call that concerns the type. */
  public synchronized void strike(Misfortune misfortune, ResourceType type) {
    misfortunes.put(type, misfortune);
  }

  /** Every request that came, oldest first. */
  public synchronized List<ProviderContract.Wire> wire() {
    return List.copyOf(wire);
  }

  /** How many resources an account holds. */
  public synchronized int count(String account) {
    return of(account).size();
  }

  synchronized void note(boolean mutates, Fields body) {
    wire.add(new ProviderContract.Wire(mutates, body));
  }

  /** What strikes now, if it is of the kind that strikes lists, or of the other. */
  synchronized Optional<Misfortune> struck(ResourceType type, boolean list) {
    Optional<Misfortune> found =
        Optional.ofNullable(misfortunes.get(type))
            .filter(one -> (one == Misfortune.DENY_LIST) == list);
    found.ifPresent(_ -> misfortunes.remove(type));
    return found;
  }

  TreeMap<String, Kept> of(String account) {
    return kept.computeIfAbsent(account, _ -> new TreeMap<>());
  }

  synchronized String nextId() {
    return "m-" + ++ids;
  }
}
