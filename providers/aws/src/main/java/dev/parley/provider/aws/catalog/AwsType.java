package dev.parley.provider.aws.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.value.Pointer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A registered type, with what only its provider needs to know.
 *
 * @param schema what everybody sees
 * @param identifier the properties that make its identifier, in order; several are joined by {@code
 *     |}
 * @param handlers which of create, read, update, delete and list it can do through Cloud Control
 * @param listing the properties that listing it must be given: its parents
 * @param unordered lists whose order means nothing; a segment {@code *} stands for every item
 * @param transforms how the provider rewrites a property, as JSONata; for telling drift from style
 * @param timeouts how long a handler may take, by handler
 * @param createFirst whether a replacement is made before the old one goes
 */
public record AwsType(
    TypeSchema schema,
    List<Pointer> identifier,
    Set<String> handlers,
    Set<String> listing,
    Set<Pointer> unordered,
    Map<Pointer, String> transforms,
    Map<String, Duration> timeouts,
    Optional<Boolean> createFirst) {
  public AwsType {
    identifier = List.copyOf(identifier);
    handlers = Set.copyOf(handlers);
    listing = Set.copyOf(listing);
    unordered = Set.copyOf(unordered);
    transforms = Map.copyOf(transforms);
    timeouts = Map.copyOf(timeouts);
  }
}
