package dev.parley.provider.aws.control;

import dev.parley.provider.OperationHandle;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;

/**
 * Names a request of Cloud Control, so that any process can ask how it goes.
 *
 * @param action create, update or delete
 * @param request the request token; "" where nothing had to be asked
 * @param id what it is about; "" before a creation is done
 * @param seen whether the resource had been seen before, so that its absence means deleted
 */
record Handle(
    ResourceType type, String region, String action, String request, String id, boolean seen) {
  static final String KIND = "control";

  OperationHandle written() {
    return new OperationHandle(
        KIND,
        Fields.EMPTY
            .with("type", Value.text(type.toString()))
            .with("region", Value.text(region))
            .with("action", Value.text(action))
            .with("request", Value.text(request))
            .with("id", Value.text(id))
            .with("seen", Value.bool(seen)));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static Handle read(OperationHandle handle) {
    Fields state = handle.state();
    if (!handle.kind().equals(KIND) || state.text("type").isEmpty()) {
      throw new IllegalArgumentException("no operation of Cloud Control: " + handle.kind());
    }
    return new Handle(
        ResourceType.of(state.text("type").orElseThrow()),
        state.text("region").orElse(""),
        state.text("action").orElse(""),
        state.text("request").orElse(""),
        state.text("id").orElse(""),
        state.get("seen").orElse(Value.NULL) instanceof Bool(var seen) && seen);
  }
}
