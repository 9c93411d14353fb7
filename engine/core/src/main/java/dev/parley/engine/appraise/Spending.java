package dev.parley.engine.appraise;

import dev.parley.cost.Budget;
import dev.parley.cost.Estimate;
import dev.parley.cost.Estimator;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.state.Ledger;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What stands in a tenant's accounts costs this much a month, by the same estimate that prices
 * plans. Worked out anew only when what stands there, or a price, has changed.
 */
public final class Spending {
  private final Accounts accounts;
  private final Ledger ledger;
  private final Estimator estimator;
  private final Map<String, Money> tenantBudgets;
  private final Map<String, Bill> bills = new ConcurrentHashMap<>();

  /**
   * @param tenantBudgets tenant → the most that all its accounts may cost together in a month
   */
  public Spending(
      Accounts accounts, Ledger ledger, Estimator estimator, Map<String, Money> tenantBudgets) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.estimator = estimator;
    this.tenantBudgets = Map.copyOf(tenantBudgets);
  }

  private record Bill(long inventory, String prices, Map<String, Money> byAccount) {}

  /** The budgets that are set, with what is spent of each. */
  public List<Budget> budgets(Tenant tenant) {
    var budgets = new ArrayList<Budget>();
    List<Account> limited =
        accounts.accounts(tenant.id()).stream()
            .filter(account -> account.monthlyBudget().isPresent())
            .toList();
    Money whole = tenantBudgets.get(tenant.id());
    if (limited.isEmpty() && whole == null) {
      return budgets;
    }
    Map<String, Money> spent = bill(tenant).byAccount();
    if (whole != null) {
      Money sum = spent.values().stream().reduce(Money.zero(tenant.currency()), Money::plus);
      budgets.add(new Budget("tenant", whole, sum));
    }
    for (Account account : limited) {
      budgets.add(
          new Budget(
              account.id(),
              account.monthlyBudget().orElseThrow(),
              spent.getOrDefault(account.id(), Money.zero(tenant.currency()))));
    }
    return budgets;
  }

  private Bill bill(Tenant tenant) {
    record Inventory(long version, List<Tracked> tracked) {}
    Inventory now =
        ledger.read(tenant.id(), book -> new Inventory(book.inventoryVersion(), book.tracked()));
    String prices = estimator.revision();
    Bill known = bills.get(tenant.id());
    if (known != null && known.inventory() == now.version() && known.prices().equals(prices)) {
      return known;
    }
    var byAccount = new HashMap<String, Money>();
    if (!now.tracked().isEmpty()) {
      for (Estimate.Line line : estimator.estimate(standing(tenant, now.tracked())).lines()) {
        line.monthly().ifPresent(money -> byAccount.merge(line.at().account(), money, Money::plus));
      }
    }
    Bill fresh = new Bill(now.version(), prices, Map.copyOf(byAccount));
    bills.put(tenant.id(), fresh);
    return fresh;
  }

  /** All that exists, as a plan that leaves it as it is: the Estimator prices plans. */
  private static Plan standing(Tenant tenant, List<Tracked> tracked) {
    List<Change> changes =
        tracked.stream()
            .map(
                one ->
                    (Change)
                        new Change.NoOp(
                            one.at(),
                            one.resource().region(),
                            one.resource().id(),
                            one.resource().properties()))
            .toList();
    return new Plan(
        tenant.id(),
        "p-0",
        1,
        "",
        "parley",
        "",
        "what stands there",
        "",
        "parley",
        changes,
        Map.<Address, java.util.Set<Address>>of(),
        Optional.empty(),
        false,
        Optional.empty(),
        new Plan.Basis(Map.of(), Map.of(), "", ""),
        Instant.EPOCH,
        Instant.MAX,
        Digest.ofText("what stands there"));
  }
}
