package dev.parley.bot.testkit;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.cost.PriceSource;
import dev.parley.engine.account.Accounts;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.plan.Change;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderInfo;
import dev.parley.provider.Token;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One tenant with one account, whose provider has a catalog of one type and refuses every call. */
final class OneAccount implements Accounts {
  private static final Tenant TENANT = new Tenant(People.TENANT, "Demo", "USD");
  private static final Account ACCOUNT =
      new Account(
          People.TENANT,
          WordPlanner.ACCOUNT,
          "test",
          "test",
          "here-1",
          List.of(),
          "development",
          Map.of(),
          Optional.empty(),
          Set.of(),
          Fields.EMPTY);

  @Override
  public List<Tenant> tenants() {
    return List.of(TENANT);
  }

  @Override
  public Optional<Tenant> tenant(String id) {
    return Optional.of(TENANT).filter(tenant -> tenant.id().equals(id));
  }

  @Override
  public List<Account> accounts(String tenant) {
    return tenant.equals(People.TENANT) ? List.of(ACCOUNT) : List.of();
  }

  @Override
  public Provider provider(String tenant, String account) {
    if (!tenant.equals(People.TENANT) || !account.equals(ACCOUNT.id())) {
      throw new IllegalArgumentException("no account " + account);
    }
    return new CatalogOnly();
  }

  @Override
  public void close() {}

  private static final class CatalogOnly implements Provider, Catalog {
    private static UnsupportedOperationException no() {
      return new UnsupportedOperationException("this provider only has a catalog");
    }

    @Override
    public ProviderInfo info() {
      return new ProviderInfo("test", "test", ACCOUNT.id(), "nowhere", 1, Set.of());
    }

    @Override
    public Catalog catalog() {
      return this;
    }

    @Override
    public Check check() {
      return Check.ok("in memory");
    }

    @Override
    public String revision() {
      return "1";
    }

    @Override
    public List<ResourceType> types() {
      return List.of(WordPlanner.BUCKET);
    }

    @Override
    public Optional<TypeSchema> describe(ResourceType type) {
      return Optional.empty();
    }

    @Override
    public List<ResourceType> search(String words, int limit) {
      return types();
    }

    @Override
    public List<Offering> offerings() {
      return List.of();
    }

    @Override
    public List<SchemaError> validate(ResourceType type, Fields desired) {
      return List.of();
    }

    @Override
    public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
      throw no();
    }

    @Override
    public Operation create(Change.Create change, Token token) {
      throw no();
    }

    @Override
    public Operation update(Change.Update change, Token token) {
      throw no();
    }

    @Override
    public Operation delete(Change.Delete change, Token token) {
      throw no();
    }

    @Override
    public Operation call(Change.Call change, Token token) {
      throw no();
    }

    @Override
    public Operation poll(OperationHandle handle) {
      throw no();
    }

    @Override
    public Operation cancel(OperationHandle handle) {
      throw no();
    }

    @Override
    public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
      throw no();
    }

    @Override
    public Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
      throw no();
    }

    @Override
    public Optional<Resource> find(ResourceType type, String region, String correlation) {
      throw no();
    }

    @Override
    public PriceSource prices() {
      throw no();
    }

    @Override
    public Health health(Resource resource) {
      throw no();
    }

    @Override
    public List<LogLine> logs(Resource resource, Instant since, int limit) {
      throw no();
    }

    @Override
    public void close() {}
  }
}
