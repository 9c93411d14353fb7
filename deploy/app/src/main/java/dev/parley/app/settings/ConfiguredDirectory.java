package dev.parley.app.settings;

import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.User;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
  public Collection<User> users(String tenant) {
    return Optional.ofNullable(tenants.get(tenant))
        .map(Settings.TenantSettings::users)
        .orElse(List.of());
  }
}
