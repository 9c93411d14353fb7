package dev.parley.provider.aws.stack;

import dev.parley.resource.Lifecycle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Where a stack stands, as far as it matters for what comes next. */
enum Standing {
  /** It has a change set that nobody has executed, and nothing else. */
  EMPTY,
  CREATING,
  UPDATING,
  COMPLETE,
  /** Nothing of it is left but its name. */
  ROLLED_BACK,
  /** It holds something, but not what was asked for. */
  FAILED,
  /** An update was undone: it holds what it held before. */
  UNDONE,
  DELETING,
  STUCK,
  DELETED;

  static Standing of(Stack stack) {
    StackStatus status = stack.stackStatus();
    if (status == null) {
      return UPDATING;
    }
    return switch (status) {
      case REVIEW_IN_PROGRESS -> EMPTY;
      case CREATE_IN_PROGRESS, ROLLBACK_IN_PROGRESS, IMPORT_IN_PROGRESS -> CREATING;
      case UPDATE_IN_PROGRESS,
          UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
          UPDATE_ROLLBACK_IN_PROGRESS,
          UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
          IMPORT_ROLLBACK_IN_PROGRESS,
          UNKNOWN_TO_SDK_VERSION ->
          UPDATING;
      case CREATE_COMPLETE, UPDATE_COMPLETE, IMPORT_COMPLETE -> COMPLETE;
      case ROLLBACK_COMPLETE -> ROLLED_BACK;
      case CREATE_FAILED,
          ROLLBACK_FAILED,
          UPDATE_FAILED,
          UPDATE_ROLLBACK_FAILED,
          IMPORT_ROLLBACK_FAILED ->
          FAILED;
      case UPDATE_ROLLBACK_COMPLETE, IMPORT_ROLLBACK_COMPLETE -> UNDONE;
      case DELETE_IN_PROGRESS -> DELETING;
      case DELETE_FAILED -> STUCK;
      case DELETE_COMPLETE -> DELETED;
    };
  }

  /** The same in the vocabulary of all providers. */
  Lifecycle lifecycle() {
    return switch (this) {
      case EMPTY, CREATING -> Lifecycle.PENDING;
      case UPDATING -> Lifecycle.UPDATING;
      case COMPLETE, UNDONE -> Lifecycle.READY;
      case ROLLED_BACK, FAILED, STUCK -> Lifecycle.FAILED;
      case DELETING -> Lifecycle.DELETING;
      case DELETED -> Lifecycle.DELETED;
    };
  }

  /** The latest thing that happened, for people. */
  static String progress(Stack stack, List<StackEvent> newestFirst) {
    String latest =
        newestFirst.stream()
            .filter(event -> event.logicalResourceId() != null && event.resourceStatus() != null)
            .findFirst()
            .map(event -> ": " + event.logicalResourceId() + " " + event.resourceStatusAsString())
            .orElse("");
    return stack.stackName() + " " + stack.stackStatusAsString() + latest;
  }

  /**
   * The first failure since the stack was last touched: what follows it is only the roll back.
   *
   * @param newestFirst the events
   * @param token of the call; events of other calls don't count where the service tells them apart
   */
  static Optional<StackEvent> firstFailure(List<StackEvent> newestFirst, String token) {
    boolean told = newestFirst.stream().anyMatch(event -> token.equals(event.clientRequestToken()));
    return newestFirst.stream()
        .filter(event -> !told || token.equals(event.clientRequestToken()))
        .filter(event -> event.resourceStatusAsString() != null)
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .filter(event -> !cancelled(event))
        .min(Comparator.comparing(StackEvent::timestamp));
  }

  private static boolean cancelled(StackEvent event) {
    String reason = event.resourceStatusReason();
    return reason != null && reason.startsWith("Resource creation cancelled");
  }
}
