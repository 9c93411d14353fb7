package dev.parley.provider.sandbox.cloud;

import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * One asynchronous operation of the cloud.
 *
 * @param verb CREATE, UPDATE, DELETE or CALL
 * @param key the item's key
 * @param resourceId the item's id
 * @param due when it ends
 * @param after the item's properties when it has succeeded
 * @param trouble why it will fail; "" if it will succeed
 */
record Undertaking(
    String id,
    Request.Verb verb,
    String key,
    String resourceId,
    String name,
    Instant started,
    Instant due,
    State state,
    Fields after,
    String trouble,
    String message) {

  /** Where it stands. */
  enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  Undertaking ended(State state) {
    return new Undertaking(
        id, verb, key, resourceId, name, started, due, state, Fields.EMPTY, trouble, message);
  }
}
