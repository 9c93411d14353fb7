package dev.parley.rules.pack;

import dev.parley.cost.Budget;
import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Cap;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Rulebook.Case;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.rules.read.Section;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A whole case made of an example: one resource, a plan around it, and what stands beside it. */
public final class ExampleCase {
  static final String[] KEYS = {
    "expect",
    "at",
    "type",
    "name",
    "action",
    "region",
    "environment",
    "properties",
    "tags",
    "with",
    "existing",
    "requester",
    "account",
    "parameters",
    "cost",
    "cap",
    "budgets",
    "prices",
    "enforcement"
  };
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final String ACCOUNT = "example";

  private final Section given;
  private final String type;

  private ExampleCase(Section given, String type) {
    this.given = given;
    this.type = type;
  }

  /** The case of an example of a rule. */
  public static Case of(RuleDefinition rule, Example example) {
    String usual = rule.types().stream().sorted().findFirst().orElse("*");
    String fallback = usual.equals("*") || usual.equals("plan") ? "aws:AWS::EC2::Instance" : usual;
    return new ExampleCase(example.given(), example.given().text("type").orElse(fallback)).build();
  }

  /** The case of a resource without properties that a rule speaks about. */
  public static Case bare(RuleDefinition rule) {
    var nothing =
        new Section(
            Fields.EMPTY, dev.parley.value.Pointer.ROOT, Object::toString, new ArrayList<>());
    return of(rule, new Example(Judgement.Status.SKIP, Optional.empty(), nothing, ""));
  }

  /** The prices an example gives, by the hour. */
  static List<PriceSource> prices(Example example) {
    var prices = new ArrayList<Price>();
    for (Section price : example.given().sections("prices")) {
      price.only("family", "service", "sku", "region", "hourly");
      prices.add(
          new Price(
              price.text("family").orElse("aws"),
              price.needed("service"),
              price.needed("sku"),
              price.needed("region"),
              "hour",
              BigDecimal.ZERO,
              price.money("hourly").orElse(Money.zero("USD")),
              "example",
              LocalDate.of(2026, 1, 2)));
    }
    return prices.isEmpty() ? List.of() : List.of(new ExamplePrices(prices));
  }

  private Case build() {
    String environment = given.text("environment").orElse("development");
    Change change = change();
    var changes = new ArrayList<Change>(List.of(change));
    for (Section other : given.sections("with")) {
      changes.add(
          new Change.Create(address(other), region(), other.section("properties").fields()));
    }
    Digest digest = Digest.ofText(given.place());
    var cap =
        given.has("cap")
            ? given
                .section("cap")
                .money("amount")
                .map(money -> new Cap(money, period(given.section("cap"))))
            : Optional.<Cap>empty();
    var plan =
        new Plan(
            "example",
            "p-1",
            1,
            "example",
            "ann",
            "",
            "example",
            environment,
            "offline",
            changes,
            Map.of(),
            cap,
            false,
            Optional.empty(),
            new Plan.Basis(Map.of(), Map.of(), "", ""),
            NOW,
            NOW.plusSeconds(3600),
            digest);
    return new Case(
        new Tenant("example", "Example", currency()),
        plan,
        estimate(digest, change.at()),
        requester(),
        Map.of(ACCOUNT, account(environment, change.at().type().family())),
        List.of(),
        existing(),
        budgets(),
        NOW);
  }

  private Change change() {
    Address at = new Address(ACCOUNT, ResourceType.of(type), given.text("name").orElse("x"));
    Fields properties = tagged(given.section("properties").fields(), at.type().family());
    var id = new ResourceId("id-of-" + at.name());
    return switch (given.text("action").orElse("create")) {
      case "update" -> new Change.Update(at, region(), id, Fields.EMPTY, properties);
      case "replace" ->
          new Change.Replace(at, region(), region(), id, properties, properties, List.of());
      case "delete" -> new Change.Delete(at, region(), id, properties);
      case "call" -> new Change.Call(at, region(), id, "stop", properties);
      default -> new Change.Create(at, region(), properties);
    };
  }

  private Fields tagged(Fields properties, String family) {
    if (!given.has("tags")) {
      return properties;
    }
    Fields tags = given.section("tags").fields();
    return switch (family) {
      case "azure" -> properties.with("tags", tags);
      case "gcp" -> properties.with("labels", tags);
      default -> properties.with("Tags", pairs(tags));
    };
  }

  private static Value pairs(Fields tags) {
    var pairs = new ArrayList<Value>();
    tags.fields()
        .forEach(
            (key, value) -> pairs.add(new Fields(Map.of("Key", Value.text(key), "Value", value))));
    return new Value.Items(pairs);
  }

  private String region() {
    return given.text("region").orElse("region-1");
  }

  private Address address(Section other) {
    return new Address(
        ACCOUNT,
        ResourceType.of(other.text("type").orElse(type)),
        other.text("name").orElse("other"));
  }

  private List<Tracked> existing() {
    var tracked = new ArrayList<Tracked>();
    for (Section other : given.sections("existing")) {
      Address at = address(other);
      var resource =
          new Resource(
              at.type(),
              new ResourceId(other.text("id").orElse("id-of-" + at.name())),
              at.name(),
              region(),
              other.section("properties").fields(),
              Map.of(),
              Lifecycle.READY,
              Optional.empty());
      tracked.add(new Tracked(at, resource, NOW, Optional.empty(), Optional.empty()));
    }
    return tracked;
  }

  private User requester() {
    Section requester = given.section("requester").only("id", "teams");
    return new User(
        "example",
        requester.text("id").orElse("ann"),
        "Ann",
        Set.of(Role.OPERATOR),
        Set.copyOf(requester.texts("teams")),
        false);
  }

  private Account account(String environment, String family) {
    Section account = given.section("account").only("regions", "services");
    return new Account(
        "example",
        ACCOUNT,
        "sandbox",
        family,
        region(),
        account.texts("regions"),
        environment,
        Map.of(),
        Optional.empty(),
        Set.copyOf(account.texts("services")),
        Fields.EMPTY);
  }

  private String currency() {
    return given.section("cost").text("currency").orElse("USD");
  }

  private Estimate estimate(Digest plan, Address at) {
    Section cost =
        given.section("cost").only("currency", "monthly", "before", "unpriced", "what", "rate");
    Money zero = Money.zero(currency());
    Money monthly =
        cost.number("monthly").map(number -> new Money(number, currency())).orElse(zero);
    Money before = cost.number("before").map(number -> new Money(number, currency())).orElse(zero);
    int unpriced = cost.number("unpriced").map(BigDecimal::intValue).orElse(0);
    var lines = new ArrayList<Line>();
    if (cost.has("monthly") || cost.has("before")) {
      lines.add(line(at, cost.text("what").orElse("x"), Optional.of(monthly), before));
    }
    for (int i = 0; i < unpriced; i++) {
      lines.add(line(at, "unknown " + i, Optional.empty(), zero));
    }
    var rate =
        cost.number("rate")
            .map(
                number ->
                    new Estimate.Rate(
                        "USD", currency(), number, LocalDate.of(2026, 1, 2), "example"));
    return new Estimate(plan, lines, before, monthly, unpriced, Optional.empty(), rate, "");
  }

  private static Line line(Address at, String what, Optional<Money> monthly, Money before) {
    return new Line(
        at,
        what,
        what,
        BigDecimal.ONE,
        "month",
        monthly,
        monthly,
        before,
        monthly.isPresent() ? Confidence.PRICED : Confidence.UNPRICED,
        "example",
        Optional.empty(),
        "");
  }

  private List<Budget> budgets() {
    var budgets = new ArrayList<Budget>();
    for (Section budget : given.sections("budgets")) {
      budget.only("scope", "monthly", "spent");
      Money monthly = budget.money("monthly").orElse(Money.zero("USD"));
      budgets.add(
          new Budget(
              budget.text("scope").orElse("tenant"),
              monthly,
              budget.money("spent").orElse(Money.zero(monthly.currency()))));
    }
    return budgets;
  }

  private static Cap.Period period(Section cap) {
    return cap.word("per", Cap.Period.class).orElse(Cap.Period.DAY);
  }
}
