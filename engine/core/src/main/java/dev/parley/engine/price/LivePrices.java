package dev.parley.engine.price;

import dev.parley.cost.PriceSource;
import dev.parley.engine.account.Accounts;
import dev.parley.provider.Capability;
import dev.parley.provider.Provider;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds the price list that an account's provider gives itself, for the accounts that want it. */
@FunctionalInterface
public interface LivePrices {
  /** No account asks its provider. */
  LivePrices NONE = (tenant, account) -> Optional.empty();

  /**
   * The provider's own list.
   *
   * @throws dev.parley.provider.ProviderException if it can't be had now
   */
  Optional<PriceSource> of(String tenant, String account);

  /**
   * Those of all accounts that want them and whose provider claims PRICES.
   *
   * @param wanted by tenant and account
   */
  static LivePrices of(Accounts accounts, BiPredicate<String, String> wanted) {
    return (tenant, account) -> {
      if (!wanted.test(tenant, account) || accounts.account(tenant, account).isEmpty()) {
        return Optional.empty();
      }
      Provider provider = accounts.provider(tenant, account);
      return provider.info().capabilities().contains(Capability.PRICES)
          ? Optional.of(provider.prices())
          : Optional.empty();
    };
  }
}
