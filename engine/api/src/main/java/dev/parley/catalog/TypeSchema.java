package dev.parley.catalog;

import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one type of resource accepts and shows.
 *
 * @param schema JSON Schema of the resource's properties, desired and observed together
 * @param readOnly set by the provider, never sent
 * @param writeOnly sent, never shown again
 * @param createOnly can't be changed: a new value means a replacement
 * @param identity where the observed resource holds its provider id
 * @param links which properties point at which other types
 * @param tags where tags go, if the type takes any
 * @param general the broader class in the graph's vocabulary, for example {@code
 *     server#VirtualServer}
 * @param stateful whether deleting it loses data
 * @param calls operations beyond create, read, update and delete: start, stop, reboot
 * @param source where the schema was read, and the SHA-256 of what was read
 * @param mayReplace properties that the provider sometimes changes in place and sometimes only by a
 *     replacement
 * @param permissions what the account must be allowed to do, by action: create, read, update,
 *     delete, list; empty where the catalog does not say
 */
public record TypeSchema(
    ResourceType type,
    String title,
    String description,
    Fields schema,
    Set<Pointer> readOnly,
    Set<Pointer> writeOnly,
    Set<Pointer> createOnly,
    Pointer identity,
    List<Link> links,
    Optional<Tags> tags,
    Optional<String> general,
    boolean stateful,
    Set<String> calls,
    String source,
    Set<Pointer> mayReplace,
    Map<String, List<String>> permissions) {
  public TypeSchema {
    readOnly = Set.copyOf(readOnly);
    writeOnly = Set.copyOf(writeOnly);
    createOnly = Set.copyOf(createOnly);
    links = List.copyOf(links);
    calls = Set.copyOf(calls);
    mayReplace = Set.copyOf(mayReplace);
    permissions = Map.copyOf(permissions);
  }

  /** A type whose catalog says nothing of uncertain replacements and permissions. */
  public TypeSchema(
      ResourceType type,
      String title,
      String description,
      Fields schema,
      Set<Pointer> readOnly,
      Set<Pointer> writeOnly,
      Set<Pointer> createOnly,
      Pointer identity,
      List<Link> links,
      Optional<Tags> tags,
      Optional<String> general,
      boolean stateful,
      Set<String> calls,
      String source) {
    this(
        type,
        title,
        description,
        schema,
        readOnly,
        writeOnly,
        createOnly,
        identity,
        links,
        tags,
        general,
        stateful,
        calls,
        source,
        Set.of(),
        Map.of());
  }

  /**
   * A property that holds an output of another resource.
   *
   * @param from the property; a segment {@code *} stands for every item of a list
   * @param to the types it may point at
   * @param output which output of the target it holds; "" is the target's id
   * @param relation what the link means in the graph: dependsOn, deployedIn, attachedTo
   */
  public record Link(Pointer from, List<ResourceType> to, Pointer output, String relation) {
    public Link {
      to = List.copyOf(to);
    }
  }

  /**
   * Where tags go.
   *
   * @param at the property
   * @param shape how it spells them
   */
  public record Tags(Pointer at, Shape shape) {
    /** How a type spells tags. */
    public enum Shape {
      /** An object: {@code {"team": "shop"}}. */
      MAP,
      /** A list of {@code {"Key": "team", "Value": "shop"}}. */
      KEY_VALUE_LIST
    }
  }
}
