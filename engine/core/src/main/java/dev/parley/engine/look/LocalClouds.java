package dev.parley.engine.look;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.execute.Pauses;
import dev.parley.engine.json.Json;
import dev.parley.engine.redact.Answers;
import dev.parley.engine.redact.Redactor;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.engine.verify.Verifier;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.provider.Costs;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.Provider;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks through the accounts' providers. */
public final class LocalClouds implements Clouds {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_INPUT = 300;

  private final Accounts accounts;
  private final Ledger ledger;
  private final Verifier verifier;
  private final Patience patience;
  private final Discovery discovery;
  private final Adoption adoption;
  private final DriftLook drift;
  private final Clock clock;

  /**
   * @param verifier knows what looks whether resources work
   * @param pauses how time passes until a cloud may be asked again
   */
  public LocalClouds(
      Accounts accounts, Ledger ledger, Verifier verifier, Pauses pauses, Clock clock) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.verifier = verifier;
    this.clock = clock;
    patience = new Patience(pauses);
    discovery = new Discovery(accounts, ledger, patience);
    adoption = new Adoption(accounts, ledger, discovery, patience, clock);
    drift = new DriftLook(accounts, ledger, patience, clock);
  }

  @Override
  public Inventory discover(
      String tenant, String account, Optional<ResourceType> type, Consumer<Progress> progress) {
    account(tenant, account);
    return discovery.look(tenant, account, type, progress);
  }

  @Override
  public Adopted adopt(
      String tenant, String account, Selection selection, User user, Consumer<Progress> progress) {
    account(tenant, account);
    require(user, account, "imports resources", Role.OPERATOR);
    return adoption.adopt(tenant, account, selection, user, progress);
  }

  @Override
  public Drifts drift(String tenant, Optional<String> account, Consumer<Progress> progress) {
    account.ifPresent(one -> account(tenant, one));
    return drift.look(tenant, account, progress);
  }

  @Override
  public Tracked named(String tenant, String words) {
    return Named.of(ledger.read(tenant, book -> book.tracked()), words);
  }

  @Override
  public ResourceType type(String tenant, String account, String words) {
    return TypeWords.of(provider(tenant, account).catalog(), account, words);
  }

  @Override
  public List<LogLine> logs(String tenant, Tracked resource, Instant since, int limit) {
    Provider provider = provider(tenant, resource.at().account());
    int most = Math.clamp(limit, 1, MOST_LINES);
    return patience.ask(() -> provider.logs(resource.resource(), since, most)).stream()
        .map(line -> new LogLine(line.at(), line.source(), Redactor.redact(line.text()).text()))
        .toList();
  }

  @Override
  public Health health(String tenant, Tracked resource) {
    account(tenant, resource.at().account());
    return verifier.look(tenant, resource.at(), resource.resource());
  }

  @Override
  public Costs costs(String tenant, String account, Costs.Query query) {
    if (!query.to().isAfter(query.from())) {
      throw new Invalid(
          new Problem(
              account,
              query.from() + " to " + query.to(),
              "the period is empty",
              "name a first day before the last"));
    }
    Provider provider = provider(tenant, account);
    return patience.ask(() -> provider.costs(query));
  }

  @Override
  public List<OperationInfo> operations(String tenant, String account, String words, int limit) {
    Provider provider = provider(tenant, account);
    return patience.ask(() -> provider.operations(words, limit));
  }

  @Override
  public Fields query(
      String tenant,
      String account,
      Optional<String> region,
      String operation,
      Fields input,
      User user) {
    Account whose = account(tenant, account);
    require(user, account, "asks a cloud", Role.OPERATOR, Role.APPROVER, Role.ADMIN);
    String where = region.orElse(whose.region());
    if (!whose.regions().isEmpty() && !whose.regions().contains(where)) {
      throw new Invalid(
          new Problem(
              account,
              where,
              "the account may not be used there",
              "its regions are " + String.join(", ", whose.regions())));
    }
    Provider provider = provider(tenant, account);
    note(tenant, user, "asks " + operation + input(input), account + " " + where);
    return Answers.redact(patience.ask(() -> provider.query(operation, where, input)));
  }

  private static String input(Fields input) {
    if (input.isEmpty()) {
      return "";
    }
    String text = Json.write(Answers.redact(input));
    return " " + (text.length() > MOST_INPUT ? text.substring(0, MOST_INPUT) + "…" : text);
  }

  @Override
  public CatalogNews refreshCatalog(String tenant, String account, User user) {
    account(tenant, account);
    require(user, account, "reads the catalog anew", Role.ADMIN);
    return read(tenant, account, user, Catalog::refresh);
  }

  @Override
  public CatalogNews importCatalog(String tenant, String account, Path from, User user) {
    account(tenant, account);
    require(user, account, "imports schemas", Role.ADMIN);
    return read(tenant, account, user, catalog -> catalog.take(from));
  }

  private CatalogNews read(
      String tenant, String account, User user, Function<Catalog, Catalog.Difference> how) {
    Catalog catalog = provider(tenant, account).catalog();
    Catalog.Difference difference = how.apply(catalog);
    Set<ResourceType> touched = new TreeSet<>(difference.removed());
    touched.addAll(difference.changed().keySet());
    ledger.record(
        tenant,
        List.of(
            new Event.CatalogRead(
                account,
                user.id(),
                difference.from(),
                difference.to(),
                List.copyOf(touched),
                clock.instant())));
    return new CatalogNews(account, difference, outdated(tenant, account, touched));
  }

  private List<String> outdated(String tenant, String account, Set<ResourceType> touched) {
    return ledger.read(
        tenant,
        book ->
            book.plans().stream()
                .filter(PlanFile::isOpen)
                .map(file -> file.latest().plan())
                .filter(
                    plan ->
                        plan.changes().stream()
                            .map(Change::at)
                            .anyMatch(
                                at -> at.account().equals(account) && touched.contains(at.type())))
                .map(Plan::id)
                .toList());
  }

  @Override
  public Permissions permissionsOfPlan(String tenant, String plan) {
    Plan about =
        ledger
            .read(tenant, book -> book.plan(plan).map(file -> file.latest().plan()))
            .orElseThrow(
                () ->
                    new Invalid(
                        new Problem(
                            plan, "the plan", "there is no such plan", "name a plan, as p-7")));
    return Needed.of(about, at -> schema(tenant, at.account(), at.type()));
  }

  @Override
  public Permissions permissionsOfType(String tenant, String account, ResourceType type) {
    account(tenant, account);
    return Needed.of(account, type, schema(tenant, account, type));
  }

  private Optional<TypeSchema> schema(String tenant, String account, ResourceType type) {
    return provider(tenant, account).catalog().describe(type);
  }

  private Account account(String tenant, String id) {
    return accounts
        .account(tenant, id)
        .orElseThrow(
            () ->
                new Invalid(
                    new Problem(
                        "account",
                        "'" + id + "'",
                        "there is no such account",
                        "known: "
                            + accounts.accounts(tenant).stream()
                                .map(Account::id)
                                .collect(Collectors.joining(", ")))));
  }

  private Provider provider(String tenant, String account) {
    return accounts.provider(tenant, account(tenant, account).id());
  }

  private static void require(User user, String account, String what, Role... roles) {
    for (Role role : roles) {
      if (user.is(role)) {
        return;
      }
    }
    var names = new ArrayList<String>();
    for (Role role : roles) {
      names.add(role.name().toLowerCase(java.util.Locale.ROOT));
    }
    throw new Invalid(
        new Problem(
            account,
            user.id() + " " + what,
            "it takes the role " + String.join(" or ", names),
            "ask somebody who has it"));
  }

  private void note(String tenant, User user, String what, String about) {
    ledger.record(tenant, List.of(new Event.Noted(user.id(), what, about, clock.instant())));
  }
}
