package dev.parley.engine.account;

import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.provider.Provider;
import java.util.List;
import java.util.Optional;

/** The tenants' accounts, and their providers, each opened once at first use. */
public interface Accounts extends AutoCloseable {
  /** All tenants. */
  List<Tenant> tenants();

  /** A tenant by id. */
  Optional<Tenant> tenant(String id);

  /** A tenant's accounts, in configured order. */
  List<Account> accounts(String tenant);

  /** One account. */
  default Optional<Account> account(String tenant, String id) {
    return accounts(tenant).stream().filter(account -> account.id().equals(id)).findFirst();
  }

  /**
   * The provider of an account.
   *
   * @throws IllegalArgumentException if the tenant has no such account
   */
  Provider provider(String tenant, String account);

  @Override
  void close();
}
