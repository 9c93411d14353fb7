package dev.parley.bot.link;

import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import dev.parley.run.Store;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The people that another directory knows, and those who were linked in the chat since. */
public final class LinkedDirectory implements Directory {
  private final Directory configured;
  private final Store store;

  /**
   * Both together; what is configured comes first.
   *
   * @param store where the links are
   */
  public LinkedDirectory(Directory configured, Store store) {
    this.configured = configured;
    this.store = store;
  }

  @Override
  public Optional<User> user(String tenant, Person person) {
    return configured
        .user(tenant, person)
        .or(
            () ->
                Links.of(store, tenant, person)
                    .flatMap(link -> configured.user(tenant, link.user())));
  }

  @Override
  public Optional<User> user(String tenant, String userId) {
    return configured.user(tenant, userId);
  }

  @Override
  public List<Person> people(String tenant, String userId, String surface, String workspace) {
    var linked =
        Links.all(store, tenant).stream()
            .filter(link -> link.user().equals(userId))
            .map(Link::person)
            .filter(
                person -> person.surface().equals(surface) && person.workspace().equals(workspace));
    return Stream.concat(configured.people(tenant, userId, surface, workspace).stream(), linked)
        .filter(person -> user(tenant, person).filter(u -> u.id().equals(userId)).isPresent())
        .distinct()
        .toList();
  }

  @Override
  public Collection<User> users(String tenant) {
    return configured.users(tenant);
  }
}
