package dev.parley.plan;

import java.util.Optional;

/**
 * Where something is wanted; every part may be left open.
 *
 * @param account an account's id
 * @param family a provider family: aws, azure, gcp
 * @param cheapest whether the Allocator shall pick the cheapest allowed target
 */
public record Place(
    Optional<String> account, Optional<String> family, Optional<String> region, boolean cheapest) {
  /** Left open. */
  public static final Place ANY =
      new Place(Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** These wishes, and where they are silent, those. */
  public Place or(Place other) {
    return new Place(
        account.or(other::account),
        family.or(() -> account.isPresent() ? Optional.empty() : other.family()),
        region.or(other::region),
        cheapest || (account.isEmpty() && family.isEmpty() && other.cheapest()));
  }
}
