package dev.parley.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Knows which user a person is, and what the user may do. Asked anew at each decision. */
public interface Directory {
  /** The user this person is linked to, if any. */
  Optional<User> user(String tenant, Person person);

  /** By the tenant's own user id. */
  Optional<User> user(String tenant, String userId);

  /**
   * The persons a user is on a surface, to call them there; none if it does not know.
   *
   * @param workspace the surface's tenant; "" where there is none
   */
  default List<Person> people(String tenant, String userId, String surface, String workspace) {
    return List.of();
  }

  /** All users of a tenant. */
  Collection<User> users(String tenant);
}
