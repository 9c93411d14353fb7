package dev.parley.run;

import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * One thing that happened, as it stands in the journal for ever.
 *
 * @param sequence its place in the journal; counts from 1 without gaps
 * @param stream what it belongs to: {@code run/r-17}, {@code plan/p-42}, {@code doc/...}
 * @param kind the event's name
 * @param version of the body's shape
 */
public record Entry(
    long sequence,
    String tenant,
    String stream,
    String kind,
    int version,
    Instant at,
    Fields body) {

  /** An entry before it has a place and a time. */
  public record Fresh(String tenant, String stream, String kind, int version, Fields body) {}
}
