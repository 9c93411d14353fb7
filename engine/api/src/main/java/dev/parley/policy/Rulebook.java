package dev.parley.policy;

import dev.parley.cost.Budget;
import dev.parley.cost.Estimate;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Plan;
import dev.parley.resource.Tracked;
import dev.parley.value.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The rules of a tenant. With no rules loaded, or failing, it denies everything. */
public interface Rulebook extends AutoCloseable {
  /** Judges a plan with its estimate. Never throws: a rule that fails to run denies the plan. */
  Verdict judge(Case plan);

  /** A digest of all rules, tables and parameters in force for the tenant. */
  String revision(Tenant tenant);

  /** The rules in force for the tenant, by id. */
  List<Rule> rules(Tenant tenant);

  /** Whether rules are loaded, and what is wrong with those that are not. */
  Check check();

  @Override
  void close();

  /**
   * All that the rules may look at.
   *
   * @param requester who asks
   * @param accounts the accounts the plan touches, by id
   * @param waivers the tenant's waivers; expired ones are ignored
   * @param existing everything tracked, for rules about what stands already
   * @param budgets tenant and accounts
   */
  record Case(
      Tenant tenant,
      Plan plan,
      Estimate estimate,
      User requester,
      Map<String, Account> accounts,
      List<Waiver> waivers,
      List<Tracked> existing,
      List<Budget> budgets,
      Instant now) {
    public Case {
      accounts = Map.copyOf(accounts);
      waivers = List.copyOf(waivers);
      existing = List.copyOf(existing);
      budgets = List.copyOf(budgets);
    }
  }
}
