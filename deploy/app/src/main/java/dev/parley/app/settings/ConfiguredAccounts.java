package dev.parley.app.settings;

import dev.parley.engine.account.Accounts;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts the configuration names; a provider is opened when somebody first needs it. */
public final class ConfiguredAccounts implements Accounts {
  private final Settings settings;
  private final Map<String, ProviderFactory> factories;
  private final Clock clock;
  private final Map<List<String>, Provider> open = new ConcurrentHashMap<>();

  public ConfiguredAccounts(Settings settings, Clock clock) {
    this.settings = settings;
    this.factories = factories();
    this.clock = clock;
  }

  /** The provider kinds on the class path. */
  public static Map<String, ProviderFactory> factories() {
    var all = new TreeMap<String, ProviderFactory>();
    ServiceLoader.load(ProviderFactory.class).forEach(factory -> all.put(factory.kind(), factory));
    return all;
  }

  /**
   * What is wrong with an account in the eyes of its provider; nothing is reached for. An unknown
   * kind is somebody else's finding.
   */
  public static List<Problem> mistakes(Account account) {
    ProviderFactory factory = factories().get(account.kind());
    if (factory == null) {
      return List.of();
    }
    var nowhere =
        new Surroundings(
            Clock.systemUTC(),
            Path.of("unused"),
            reference -> {
              throw new IllegalStateException("no secret is read to check settings: " + reference);
            });
    try (var provider = factory.open(account, nowhere)) {
      return provider.info().family().equals(account.family())
          ? List.of()
          : List.of(
              new Problem(
                  "#/family",
                  "'" + account.family() + "'",
                  "a provider of kind " + account.kind() + " speaks " + provider.info().family(),
                  "write family: " + provider.info().family()));
    } catch (Invalid e) {
      return e.problems();
    }
  }

  @Override
  public List<Tenant> tenants() {
    return settings.tenants().stream().map(Settings.TenantSettings::tenant).toList();
  }

  @Override
  public Optional<Tenant> tenant(String id) {
    return settings.tenant(id).map(Settings.TenantSettings::tenant);
  }

  @Override
  public List<Account> accounts(String tenant) {
    return settings.tenant(tenant).map(Settings.TenantSettings::accounts).orElse(List.of());
  }

  @Override
  public Provider provider(String tenant, String account) {
    return open.computeIfAbsent(List.of(tenant, account), _ -> open(tenant, account));
  }

  private Provider open(String tenant, String id) {
    Account account =
        account(tenant, id)
            .orElseThrow(
                () -> new IllegalArgumentException("tenant " + tenant + " has no account " + id));
    ProviderFactory factory = factories.get(account.kind());
    if (factory == null) {
      throw new IllegalArgumentException("there is no provider of kind " + account.kind());
    }
    Path folder = settings.data().resolve("providers").resolve(tenant).resolve(id);
    return factory.open(account, new Surroundings(clock, folder, settings.secrets()::look));
  }

  @Override
  public void close() {
    open.values().forEach(Provider::close);
    open.clear();
  }
}
