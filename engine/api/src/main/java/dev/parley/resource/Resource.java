package dev.parley.resource;

import dev.parley.value.Value.Fields;
import java.util.Map;
import java.util.Optional;

/**
 * A resource as its provider shows it.
 *
 * @param name what a person would call it; the id where there is nothing better
 * @param properties as the provider gave them, read-only outputs included; never secrets
 * @param etag the provider's version of it, for optimistic locking
 */
public record Resource(
    ResourceType type,
    ResourceId id,
    String name,
    String region,
    Fields properties,
    Map<String, String> tags,
    Lifecycle lifecycle,
    Optional<String> etag) {
  public Resource {
    tags = Map.copyOf(tags);
  }
}
