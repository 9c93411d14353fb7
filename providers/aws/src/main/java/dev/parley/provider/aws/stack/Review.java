package dev.parley.provider.aws.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

/** Compares what a change set would do with what was approved. */
final class Review {
  private Review() {}

  /** What it would do beyond the approval, for people; empty if nothing. */
  static Optional<String> beyond(Handle approved, List<Change> changes) {
    var beyond = new ArrayList<String>();
    for (Change change : changes) {
      ResourceChange resource = change.resourceChange();
      if (resource != null) {
        objection(approved, resource).ifPresent(beyond::add);
      }
    }
    return beyond.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", beyond));
  }

  /** One line for each resource, as people read changes. */
  static String lines(List<Change> changes) {
    var lines = new ArrayList<String>();
    for (Change change : changes) {
      ResourceChange resource = change.resourceChange();
      if (resource != null) {
        lines.add(sign(resource) + " " + resource.logicalResourceId() + " " + type(resource));
      }
    }
    return String.join(", ", lines);
  }

  private static Optional<String> objection(Handle approved, ResourceChange resource) {
    String what = resource.logicalResourceId() + " (" + type(resource) + ")";
    boolean creates = approved.verb() == Handle.Verb.CREATE;
    return switch (resource.action()) {
      case ADD, IMPORT -> Optional.empty();
      case REMOVE ->
          !creates && approved.removals().contains(resource.logicalResourceId())
              ? Optional.empty()
              : Optional.of("remove " + what);
      case MODIFY, DYNAMIC, SYNC_WITH_ACTUAL, UNKNOWN_TO_SDK_VERSION ->
          creates ? Optional.of("change " + what) : replacing(approved, resource, what);
    };
  }

  private static Optional<String> replacing(Handle approved, ResourceChange resource, String what) {
    Replacement replacement = Optional.ofNullable(resource.replacement()).orElse(Replacement.FALSE);
    return switch (replacement) {
      case FALSE -> Optional.empty();
      case TRUE, UNKNOWN_TO_SDK_VERSION -> Optional.of("replace " + what);
      case CONDITIONAL ->
          approved.mayReplace() ? Optional.empty() : Optional.of("perhaps replace " + what);
    };
  }

  private static String sign(ResourceChange resource) {
    boolean replaces = resource.replacement() == Replacement.TRUE;
    return switch (resource.action()) {
      case ADD, IMPORT -> "+";
      case REMOVE -> "-";
      case MODIFY, DYNAMIC, SYNC_WITH_ACTUAL, UNKNOWN_TO_SDK_VERSION -> replaces ? "±" : "~";
    };
  }

  private static String type(ResourceChange resource) {
    return Optional.ofNullable(resource.resourceType()).orElse("a resource");
  }

  /** Whether a change adds something. */
  static boolean adds(Change change) {
    return change.resourceChange() != null && change.resourceChange().action() == ChangeAction.ADD;
  }
}
