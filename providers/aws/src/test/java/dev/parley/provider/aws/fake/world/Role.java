package dev.parley.provider.aws.fake.world;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A role that can be taken.
 *
 * @param account whose role it is
 * @param trusts accounts whose users and sessions may take it
 * @param externalId what they must know besides
 * @param webTokens tokens of an identity provider that may be exchanged for it
 * @param longest how long a session may last
 */
public record Role(
    String account,
    String name,
    Set<String> trusts,
    Optional<String> externalId,
    Set<String> webTokens,
    Duration longest) {
  public Role {
    trusts = Set.copyOf(trusts);
    webTokens = Set.copyOf(webTokens);
  }

  /** Its ARN. */
  public String arn() {
    return "arn:aws:iam::" + account + ":role/" + name;
  }
}
