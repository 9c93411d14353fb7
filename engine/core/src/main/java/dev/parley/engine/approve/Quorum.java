package dev.parley.engine.approve;

import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.ApprovalRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How far a rule is met by users who approve.
 *
 * @param requesters who asked for it, in any revision; they never count
 * @param approvers different users
 */
record Quorum(ApprovalRule rule, Set<String> requesters, List<User> approvers) {
  Quorum {
    approvers = approvers.stream().filter(user -> counts(rule, requesters, user)).toList();
  }

  /** Whether the user's vote can help to meet the rule. */
  static boolean counts(ApprovalRule rule, Set<String> requesters, User user) {
    return !requesters.contains(user.id())
        && user.is(Role.APPROVER)
        && (rule.count() > 1
            || rule.anyOf().isEmpty()
            || rule.anyOf().stream().anyMatch(set -> among(user, set)));
  }

  /** Whether the user has one of these roles (lower case) or teams. */
  static boolean among(User user, Set<String> names) {
    return user.teams().stream().anyMatch(names::contains)
        || user.roles().stream()
            .anyMatch(role -> names.contains(role.name().toLowerCase(Locale.ROOT)));
  }

  boolean met() {
    return missing().isEmpty();
  }

  /** What is still needed, for people. */
  List<String> missing() {
    var missing = new ArrayList<String>();
    int more = rule.count() - approvers.size();
    if (more > 0) {
      missing.add(more == 1 ? "1 more approver" : more + " more approvers");
    }
    for (Set<String> set : rule.anyOf()) {
      if (approvers.stream().noneMatch(user -> among(user, set))) {
        missing.add("someone of " + String.join(" or ", set.stream().sorted().toList()));
      }
    }
    return missing;
  }
}
