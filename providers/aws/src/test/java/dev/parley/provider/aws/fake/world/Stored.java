package dev.parley.provider.aws.fake.world;

import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * A resource.
 *
 * @param id its primary identifier; several parts are joined by a bar
 * @param properties all of them, also those that a read never shows
 * @param ordinal the place's first resource is 1; never used again
 */
public record Stored(
    Place place, String id, Fields properties, long ordinal, Instant made, Instant changed) {
  /** A copy with other properties. */
  public Stored with(Fields other, Instant now) {
    return new Stored(place, id, other, ordinal, made, now);
  }
}
