package dev.parley.engine.execute;

import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import java.util.Optional;

/** What came back from one job for a step. */
sealed interface Reply {
  /** It is done, and was seen to be; the resource as read, or nothing after a delete. */
  record Done(Optional<Resource> made) implements Reply {}

  /** The provider took it and works on it. */
  record Running(Operation operation) implements Reply {}

  /**
   * The provider says it is done, but a read does not show it yet.
   *
   * @param trouble why it could not be read
   */
  record Unseen(Optional<ResourceId> id, Optional<ProviderException> trouble) implements Reply {}

  /** What a look for the step's mark found. */
  record Found(Optional<Resource> resource) implements Reply {}

  /** The resource as it is now, read since somebody else was at it. */
  record Reread(Optional<Resource> resource) implements Reply {}

  /** What a failed attempt had left is being deleted. */
  record Cleared() implements Reply {}

  /**
   * It went wrong.
   *
   * @param finished whether the provider had taken the call and ended it
   */
  record Trouble(ProviderException error, boolean finished) implements Reply {}
}
