package dev.parley.policy;

import dev.parley.identity.Role;
import dev.parley.identity.User;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who may stand in for a quorum in an emergency, and who looks at it afterwards. A tenant without
 * such a rule has no break-glass.
 *
 * @param roles whoever has one of them may
 * @param users ids of users who may, whatever their roles
 * @param requester whether they may for what they asked for themselves
 * @param owners ids of the users who are told at once; one of them, other than who did it, reviews
 * @param reviewWithin how long the review may take
 */
public record BreakGlassRule(
    Set<Role> roles,
    Set<String> users,
    boolean requester,
    List<String> owners,
    Duration reviewWithin) {
  public BreakGlassRule {
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
    owners = List.copyOf(owners);
    if (roles.isEmpty() && users.isEmpty()) {
      throw new IllegalArgumentException("break-glass is for somebody: it names no role or user");
    }
    if (owners.isEmpty()) {
      throw new IllegalArgumentException("break-glass has owners who are told: it names none");
    }
    if (!reviewWithin.isPositive()) {
      throw new IllegalArgumentException("a review takes some time: " + reviewWithin);
    }
  }

  /** Whether the user is of those who may. */
  public boolean may(User user) {
    return users.contains(user.id()) || user.roles().stream().anyMatch(roles::contains);
  }

  /** The owners who may review what a user did: nobody reviews themselves. */
  public List<String> reviewers(String user) {
    return owners.stream().filter(owner -> !owner.equals(user)).toList();
  }
}
