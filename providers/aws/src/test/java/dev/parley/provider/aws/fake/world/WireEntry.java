package dev.parley.provider.aws.fake.world;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * A request that reached the cloud and was understood.
 *
 * @param about usually a type
 * @param digest of the body, so that repeats can be told
 * @param body the desired state or the patch as it was sent; kept in memory only, for it may hold
 *     secrets
 */
public record WireEntry(
    Instant at,
    String service,
    String operation,
    boolean mutates,
    String account,
    String region,
    String about,
    String digest,
    Fields body) {
  /** What may be written down: everything but the body. */
  public Fields written() {
    return Fields.of("at", Value.text(at.toString()))
        .with("service", Value.text(service))
        .with("operation", Value.text(operation))
        .with("mutates", Value.bool(mutates))
        .with("account", Value.text(account))
        .with("region", Value.text(region))
        .with("about", Value.text(about))
        .with("digest", Value.text(digest));
  }

  @Override
  public String toString() {
    return written().toString();
  }
}
