package dev.parley.provider.aws.catalog;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.SchemaError;
import dev.parley.cost.PriceSource;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.SchemaValidator;
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
import java.util.Optional;
import java.util.Set;

/** A provider that can be planned for and nothing else. */
record CatalogOnly(Catalog catalog) implements Provider {
  @Override
  public ProviderInfo info() {
    return new ProviderInfo("aws", "aws", "dev", "nowhere", 1, Set.of());
  }

  @Override
  public Check check() {
    return Check.ok("nothing to reach");
  }

  @Override
  public List<SchemaError> validate(ResourceType type, Fields desired) {
    return SchemaValidator.validate(catalog.describe(type).orElseThrow(), desired);
  }

  @Override
  public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
    return Differ.plan(at, region, catalog.describe(at.type()).orElseThrow(), desired, prior);
  }

  @Override
  public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
    return Optional.empty();
  }

  @Override
  public Optional<Resource> find(ResourceType type, String region, String correlation) {
    return Optional.empty();
  }

  @Override
  public Operation create(Change.Create change, Token token) {
    throw nothing();
  }

  @Override
  public Operation update(Change.Update change, Token token) {
    throw nothing();
  }

  @Override
  public Operation delete(Change.Delete change, Token token) {
    throw nothing();
  }

  @Override
  public Operation call(Change.Call change, Token token) {
    throw nothing();
  }

  @Override
  public Operation poll(OperationHandle handle) {
    throw nothing();
  }

  @Override
  public Operation cancel(OperationHandle handle) {
    throw nothing();
  }

  @Override
  public Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
    throw nothing();
  }

  @Override
  public PriceSource prices() {
    throw nothing();
  }

  @Override
  public Health health(Resource resource) {
    throw nothing();
  }

  @Override
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    throw nothing();
  }

  @Override
  public void close() {}

  private static UnsupportedOperationException nothing() {
    return new UnsupportedOperationException("this one is only planned for");
  }
}
