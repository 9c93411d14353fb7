package dev.parley.provider;

import dev.parley.resource.ResourceId;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a provider call stands.
 *
 * @param percent 0 to 100, if the provider says
 * @param retryAfter when to look again, if the provider says
 * @param resource the id, as soon as it is known
 * @param error why it failed
 * @param message the provider's words, for people
 */
public record Operation(
    OperationHandle handle,
    State state,
    Optional<Integer> percent,
    Optional<Duration> retryAfter,
    Optional<ResourceId> resource,
    Optional<ProviderException> error,
    String message) {

  /** How it goes. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    UNKNOWN
  }
}
