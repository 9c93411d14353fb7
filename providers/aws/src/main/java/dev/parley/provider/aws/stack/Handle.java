package dev.parley.provider.aws.stack;

import dev.parley.engine.json.Codec;
import dev.parley.provider.OperationHandle;
import dev.parley.resource.ResourceType;
import java.util.List;

/**
 * What a later process needs to go on with an operation of a stack.
 *
 * @param stack its name, or its id where that is known
 * @param changeSet empty of a deletion
 * @param token recognises the call
 * @param identifier what makes the resource's identifier
 * @param id the resource's identifier before an update; empty of a create
 * @param removals the resources whose removal was approved
 * @param mayReplace whether a replacement that depends on circumstances was approved
 */
record Handle(
    Verb verb,
    String region,
    String stack,
    String changeSet,
    String token,
    ResourceType type,
    Identifier identifier,
    String id,
    List<String> removals,
    boolean mayReplace) {
  /** The kind by which such handles are told from others. */
  static final String KIND = "stack";

  /** What is done. */
  enum Verb {
    CREATE,
    UPDATE,
    DELETE
  }

  Handle {
    removals = List.copyOf(removals);
  }

  static Handle of(OperationHandle handle) {
    return Codec.decode(handle.state(), Handle.class);
  }

  OperationHandle written() {
    return new OperationHandle(KIND, Codec.encode(this));
  }
}
