package dev.parley.provider.sandbox;

import dev.parley.cost.Estimate;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.execute.Outputs;
import dev.parley.engine.resolve.Appraisal;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.resolve.Resolver;
import dev.parley.engine.resolve.Wish;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.Verdict;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.Token;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves drafts against one simulated cloud and carries the plans out, step by step. */
final class Workbench implements Accounts {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, String> REGIONS =
      Map.of("aws", "eu-west-1", "azure", "westeurope", "gcp", "europe-west1");

  private final Tenant tenant = new Tenant("acme", "Acme", "USD");
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Account account;
  private final Provider provider;
  private final Map<Address, Tracked> tracked = new LinkedHashMap<>();
  private final Map<Address, Fields> desired = new HashMap<>();

  Workbench(String family, Path folder) {
    account =
        new Account(
            "acme",
            "dev",
            "sandbox",
            family,
            REGIONS.get(family),
            List.of(),
            "development",
            Map.of("cost-center", "cc1"),
            Optional.empty(),
            Set.of(),
            Fields.EMPTY);
    provider =
        new SandboxFactory().open(account, new Surroundings(clock, folder, reference -> reference));
  }

  Account account() {
    return account;
  }

  Provider provider() {
    return provider;
  }

  Map<Address, Tracked> tracked() {
    return tracked;
  }

  Resolution resolve(List<Want> wants) {
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
            List.copyOf(tracked.values()),
            desired,
            Optional.empty(),
            NOW);
    return new Resolver(this, clock).resolve(wish, new Unpriced());
  }

  /** Carries out every change, each after what it needs. */
  void carryOut(Plan plan) {
    var done = new ArrayList<Address>();
    List<Change> left = new ArrayList<>(plan.changes());
    while (!left.isEmpty()) {
      Change next =
          left.stream()
              .filter(change -> done.containsAll(plan.needs().getOrDefault(change.at(), Set.of())))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no order: " + plan.needs()));
      left.remove(next);
      carryOut(next);
      done.add(next.at());
    }
  }

  private void carryOut(Change change) {
    var token =
        new Token(
            Digest.ofText(change.action() + change.at()).hex(),
            Digest.ofText(change.at() + "").hex().substring(0, 40));
    switch (change) {
      case Change.Create create -> {
        Fields resolved = filled(create.desired());
        Operation made =
            provider.create(new Change.Create(create.at(), create.region(), resolved), token);
        seen(create.at(), create.region(), made, create.desired());
      }
      case Change.Update update -> {
        Operation made =
            provider.update(
                new Change.Update(
                    update.at(), update.region(), update.id(), update.was(), filled(update.now())),
                token);
        seen(update.at(), update.region(), made, update.now());
      }
      case Change.Delete delete -> {
        Operation gone = provider.delete(delete, token);
        if (gone.state() != Operation.State.SUCCEEDED) {
          throw new AssertionError(delete.at() + ": " + gone.message());
        }
        tracked.remove(delete.at());
      }
      case Change.NoOp _, Change.Read _ -> {}
      case Change.Replace _, Change.Call _ ->
          throw new AssertionError("not expected here: " + change);
    }
  }

  private void seen(Address at, String region, Operation made, Fields asked) {
    if (made.state() != Operation.State.SUCCEEDED) {
      throw new AssertionError(at + ": " + made.message());
    }
    Resource resource =
        provider.read(at.type(), region, made.resource().orElseThrow()).orElseThrow();
    tracked.put(at, new Tracked(at, resource, NOW, Optional.of("r-1"), Optional.of("thread")));
    desired.put(at, asked);
  }

  private Fields filled(Fields properties) {
    try {
      return Outputs.resolve(
          properties, at -> Optional.ofNullable(tracked.get(at)).map(Tracked::resource));
    } catch (Outputs.Unresolved e) {
      throw new AssertionError(e);
    }
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
  public void close() {
    provider.close();
  }

  /** Neither prices nor rules: this is about the catalog. */
  private static final class Unpriced implements Appraisal {
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
}
