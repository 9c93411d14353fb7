package dev.parley.app.settings;

import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people the configuration names. */
public final class ConfiguredDirectory implements Directory {
  private final Map<String, Settings.TenantSettings> tenants;

  public ConfiguredDirectory(List<Settings.TenantSettings> tenants) {
    this.tenants = tenants.stream().collect(Collectors.toMap(one -> one.tenant().id(), one -> one));
  }

  @Override
  public Optional<User> user(String tenant, Person person) {
    return Optional.ofNullable(tenants.get(tenant))
        .flatMap(found -> Optional.ofNullable(found.people().get(person)))
        .flatMap(id -> user(tenant, id));
  }

  @Override
  public Optional<User> user(String tenant, String userId) {
    return users(tenant).stream().filter(user -> user.id().equals(userId)).findFirst();
  }

  @Override
  public List<Person> people(String tenant, String userId, String surface, String workspace) {
    return Optional.ofNullable(tenants.get(tenant))
        .map(found -> found.people().entrySet().stream())
        .orElse(Stream.empty())
        .filter(link -> link.getValue().equals(userId))
        .map(Map.Entry::getKey)
        .filter(person -> person.surface().equals(surface) && person.workspace().equals(workspace))
        .sorted(Comparator.comparing(Person::id))
        .toList();
  }

  @Override
  public Collection<User> users(String tenant) {
    return Optional.ofNullable(tenants.get(tenant))
        .map(Settings.TenantSettings::users)
        .orElse(List.of());
  }
}
