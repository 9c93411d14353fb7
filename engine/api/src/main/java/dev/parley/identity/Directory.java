package dev.parley.identity;

import java.util.Collection;
import java.util.Optional;

/** Knows which user a person is, and what the user may do. Asked anew at each decision. */
public interface Directory {
  /** The user this person is linked to, if any. */
  Optional<User> user(String tenant, Person person);

  /** By the tenant's own user id. */
  Optional<User> user(String tenant, String userId);

  /** All users of a tenant. */
  Collection<User> users(String tenant);
}
