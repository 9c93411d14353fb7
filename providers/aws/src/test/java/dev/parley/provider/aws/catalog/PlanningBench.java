package dev.parley.provider.aws.catalog;

import dev.parley.catalog.Catalog;
import dev.parley.cost.Estimate;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.resolve.Resolver;
import dev.parley.engine.resolve.Wish;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.Verdict;
import dev.parley.provider.Provider;
import dev.parley.value.Money;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves drafts against one catalog, without prices and rules. */
public final class PlanningBench implements Accounts, Appraisal {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Tenant tenant = new Tenant("acme", "Acme", "USD");
  private final Account account =
      new Account(
          "acme",
          "dev",
          "aws",
          "aws",
          "ap-south-1",
          List.of(),
          "development",
          Map.of("cost-center", "cc1"),
          Optional.empty(),
          Set.of(),
          Fields.EMPTY);
  private final Provider provider;

  /** Over this catalog. */
  public PlanningBench(Catalog catalog) {
    provider = new CatalogOnly(catalog);
  }

  /** The plan for these wants, or what is wrong with them. */
  public Resolution resolve(List<Want> wants) {
    var draft =
        new Draft(
            "test", Optional.empty(), Place.ANY, wants, Map.of(), Optional.empty(), false, "test");
    var ann = new User("acme", "ann", "Ann", Set.of(Role.OPERATOR), Set.of("shop"), false);
    var wish =
        new Wish(
            tenant,
            "thread",
            "p-1",
            1,
            ann,
            "test",
            draft,
            List.of(),
            Map.of(),
            Optional.empty(),
            NOW);
    return new Resolver(this, Clock.fixed(NOW, ZoneOffset.UTC)).resolve(wish, this);
  }

  @Override
  public List<Tenant> tenants() {
    return List.of(tenant);
  }

  @Override
  public Optional<Tenant> tenant(String id) {
    return Optional.of(tenant);
  }

  @Override
  public List<Account> accounts(String tenant) {
    return List.of(account);
  }

  @Override
  public Provider provider(String tenant, String id) {
    return provider;
  }

  @Override
  public void close() {}

  @Override
  public Estimate estimate(Plan plan) {
    return new Estimate(
        plan.digest(),
        List.of(),
        Money.zero("USD"),
        Money.zero("USD"),
        0,
        Optional.empty(),
        Optional.empty(),
        "none");
  }

  @Override
  public Verdict judge(Plan plan, Estimate estimate) {
    return new Verdict(
        plan.digest(),
        "none",
        List.of(),
        new ApprovalRule(1, List.of(), true, List.of()),
        0,
        List.of());
  }

  @Override
  public String rules() {
    return "none";
  }

  @Override
  public String prices() {
    return "none";
  }
}
