package dev.parley.provider.sandbox.cloud;

import dev.parley.resource.Lifecycle;
import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * One resource as the cloud keeps it; secrets are never kept.
 *
 * @param properties as anyone may see them, once it is ready
 * @param version rises with every change; the etag
 * @param operation the running operation; "" if there is none
 * @param ready when it last became ready
 */
record Item(
    String type,
    String region,
    String id,
    String name,
    Fields properties,
    String correlation,
    Lifecycle lifecycle,
    long version,
    String operation,
    Instant created,
    Instant ready) {

  /** Unique within an account; also the order of lists. */
  String key() {
    return key(type, region, id);
  }

  static String key(String type, String region, String id) {
    return type + "|" + region + "|" + id;
  }

  boolean busy() {
    return !operation.isEmpty();
  }

  Item during(String operation, Lifecycle lifecycle) {
    return new Item(
        type,
        region,
        id,
        name,
        properties,
        correlation,
        lifecycle,
        version,
        operation,
        created,
        ready);
  }

  Item settled(Fields properties, Lifecycle lifecycle, Instant at) {
    return new Item(
        type, region, id, name, properties, correlation, lifecycle, version + 1, "", created, at);
  }
}
