package dev.parley.rules.scene;

import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.identity.Account;
import dev.parley.rules.logic.Found;
import dev.parley.rules.parameter.Caps.Cap;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.rules.parameter.RuleParameters.Size;
import dev.parley.rules.parameter.RuleParameters.TagPolicy;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The derived values of a resource: what {@code @name} means in a rule. */
final class ResourceContext {
  private static final BigDecimal HOURS = BigDecimal.valueOf(730);

  private ResourceContext() {}

  /** The names rules may use. */
  static final Set<String> NAMES =
      Set.of(
          "address",
          "account",
          "family",
          "type",
          "name",
          "region",
          "environment",
          "production",
          "action",
          "taggable",
          "stateful",
          "regional",
          "permissions",
          "tags",
          "missingTags",
          "badTags",
          "missingCostTags",
          "protected",
          "publicApproved",
          "scheduled",
          "committed",
          "sku",
          "cap",
          "capacity",
          "oversize",
          "allowed",
          "requester",
          "pipeline",
          "cost");

  static Found derive(ResourceSubject r, String name) {
    RuleParameters parameters = r.scene().parameters();
    return switch (name) {
      case "address" -> text(r.address().toString());
      case "account" -> text(r.address().account());
      case "family" -> text(r.address().type().family());
      case "type" -> text(r.type());
      case "name" -> text(r.address().name());
      case "region" -> r.region().isBlank() ? Found.NOTHING : text(r.region());
      case "environment" -> text(r.environment());
      case "production" -> flag(parameters.isProduction(r.environment()));
      case "action" -> text(r.action());
      case "taggable" -> flag(r.traits().tags());
      case "stateful" -> flag(r.traits().stateful());
      case "regional" ->
          flag(!r.traits().global() && !r.region().isBlank() && !r.region().equals("global"));
      case "permissions" -> flag(r.traits().permissions());
      case "tags" -> tags(r);
      case "missingTags" -> missing(r, parameters.mandatoryTags().keySet());
      case "badTags" -> bad(r, parameters.mandatoryTags());
      case "missingCostTags" -> missing(r, parameters.costTags());
      case "protected" -> isTrue(r.tags().get(parameters.tags().protectedFrom()));
      case "publicApproved" -> isTrue(r.tags().get(parameters.tags().publicApproved()));
      case "scheduled" -> anyTag(r, parameters.tags().schedule());
      case "committed" -> anyTag(r, List.of(parameters.tags().commitment()));
      case "sku" -> sku(r);
      case "cap" ->
          parameters
              .tables()
              .caps()
              .of(r.environment())
              .map(ResourceContext::cap)
              .orElse(Found.NOTHING);
      case "capacity" -> first(r, r.traits().capacity());
      case "oversize" ->
          fields(
              Map.of(
                  "vcpu",
                  Value.num(parameters.spending().vcpu()),
                  "memory",
                  Value.num(parameters.spending().memory())));
      case "allowed" -> allowed(r, parameters);
      case "requester" -> requester(r);
      case "pipeline" -> pipeline(r, parameters);
      case "cost" -> cost(r);
      default -> throw new IllegalStateException("no derived value of a resource: @" + name);
    };
  }

  private static Found tags(ResourceSubject r) {
    Tags tags = r.tags();
    return tags.hole().isPresent()
        ? new Found.Unknown(tags.hole().get())
        : new Found.Known(tags.tags());
  }

  private static Found missing(ResourceSubject r, Iterable<String> keys) {
    Tags tags = r.tags();
    var missing = new ArrayList<String>();
    var holes = new ArrayList<String>();
    for (String key : keys) {
      switch (tags.get(key)) {
        case Found.Absent _ -> missing.add(key);
        case Found.Unknown(var why, _) -> holes.add("tag " + key + ": " + why);
        case Found.Known(var value) -> {
          if (value instanceof Value.Text(var text) && text.isBlank()) {
            missing.add(key);
          }
        }
      }
    }
    return missing.isEmpty() && !holes.isEmpty()
        ? new Found.Unknown(holes.getFirst())
        : new Found.Known(Value.texts(missing));
  }

  private static Found bad(ResourceSubject r, Map<String, TagPolicy> policies) {
    Tags tags = r.tags();
    var bad = new ArrayList<String>();
    var holes = new ArrayList<String>();
    policies.forEach(
        (key, policy) -> {
          boolean free = policy.allowed().isEmpty() && policy.pattern().isEmpty();
          switch (tags.get(key)) {
            case Found.Unknown(var why, _) when !free -> holes.add("tag " + key + ": " + why);
            case Found.Known(Value.Text(var text)) when !free && !fits(text, policy) ->
                bad.add(key + "=" + text + " (" + wanted(policy) + ")");
            default -> {}
          }
        });
    return bad.isEmpty() && !holes.isEmpty()
        ? new Found.Unknown(holes.getFirst())
        : new Found.Known(Value.texts(bad));
  }

  private static boolean fits(String text, TagPolicy policy) {
    boolean listed = policy.allowed().isEmpty() || policy.allowed().contains(text);
    return listed && policy.pattern().map(pattern -> pattern.matcher(text).matches()).orElse(true);
  }

  private static String wanted(TagPolicy policy) {
    return policy.allowed().isEmpty()
        ? "must match " + policy.pattern().map(Object::toString).orElse("")
        : "allowed: " + String.join(", ", policy.allowed());
  }

  private static Found isTrue(Found tag) {
    return switch (tag) {
      case Found.Known(Value.Text(var text)) -> flag(text.equalsIgnoreCase("true"));
      case Found.Known(Value.Bool(var bool)) -> flag(bool);
      case Found.Known _, Found.Absent _ -> flag(false);
      case Found.Unknown unknown -> unknown;
    };
  }

  private static Found anyTag(ResourceSubject r, List<String> keys) {
    Tags tags = r.tags();
    Found best = flag(false);
    for (String key : keys) {
      switch (tags.get(key)) {
        case Found.Known _ -> {
          return flag(true);
        }
        case Found.Unknown unknown -> best = unknown;
        case Found.Absent _ -> {}
      }
    }
    return best;
  }

  private static Found first(ResourceSubject r, List<Pointer> places) {
    return places.stream()
        .map(place -> Found.in(r.properties(), place))
        .filter(found -> !(found instanceof Found.Absent))
        .findFirst()
        .orElse(Found.NOTHING);
  }

  private static Found sku(ResourceSubject r) {
    Found name = first(r, r.traits().size());
    if (!(name instanceof Found.Known(Value.Text(var sku)))) {
      return name;
    }
    String series = Machines.series(sku);
    Machines machines = Machines.shipped();
    Optional<Size> size =
        Optional.ofNullable(r.scene().parameters().sizes().get(sku)).or(() -> machines.size(sku));
    var fields = new LinkedHashMap<String, Value>();
    fields.put("name", Value.text(sku));
    fields.put("series", Value.text(series));
    fields.put("gpu", Value.bool(machines.gpu(series)));
    machines.newer(series).ifPresent(newer -> fields.put("newer", Value.text(newer)));
    Value unknown = new Value.Unknown("the size " + sku + " is in no table");
    fields.put("vcpu", size.<Value>map(s -> Value.num(s.vcpu())).orElse(unknown));
    fields.put("memory", size.<Value>map(s -> Value.num(s.memory())).orElse(unknown));
    return fields(fields);
  }

  /** The machine size as the resource names it, if it is known. */
  static Optional<String> skuName(ResourceSubject r) {
    return first(r, r.traits().size()) instanceof Found.Known(Value.Text(var sku))
        ? Optional.of(sku)
        : Optional.empty();
  }

  private static Found cap(Cap cap) {
    var fields = new LinkedHashMap<String, Value>();
    cap.vcpu().ifPresent(number -> fields.put("vcpu", Value.num(number)));
    cap.memory().ifPresent(number -> fields.put("memory", Value.num(number)));
    cap.instances().ifPresent(number -> fields.put("instances", Value.num(number)));
    if (!cap.families().isEmpty()) {
      fields.put("families", Value.texts(new TreeSet<>(cap.families())));
    }
    return fields(fields);
  }

  /** Regions and services: what the tenant allows, narrowed by what the account allows. */
  private static Found allowed(ResourceSubject r, RuleParameters parameters) {
    var fields = new LinkedHashMap<String, Value>();
    Optional<Account> account = r.scene().account(r.address());
    Set<String> regions = regions(parameters.regionsOf(r.environment()), account);
    if (!parameters.regionsOf(r.environment()).isEmpty()
        || account.map(a -> !a.regions().isEmpty()).orElse(false)) {
      fields.put("regions", Value.texts(regions));
    }
    boolean tenant =
        parameters.services().isEmpty()
            || parameters.services().stream().anyMatch(prefix -> covers(prefix, r.type()));
    boolean own =
        account
            .map(
                a ->
                    a.services().isEmpty()
                        || a.services().stream().anyMatch(prefix -> covers(prefix, r.type())))
            .orElse(true);
    fields.put("service", Value.bool(tenant && own));
    return fields(fields);
  }

  static Set<String> regions(Set<String> tenants, Optional<Account> account) {
    List<String> own = account.map(Account::regions).orElse(List.of());
    var regions = new TreeSet<String>(own.isEmpty() ? tenants : own);
    if (!tenants.isEmpty()) {
      regions.retainAll(tenants);
    }
    return regions;
  }

  /** A service or type prefix, with or without the family before it. */
  private static boolean covers(String prefix, String type) {
    String bare = type.substring(type.indexOf(':') + 1);
    return begins(type, prefix) || begins(bare, prefix);
  }

  private static boolean begins(String type, String prefix) {
    return type.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static Found requester(ResourceSubject r) {
    var user = r.scene().requester();
    return fields(
        Map.of(
            "id", Value.text(user.id()),
            "teams", Value.texts(new TreeSet<>(user.teams())),
            "roles",
                Value.texts(
                    user.roles().stream()
                        .map(role -> role.name().toLowerCase(java.util.Locale.ROOT))
                        .sorted()
                        .toList())));
  }

  private static Found pipeline(ResourceSubject r, RuleParameters parameters) {
    var pipeline = parameters.pipeline();
    var user = r.scene().requester();
    boolean named = !pipeline.users().isEmpty() || !pipeline.teams().isEmpty();
    boolean is =
        pipeline.users().contains(user.id())
            || user.teams().stream().anyMatch(pipeline.teams()::contains);
    return fields(Map.of("named", Value.bool(named), "requester", Value.bool(is)));
  }

  private static Found cost(ResourceSubject r) {
    List<Line> lines = r.scene().lines(r.address());
    if (lines.isEmpty()) {
      return Found.NOTHING;
    }
    BigDecimal monthly = BigDecimal.ZERO;
    boolean sized = !(sku(r) instanceof Found.Absent);
    boolean unpriced = false;
    for (Line line : lines) {
      unpriced |= line.confidence() == Confidence.UNPRICED;
      monthly = monthly.add(line.monthly().map(money -> money.amount()).orElse(BigDecimal.ZERO));
    }
    var limit = r.scene().parameters().spending().hourly();
    String currency = r.scene().currency();
    Optional<BigDecimal> most =
        r.scene().conversion().to(limit, currency).map(money -> money.amount());
    var fields = new LinkedHashMap<String, Value>();
    BigDecimal hourly = monthly.divide(HOURS, 6, RoundingMode.HALF_UP);
    Value unknown = new Value.Unknown("the price of " + r.address().name());
    boolean over = most.map(m -> hourly.compareTo(m) > 0).orElse(false);
    fields.put(
        "hourly",
        sized && unpriced && !over ? unknown : Value.num(hourly.setScale(2, RoundingMode.HALF_UP)));
    fields.put(
        "limit",
        most.<Value>map(m -> Value.num(m.setScale(2, RoundingMode.HALF_UP)))
            .orElse(new Value.Unknown("no rate from " + limit.currency() + " to " + currency)));
    fields.put("currency", Value.text(currency));
    return new Found.Known(new Fields(fields));
  }

  private static Found text(String text) {
    return new Found.Known(Value.text(text));
  }

  private static Found flag(boolean flag) {
    return new Found.Known(Value.bool(flag));
  }

  private static Found fields(Map<String, Value> fields) {
    return new Found.Known(new Fields(fields));
  }
}
