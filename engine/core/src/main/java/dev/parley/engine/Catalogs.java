package dev.parley.engine;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.verify.Rollback;
import dev.parley.provider.ProviderException;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import java.util.Optional;

/** What the catalogs of a tenant's accounts say; silent where one can't be read. */
record Catalogs(Accounts accounts, String tenant) implements Rollback.Schemas {
  @Override
  public boolean output(String account, ResourceType type, String property) {
    return schema(account, type)
        .filter(schema -> schema.readOnly().contains(Pointer.ROOT.child(property)))
        .isPresent();
  }

  @Override
  public boolean stateful(String account, ResourceType type) {
    return schema(account, type).filter(TypeSchema::stateful).isPresent();
  }

  private Optional<TypeSchema> schema(String account, ResourceType type) {
    try {
      return accounts.provider(tenant, account).catalog().describe(type);
    } catch (ProviderException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
