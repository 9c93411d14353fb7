package dev.parley.identity;

import java.util.Set;

/**
 * Somebody as a tenant knows them; a Person is linked to at most one.
 *
 * @param id stable within the tenant
 * @param teams named groups beside the roles: {@code security}, {@code finops}, {@code sre}
 * @param demo whether it is a made-up identity of the demo; said wherever the user decides
 */
public record User(
    String tenant, String id, String name, Set<Role> roles, Set<String> teams, boolean demo) {
  public User {
    roles = Set.copyOf(roles);
    teams = Set.copyOf(teams);
  }

  /** Whether the user has the role. */
  public boolean is(Role role) {
    return roles.contains(role);
  }
}
