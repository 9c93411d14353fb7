package dev.parley.provider.aws.fake.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that requests are signed with.
 *
 * @param session the token that must come along; empty for a user's long-lived key
 * @param expires when it stops to work, by the cloud's clock
 */
public record AccessKey(
    String id,
    String secret,
    Optional<String> session,
    Identity identity,
    Optional<Instant> expires) {
  @Override
  public String toString() {
    return "AccessKey[" + id + " of " + identity.arn() + "]";
  }
}
