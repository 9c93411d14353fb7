package dev.parley.bot.testkit;

import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The people of the tests, on every surface under the same id: ann and erin ask, bob and carol
 * approve, vic looks; everybody else is a stranger.
 */
public final class People implements Directory {
  public static final String TENANT = "demo";

  private static final long NUMBERS = 400_000_000_000_000_000L;
  private final Map<String, User> users = new LinkedHashMap<>();

  public People() {
    add("ann", Set.of(Role.OPERATOR), Set.of("shop"));
    add("erin", Set.of(Role.OPERATOR), Set.of("shop"));
    add("bob", Set.of(Role.APPROVER, Role.ADMIN), Set.of("security", "sre"));
    add("carol", Set.of(Role.APPROVER), Set.of("sre"));
    add("vic", Set.of(Role.VIEWER), Set.of());
  }

  private void add(String id, Set<Role> roles, Set<String> teams) {
    users.put(
        id,
        new User(
            TENANT, id, Character.toUpperCase(id.charAt(0)) + id.substring(1), roles, teams, true));
  }

  /** Somebody's id on a platform where ids are numbers. */
  public static String numbered(String name) {
    return Long.toString(NUMBERS + Integer.toUnsignedLong(name.hashCode()));
  }

  @Override
  public Optional<User> user(String tenant, Person person) {
    return users(tenant).stream()
        .filter(user -> person.id().equals(user.id()) || person.id().equals(numbered(user.id())))
        .findFirst();
  }

  @Override
  public Optional<User> user(String tenant, String userId) {
    return Optional.ofNullable(users.get(userId)).filter(user -> user.tenant().equals(tenant));
  }

  @Override
  public List<Person> people(String tenant, String userId, String surface, String workspace) {
    String id = surface.equals("discord") ? numbered(userId) : userId;
    return List.of(new Person(surface, workspace, id));
  }

  @Override
  public Collection<User> users(String tenant) {
    return users.values();
  }
}
