package dev.parley.bot.talk;

import dev.parley.bot.card.AdoptedCard;
import dev.parley.bot.card.CatalogCard;
import dev.parley.bot.card.CostsCard;
import dev.parley.bot.card.DriftCard;
import dev.parley.bot.card.InventoryCard;
import dev.parley.bot.card.LogCard;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.OperationCard;
import dev.parley.bot.card.PermissionsCard;
import dev.parley.bot.surface.Card;
import dev.parley.catalog.Catalog;
import dev.parley.engine.Engine;
import dev.parley.engine.json.Json;
import dev.parley.engine.look.Clouds;
import dev.parley.engine.look.Periods;
import dev.parley.engine.look.Selection;
import dev.parley.identity.Account;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.provider.Capability;
import dev.parley.provider.Costs;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Cards that tell what the accounts' clouds say. */
final class CloudLookups {
  private static final int LINES = 200;
  private static final int FOUND = 12;
  private static final Duration USUAL_LOGS = Duration.ofHours(1);

  private final Engine engine;
  private final String tenant;
  private final Clock clock;

  CloudLookups(Engine engine, String tenant, Clock clock) {
    this.engine = engine;
    this.tenant = tenant;
    this.clock = clock;
  }

  /**
   * The answer, or what went wrong.
   *
   * @param use the account the thread uses, if it does
   */
  Card look(CloudCommand command, User user, Optional<String> use) {
    try {
      return answer(command, user, use);
    } catch (Invalid e) {
      return Notice.invalid("That can't be done", e);
    } catch (ProviderException e) {
      return trouble(e);
    }
  }

  private Card trouble(ProviderException e) {
    String account = e.facts().account();
    List<String> missing =
        e instanceof ProviderException.Forbidden forbidden ? forbidden.missing() : List.of();
    return Notice.problem(
        new Problem(
            account,
            "The account did not answer that",
            e.kind() + ": " + e.getMessage(),
            missing.isEmpty()
                ? "say `status` to see how the account is"
                : "grant " + String.join(", ", missing)));
  }

  private Card answer(CloudCommand command, User user, Optional<String> use) {
    Clouds clouds = engine.clouds();
    return switch (command) {
      case CloudCommand.Discover(var account, var type) -> discover(account, type, use);
      case CloudCommand.Import(var account, var what) ->
          AdoptedCard.of(
              account, clouds.adopt(tenant, account, selection(account, what), user, _ -> {}));
      case CloudCommand.Drift(var account) -> {
        Optional<String> where = account.or(() -> use);
        yield DriftCard.of(clouds.drift(tenant, where, _ -> {}), where);
      }
      case CloudCommand.Logs(var resource, var since) -> {
        Instant from =
            since.isBlank()
                ? clock.instant().minus(USUAL_LOGS)
                : Periods.since(since, clock.instant());
        Tracked one = clouds.named(tenant, resource);
        yield LogCard.of(one.at(), from, clouds.logs(tenant, one, from, LINES));
      }
      case CloudCommand.Health(var resource) -> {
        Tracked one = clouds.named(tenant, resource);
        yield LogCard.health(one.at(), clouds.health(tenant, one));
      }
      case CloudCommand.Spent spent -> costs(spent, use);
      case CloudCommand.Operations(var words, var account) -> {
        String where = account(account.or(() -> use), Optional.of(Capability.OPERATIONS));
        yield OperationCard.found(where, words, clouds.operations(tenant, where, words, FOUND));
      }
      case CloudCommand.Call call -> {
        String where = account(call.account().or(() -> use), Optional.of(Capability.OPERATIONS));
        OperationInfo known = operation(where, call.operation());
        Fields input = input(call);
        yield OperationCard.answer(
            where,
            known.name(),
            clouds.query(tenant, where, Optional.empty(), known.name(), input, user));
      }
      case CloudCommand.Types(var words, var account) -> types(words, account.or(() -> use));
      case CloudCommand.Refresh(var account) ->
          CatalogCard.news(
              clouds.refreshCatalog(
                  tenant, account(account.or(() -> use), Optional.empty()), user));
      case CloudCommand.Permissions(var of, var account) -> permissions(of, account.or(() -> use));
      case CloudCommand.Wrong(var usage, var why) ->
          Notice.problem(
              new Problem("", why, "the command is incomplete or wrong", "say `" + usage + "`"));
    };
  }

  private Card discover(Optional<String> said, Optional<String> type, Optional<String> use) {
    Clouds clouds = engine.clouds();
    boolean known = said.isEmpty() || engine.accounts().account(tenant, said.get()).isPresent();
    Optional<String> words = known ? type : Optional.of(join(said.get(), type));
    String account = account(known ? said.or(() -> use) : use, Optional.empty());
    Optional<ResourceType> only = words.map(one -> clouds.type(tenant, account, one));
    return InventoryCard.of(clouds.discover(tenant, account, only, _ -> {}), only);
  }

  private static String join(String first, Optional<String> rest) {
    return first + rest.map(more -> " " + more).orElse("");
  }

  private Selection selection(String account, String what) {
    if (what.equalsIgnoreCase("all") || what.equalsIgnoreCase("everything")) {
      return new Selection.Everything();
    }
    try {
      return new Selection.OfType(engine.clouds().type(tenant, account, what));
    } catch (Invalid e) {
      if (engine.accounts().account(tenant, account).isEmpty()) {
        throw e;
      }
      Set<ResourceId> ids =
          List.of(what.split("[\\s,]+")).stream()
              .filter(word -> !word.isBlank())
              .map(ResourceId::new)
              .collect(Collectors.toSet());
      return new Selection.Ids(ids, Optional.empty());
    }
  }

  private Card costs(CloudCommand.Spent spent, Optional<String> use) {
    Periods.Days days = Periods.days(spent.period(), clock.instant());
    var query = new Costs.Query(days.from(), days.to(), false, spent.by(), spent.tag());
    List<String> accounts =
        spent.account().or(() -> use).map(List::of).orElseGet(() -> claiming(Capability.COSTS));
    if (accounts.isEmpty()) {
      throw new Invalid(
          new Problem(
              "costs",
              "the accounts",
              "none of them tells what it costs",
              "ask the graph: `what do we spend by team?`"));
    }
    var answers = new java.util.TreeMap<String, Costs>();
    var troubles = new ArrayList<String>();
    for (String account : accounts) {
      try {
        answers.put(account, engine.clouds().costs(tenant, account, query));
      } catch (ProviderException e) {
        if (accounts.size() == 1) {
          throw e;
        }
        troubles.add(account + ": " + e.kind() + ": " + e.getMessage());
      }
    }
    return CostsCard.of(query, answers, troubles);
  }

  private Card types(String words, Optional<String> account) {
    var rows = new ArrayList<CatalogCard.Row>();
    for (Account one : engine.accounts().accounts(tenant)) {
      if (account.isPresent() && !account.get().equals(one.id())) {
        continue;
      }
      Catalog catalog = engine.accounts().provider(tenant, one.id()).catalog();
      for (ResourceType type : catalog.search(words, FOUND)) {
        rows.add(
            new CatalogCard.Row(
                one.id(), type, catalog.describe(type).map(schema -> schema.title()).orElse("")));
      }
    }
    return CatalogCard.found(words, rows);
  }

  private Card permissions(String of, Optional<String> use) {
    if (of.matches("(?i)p-\\d{1,9}")) {
      String plan = of.toLowerCase(java.util.Locale.ROOT);
      return PermissionsCard.of(plan, engine.clouds().permissionsOfPlan(tenant, plan));
    }
    String account = account(use, Optional.empty());
    ResourceType type = engine.clouds().type(tenant, account, of);
    return PermissionsCard.of(
        type.name(), engine.clouds().permissionsOfType(tenant, account, type));
  }

  /**
   * A call that may change something, as a wish that can be planned; empty if it only reads, or if
   * something is wrong with it, which {@link #look} then says.
   */
  Optional<Draft> planned(CloudCommand.Call call, Optional<String> use) {
    try {
      String account = account(call.account().or(() -> use), Optional.of(Capability.OPERATIONS));
      OperationInfo known = operation(account, call.operation());
      return known.reading() ? Optional.empty() : Optional.of(draft(account, known, input(call)));
    } catch (Invalid | ProviderException e) {
      return Optional.empty();
    }
  }

  private Draft draft(String account, OperationInfo operation, Fields input) {
    Account whose = engine.accounts().account(tenant, account).orElseThrow();
    var at = new Address(account, ResourceType.operation(whose.family()), operation.name());
    return new Draft(
        "call " + operation.name() + " in " + account,
        Optional.of(whose.environment()),
        new Place(Optional.of(account), Optional.empty(), Optional.empty(), false),
        List.of(new Want.Invoke(at, operation.name(), input)),
        Map.of(),
        Optional.empty(),
        false,
        "command");
  }

  private OperationInfo operation(String account, String name) {
    List<OperationInfo> found = engine.clouds().operations(tenant, account, name, FOUND);
    return found.stream()
        .filter(one -> one.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    new Problem(
                        account,
                        "'" + name + "'",
                        "there is no such operation",
                        "search with `operations "
                            + name.replaceAll("[.:]", " ")
                            + " in "
                            + account
                            + "`")));
  }

  private static Fields input(CloudCommand.Call call) {
    if (call.input().isBlank()) {
      return Fields.EMPTY;
    }
    try {
      Value read = Json.parsePlain(call.input());
      if (read instanceof Fields fields) {
        return fields;
      }
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          new Problem(
              "input",
              call.input(),
              "it is no JSON: " + e.getMessage(),
              "write for example {\"InstanceIds\": [\"i-1\"]}"));
    }
    throw new Invalid(
        new Problem(
            "input", call.input(), "it is no JSON object", "write for example {\"Id\": \"x\"}"));
  }

  /** The account that is meant: named, or the only one that can do it. */
  private String account(Optional<String> named, Optional<Capability> needed) {
    if (named.isPresent()) {
      return named.get();
    }
    List<String> fit =
        needed
            .map(this::claiming)
            .orElseGet(() -> engine.accounts().accounts(tenant).stream().map(Account::id).toList());
    if (fit.size() == 1) {
      return fit.getFirst();
    }
    throw new Invalid(
        new Problem(
            "account",
            "no account",
            fit.isEmpty() ? "none of them can do that" : "there is more than one",
            fit.isEmpty()
                ? "say `status` to see the accounts"
                : "name one of " + String.join(", ", fit) + ", or say `use <account>` first"));
  }

  private List<String> claiming(Capability capability) {
    return engine.accounts().accounts(tenant).stream()
        .map(Account::id)
        .filter(
            id -> engine.accounts().provider(tenant, id).info().capabilities().contains(capability))
        .toList();
  }
}
