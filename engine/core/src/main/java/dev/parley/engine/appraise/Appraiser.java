package dev.parley.engine.appraise;

import dev.parley.cost.Estimate;
import dev.parley.cost.Estimator;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.state.Ledger;
import dev.parley.identity.Account;
import dev.parley.identity.Directory;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Verdict;
import dev.parley.policy.Waiver;
import dev.parley.resource.Tracked;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prices and judges plans with a tenant's waivers, budgets and resources as they are now. */
public final class Appraiser {
  private final Accounts accounts;
  private final Directory directory;
  private final Ledger ledger;
  private final Estimator estimator;
  private final Rulebook rulebook;
  private final Spending spending;
  private final Clock clock;

  public Appraiser(
      Accounts accounts,
      Directory directory,
      Ledger ledger,
      Estimator estimator,
      Rulebook rulebook,
      Spending spending,
      Clock clock) {
    this.accounts = accounts;
    this.directory = directory;
    this.ledger = ledger;
    this.estimator = estimator;
    this.rulebook = rulebook;
    this.spending = spending;
    this.clock = clock;
  }

  /** For plans of a tenant that a user asked for. */
  public Appraisal of(String tenant, String requester) {
    Tenant whose =
        accounts
            .tenant(tenant)
            .orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant));
    User user =
        directory
            .user(tenant, requester)
            .orElseGet(() -> new User(tenant, requester, requester, Set.of(), Set.of(), false));
    return new Appraisal() {
      @Override
      public Estimate estimate(Plan plan) {
        return estimator.estimate(plan);
      }

      @Override
      public Verdict judge(Plan plan, Estimate estimate) {
        record Standing(List<Waiver> waivers, List<Tracked> existing) {}
        Standing standing =
            ledger.read(tenant, book -> new Standing(book.waivers(), book.tracked()));
        return rulebook.judge(
            new Rulebook.Case(
                whose,
                plan,
                estimate,
                user,
                touched(plan),
                standing.waivers(),
                standing.existing(),
                spending.budgets(whose),
                clock.instant()));
      }

      @Override
      public String rules() {
        return rulebook.revision(whose);
      }

      @Override
      public String prices() {
        return estimator.revision();
      }
    };
  }

  private Map<String, Account> touched(Plan plan) {
    var touched = new HashMap<String, Account>();
    for (Change change : plan.changes()) {
      accounts
          .account(plan.tenant(), change.at().account())
          .ifPresent(account -> touched.put(account.id(), account));
    }
    return touched;
  }
}
