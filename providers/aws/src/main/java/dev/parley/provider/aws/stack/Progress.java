package dev.parley.provider.aws.stack;

import dev.parley.provider.Operation;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.resource.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/**
 * One step further with an operation, from what CloudFormation shows and nothing that we remember:
 * a change set that is ready and does no more than was approved is executed, under the call's
 * token; everything else is only looked at.
 */
final class Progress {
  private static final Pattern HANDLER = Pattern.compile("HandlerErrorCode: ([A-Za-z]+)");
  private static final Pattern NOTHING =
      Pattern.compile("(?i)didn't contain changes|no updates are to be performed");

  private final Formation formation;

  Progress(Formation formation) {
    this.formation = formation;
  }

  Operation of(Handle handle) {
    return handle.verb() == Handle.Verb.DELETE ? deletion(handle) : change(handle);
  }

  private Operation deletion(Handle handle) {
    Optional<Stack> stack = formation.stack(handle.region(), handle.stack());
    if (stack.isEmpty() || Standing.of(stack.get()) == Standing.DELETED) {
      return ended(handle, Optional.of(handle.id()).filter(id -> !id.isEmpty()), "deleted");
    }
    List<StackEvent> events = formation.events(handle.region(), handle.stack());
    return Standing.of(stack.get()) == Standing.STUCK
        ? failed(handle, ending(handle, stack.get(), events))
        : running(handle, Standing.progress(stack.get(), events));
  }

  private Operation change(Handle handle) {
    Optional<DescribeChangeSetResponse> set =
        formation.changeSet(handle.region(), handle.stack(), handle.changeSet());
    if (set.isEmpty()) {
      return withoutSet(handle);
    }
    ChangeSetStatus status =
        Optional.ofNullable(set.get().status()).orElse(ChangeSetStatus.CREATE_PENDING);
    return switch (status) {
      case CREATE_PENDING, CREATE_IN_PROGRESS, UNKNOWN_TO_SDK_VERSION ->
          running(handle, "the change set is being worked out");
      case CREATE_COMPLETE -> worked(handle, set.get());
      case FAILED -> refused(handle, set.get());
      case DELETE_PENDING, DELETE_IN_PROGRESS, DELETE_COMPLETE, DELETE_FAILED -> withoutSet(handle);
    };
  }

  private Operation worked(Handle handle, DescribeChangeSetResponse set) {
    ExecutionStatus execution =
        Optional.ofNullable(set.executionStatus()).orElse(ExecutionStatus.UNAVAILABLE);
    return switch (execution) {
      case AVAILABLE -> execute(handle, set.changes());
      case EXECUTE_IN_PROGRESS, UNAVAILABLE, UNKNOWN_TO_SDK_VERSION ->
          running(handle, look(handle));
      case EXECUTE_COMPLETE, EXECUTE_FAILED -> executed(handle, execution);
      case OBSOLETE -> {
        clear(handle);
        yield failed(
            handle,
            new ProviderException.PreconditionFailed(
                formation.facts(
                    "poll",
                    "OBSOLETE",
                    "somebody else changed the stack "
                        + handle.stack()
                        + " after the change set was made; plan again")));
      }
    };
  }

  private Operation execute(Handle handle, List<Change> changes) {
    Optional<String> beyond = Review.beyond(handle, changes);
    if (beyond.isPresent()) {
      String left = clear(handle);
      return failed(
          handle,
          new ProviderException.PreconditionFailed(
              formation.facts(
                  "poll",
                  "BeyondApproval",
                  "the change set would "
                      + beyond.get()
                      + ", which nobody approved; it was not executed"
                      + left
                      + "; plan a replacement, or take it out and add it under another name")));
    }
    try {
      formation.change(
          handle.region(),
          formation.asked("poll", true),
          UnaryOperator.identity(),
          cloud -> {
            try {
              return Optional.of(
                  cloud.executeChangeSet(
                      request ->
                          request
                              .stackName(handle.stack())
                              .changeSetName(handle.changeSet())
                              .clientRequestToken(handle.token())));
            } catch (InvalidChangeSetStatusException e) {
              return Optional.empty();
            }
          });
    } catch (ProviderException e) {
      return notExecuted(handle, e);
    }
    return running(handle, "executing: " + Review.lines(changes));
  }

  /** A definite no ends the operation; anything else is looked at again. */
  private Operation notExecuted(Handle handle, ProviderException error) {
    return switch (error) {
      case ProviderException.Throttled _,
          ProviderException.Unavailable _,
          ProviderException.OutcomeUnknown _,
          ProviderException.Unauthenticated _,
          ProviderException.Conflict _,
          ProviderException.DeadlinePassed _ ->
          throw error;
      case ProviderException.Refused _,
          ProviderException.InvalidRequest _,
          ProviderException.Forbidden _,
          ProviderException.NotFound _,
          ProviderException.AlreadyExists _,
          ProviderException.PreconditionFailed _,
          ProviderException.TokenReused _,
          ProviderException.QuotaExceeded _,
          ProviderException.CapacityUnavailable _,
          ProviderException.NotRegistered _,
          ProviderException.CatalogStale _,
          ProviderException.OperationFailed _ -> {
        clear(handle);
        yield failed(handle, error);
      }
    };
  }

  private Operation refused(Handle handle, DescribeChangeSetResponse set) {
    String reason = Optional.ofNullable(set.statusReason()).orElse("the change set failed");
    boolean nothing = NOTHING.matcher(reason).find();
    clear(handle);
    if (nothing && handle.verb() == Handle.Verb.UPDATE) {
      return ended(handle, Optional.of(handle.id()), "nothing to change");
    }
    return failed(
        handle,
        AwsErrors.ended(
            "FAILED",
            "the change set can't be made: " + reason,
            handle.changeSet(),
            formation.asked("poll", true),
            UnaryOperator.identity()));
  }

  private Operation executed(Handle handle, ExecutionStatus execution) {
    Stack stack =
        formation
            .stack(handle.region(), handle.stack())
            .orElseThrow(() -> new ProviderException.NotFound(lost(handle)));
    List<StackEvent> events = formation.events(handle.region(), handle.stack());
    return switch (Standing.of(stack)) {
      case CREATING, UPDATING, EMPTY, DELETING -> running(handle, Standing.progress(stack, events));
      case COMPLETE ->
          execution == ExecutionStatus.EXECUTE_FAILED
              ? failed(handle, ending(handle, stack, events))
              : complete(handle, stack);
      case ROLLED_BACK, FAILED, UNDONE, STUCK -> failed(handle, ending(handle, stack, events));
      case DELETED -> throw new ProviderException.NotFound(lost(handle));
    };
  }

  /** Nothing of a change set is left some time after it was executed. */
  private Operation withoutSet(Handle handle) {
    List<StackEvent> events = formation.events(handle.region(), handle.stack());
    boolean ours =
        handle.verb() == Handle.Verb.CREATE
            || events.stream().anyMatch(one -> handle.token().equals(one.clientRequestToken()));
    if (!ours) {
      throw new ProviderException.NotFound(lost(handle));
    }
    Stack stack =
        formation
            .stack(handle.region(), handle.stack())
            .filter(one -> Standing.of(one) != Standing.EMPTY)
            .orElseThrow(() -> new ProviderException.NotFound(lost(handle)));
    return executed(handle, ExecutionStatus.EXECUTE_COMPLETE);
  }

  private Operation complete(Handle handle, Stack stack) {
    if (Unit.is(handle.type())) {
      return ended(handle, Optional.of(stack.stackId()), stack.stackStatusAsString());
    }
    Optional<String> id =
        Holding.read(formation, handle.region(), stack)
            .flatMap(holding -> holding.id(handle.identifier()));
    if (id.isEmpty()) {
      boolean made = handle.verb() == Handle.Verb.CREATE;
      String left = made ? drop(handle) : "; the stack " + handle.stack() + " is left as it is";
      return failed(
          handle,
          new ProviderException.OperationFailed(
              formation.facts(
                  "poll",
                  "NotInStack",
                  "CloudFormation says "
                      + stack.stackStatusAsString()
                      + ", but its stack holds no "
                      + handle.type().name()
                      + ": the service there does not "
                      + (made ? "make" : "change")
                      + " that type this way"
                      + left)));
    }
    boolean replaced = !handle.id().isEmpty() && !handle.id().equals(id.get());
    return replaced
        ? failed(
            handle,
            new ProviderException.OperationFailed(
                formation.facts(
                    "poll",
                    "ReplacedUnannounced",
                    handle.id()
                        + " was replaced by "
                        + id.get()
                        + ", though the change set had said that it would be changed in place")))
        : ended(handle, id, stack.stackStatusAsString());
  }

  private ProviderException ending(Handle handle, Stack stack, List<StackEvent> events) {
    Optional<StackEvent> first = Standing.firstFailure(events, handle.token());
    String reason =
        first
            .map(
                event ->
                    event.logicalResourceId()
                        + " "
                        + event.resourceStatusAsString()
                        + ": "
                        + event.resourceStatusReason())
            .or(() -> Optional.ofNullable(stack.stackStatusReason()))
            .orElse("the stack went to " + stack.stackStatusAsString());
    Matcher handler = HANDLER.matcher(reason);
    return AwsErrors.ended(
        handler.find() ? handler.group(1) : stack.stackStatusAsString(),
        reason + " (stack " + stack.stackName() + " " + stack.stackStatusAsString() + ")",
        handle.changeSet(),
        formation.asked("poll", true),
        UnaryOperator.identity());
  }

  /** Takes away a change set that will not be executed, and the empty stack it made. */
  String clear(Handle handle) {
    if (handle.verb() == Handle.Verb.CREATE) {
      boolean empty =
          formation
              .stack(handle.region(), handle.stack())
              .filter(stack -> Standing.of(stack) == Standing.EMPTY)
              .isPresent();
      return empty ? drop(handle) : "";
    }
    return tidied(
        handle,
        () ->
            formation.change(
                handle.region(),
                formation.asked("poll", true),
                UnaryOperator.identity(),
                cloud ->
                    cloud.deleteChangeSet(
                        request ->
                            request.stackName(handle.stack()).changeSetName(handle.changeSet()))));
  }

  private String drop(Handle handle) {
    return tidied(
        handle,
        () ->
            formation.change(
                handle.region(),
                formation.asked("poll", true),
                UnaryOperator.identity(),
                cloud -> cloud.deleteStack(request -> request.stackName(handle.stack()))));
  }

  private static String tidied(Handle handle, Runnable tidy) {
    try {
      tidy.run();
      return "";
    } catch (ProviderException e) {
      return "; " + handle.stack() + " is left and can be deleted (" + e.getMessage() + ")";
    }
  }

  private String look(Handle handle) {
    return formation
        .stack(handle.region(), handle.stack())
        .map(stack -> Standing.progress(stack, formation.events(handle.region(), handle.stack())))
        .orElse("waiting for the stack " + handle.stack());
  }

  private ProviderException.Facts lost(Handle handle) {
    return formation.facts(
        "poll",
        "ChangeSetNotFound",
        "neither the change set " + handle.changeSet() + " nor its work can be found any more");
  }

  static Operation running(Handle handle, String message) {
    return operation(handle, Operation.State.RUNNING, Optional.empty(), Optional.empty(), message);
  }

  private static Operation ended(Handle handle, Optional<String> id, String message) {
    return operation(
        handle, Operation.State.SUCCEEDED, id.map(ResourceId::new), Optional.empty(), message);
  }

  private static Operation failed(Handle handle, ProviderException error) {
    return operation(
        handle,
        Operation.State.FAILED,
        Optional.empty(),
        Optional.of(error),
        error.facts().message());
  }

  static Operation operation(
      Handle handle,
      Operation.State state,
      Optional<ResourceId> id,
      Optional<ProviderException> error,
      String message) {
    return new Operation(
        handle.written(), state, Optional.empty(), Optional.empty(), id, error, message);
  }
}
