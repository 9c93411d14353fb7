package dev.parley.rules.parameter;

import dev.parley.cost.Estimate.Rate;
import dev.parley.engine.json.Yaml;
import dev.parley.rules.read.Section;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a tenant sets for its rules. Everything has a default.
 *
 * @param mandatoryTags tag → what its value must look like
 * @param costTags tags by which cost is divided
 * @param regions environment (or {@code *}) → regions allowed there; none means any
 * @param services allowed type prefixes such as {@code aws:AWS::EC2::}; none means all
 * @param production the words for a production environment
 * @param pipeline who may change permissions
 * @param spending limits on money
 * @param tags the names of tags with a meaning
 * @param sizes machine sizes beside the shipped ones: sku → vcpu and GiB
 * @param rates exchange rates for limits in other currencies
 * @param tables the decision tables
 * @param digest of all of it
 */
public record RuleParameters(
    Map<String, TagPolicy> mandatoryTags,
    List<String> costTags,
    Map<String, Set<String>> regions,
    Set<String> services,
    Set<String> production,
    Pipeline pipeline,
    Spending spending,
    TagNames tags,
    Map<String, Size> sizes,
    List<Rate> rates,
    Tables tables,
    Digest digest) {
  private static final String[] KEYS = {
    "mandatoryTags",
    "costTags",
    "regions",
    "services",
    "production",
    "pipeline",
    "spending",
    "tags",
    "sizes",
    "rates",
    "tables"
  };

  public RuleParameters {
    mandatoryTags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(mandatoryTags));
    costTags = List.copyOf(costTags);
    regions = Map.copyOf(regions);
    services = Set.copyOf(services);
    production = Set.copyOf(production);
    sizes = Map.copyOf(sizes);
    rates = List.copyOf(rates);
  }

  /**
   * What a tag's value must look like.
   *
   * @param allowed the only values; empty means any
   * @param pattern a regular expression for the whole value
   */
  public record TagPolicy(List<String> allowed, Optional<Pattern> pattern) {
    public TagPolicy {
      allowed = List.copyOf(allowed);
    }
  }

  /** Who may change permissions: users and teams. Nobody named means: security must approve it. */
  public record Pipeline(Set<String> users, Set<String> teams) {
    public Pipeline {
      users = Set.copyOf(users);
      teams = Set.copyOf(teams);
    }
  }

  /**
   * Limits on money.
   *
   * @param delta a plan may add this much a month before finance is asked
   * @param deltaPercent ... if that is also more than this share of what is spent now
   * @param emoji up to this much more a month a reaction is enough
   * @param hourly a resource above this price per hour is expensive
   * @param margin percent added when a limit is in another currency
   * @param overspent percent of a budget that is spent already at which growth needs finance
   * @param cheaper percent by which another region must be cheaper to be suggested
   * @param vcpu more than this outside production is oversized
   * @param memory likewise, in GiB
   */
  public record Spending(
      Money delta,
      BigDecimal deltaPercent,
      Money emoji,
      Money hourly,
      BigDecimal margin,
      BigDecimal overspent,
      BigDecimal cheaper,
      BigDecimal vcpu,
      BigDecimal memory) {}

  /** The names of tags with a meaning. */
  public record TagNames(
      String publicApproved,
      String protectedFrom,
      String residency,
      String commitment,
      List<String> schedule) {
    public TagNames {
      schedule = List.copyOf(schedule);
    }
  }

  /** A machine size. */
  public record Size(BigDecimal vcpu, BigDecimal memory) {}

  /** The defaults. */
  public static RuleParameters defaults() {
    return read("defaults", Fields.EMPTY);
  }

  /**
   * Reads a configuration section.
   *
   * @param where its name, for messages
   * @throws Invalid with every mistake
   */
  public static RuleParameters read(String where, Fields fields) {
    return read(fields, Pointer.ROOT, at -> where + at);
  }

  /**
   * Reads a section of a YAML file.
   *
   * @throws Invalid with every mistake and its line
   */
  public static RuleParameters read(Yaml yaml, Pointer at) {
    return read(at.in(yaml.value()).orElse(Fields.EMPTY), at, yaml::where);
  }

  /** Whether an environment is production. */
  public boolean isProduction(String environment) {
    return production.contains(environment);
  }

  /** The regions allowed in an environment; none means any. */
  public Set<String> regionsOf(String environment) {
    return regions.getOrDefault(environment, regions.getOrDefault("*", Set.of()));
  }

  /** The same with other tables. */
  public RuleParameters with(Tables other, Digest their) {
    return new RuleParameters(
        mandatoryTags,
        costTags,
        regions,
        services,
        production,
        pipeline,
        spending,
        tags,
        sizes,
        rates,
        other,
        Digest.ofText(digest.hex() + their.hex()));
  }

  private static RuleParameters read(Value value, Pointer at, Function<Pointer, String> where) {
    var problems = new ArrayList<Problem>();
    Section section = Section.of(value, at, where, problems).only(KEYS);
    var read =
        new RuleParameters(
            mandatoryTags(section),
            section.has("costTags")
                ? section.texts("costTags")
                : List.of("owner", "environment", "cost-center"),
            sets(section.lists("regions")),
            Set.copyOf(section.texts("services")),
            section.has("production")
                ? Set.copyOf(section.texts("production"))
                : Set.of("production", "prod"),
            pipeline(section.section("pipeline")),
            spending(section.section("spending")),
            tagNames(section.section("tags")),
            sizes(section.section("sizes")),
            rates(section.sections("rates")),
            tables(section.section("tables"), problems),
            Digest.of(value));
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return read;
  }

  private static Map<String, TagPolicy> mandatoryTags(Section section) {
    var policies = new LinkedHashMap<String, TagPolicy>();
    TagPolicy any = new TagPolicy(List.of(), Optional.empty());
    if (!section.has("mandatoryTags")) {
      policies.put("owner", any);
      policies.put("environment", any);
      policies.put("cost-center", any);
    } else if (section.value("mandatoryTags").orElse(Value.NULL) instanceof Fields) {
      Section tags = section.section("mandatoryTags");
      for (String tag : tags.names()) {
        policies.put(tag, policy(tags.section(tag).only("allowed", "pattern")));
      }
    } else {
      section.texts("mandatoryTags").forEach(tag -> policies.put(tag, any));
    }
    return policies;
  }

  private static TagPolicy policy(Section section) {
    var pattern =
        section
            .text("pattern")
            .flatMap(
                text -> {
                  try {
                    return Optional.of(Pattern.compile(text));
                  } catch (PatternSyntaxException e) {
                    section.wrong(
                        "pattern",
                        "'" + text + "'",
                        "no regular expression: " + e.getDescription(),
                        "mend the expression");
                    return Optional.empty();
                  }
                });
    return new TagPolicy(section.texts("allowed"), pattern);
  }

  private static Pipeline pipeline(Section section) {
    section.only("users", "teams");
    return new Pipeline(Set.copyOf(section.texts("users")), Set.copyOf(section.texts("teams")));
  }

  private static Spending spending(Section section) {
    section.only(
        "delta",
        "deltaPercent",
        "emoji",
        "hourly",
        "margin",
        "overspent",
        "cheaper",
        "vcpu",
        "memory");
    return new Spending(
        section.money("delta").orElse(Money.of("500", "USD")),
        section.number("deltaPercent").orElse(BigDecimal.valueOf(20)),
        section.money("emoji").orElse(Money.of("100", "USD")),
        section.money("hourly").orElse(Money.of("3", "USD")),
        section.number("margin").orElse(BigDecimal.valueOf(3)),
        section.number("overspent").orElse(BigDecimal.valueOf(100)),
        section.number("cheaper").orElse(BigDecimal.valueOf(15)),
        section.number("vcpu").orElse(BigDecimal.valueOf(8)),
        section.number("memory").orElse(BigDecimal.valueOf(32)));
  }

  private static TagNames tagNames(Section section) {
    section.only("publicApproved", "protected", "residency", "commitment", "schedule");
    return new TagNames(
        section.text("publicApproved").orElse("public-approved"),
        section.text("protected").orElse("protected"),
        section.text("residency").orElse("data-residency"),
        section.text("commitment").orElse("commitment"),
        section.has("schedule")
            ? section.texts("schedule")
            : List.of("schedule", "auto-stop", "ttl"));
  }

  private static Map<String, Size> sizes(Section section) {
    var sizes = new LinkedHashMap<String, Size>();
    for (String sku : section.names()) {
      Section size = section.section(sku).only("vcpu", "memory");
      var vcpu = size.number("vcpu");
      var memory = size.number("memory");
      if (vcpu.isEmpty() || memory.isEmpty()) {
        size.wrong("'" + sku + "'", "a size has vcpu and memory", "write {vcpu: 2, memory: 8}");
      } else {
        sizes.put(sku, new Size(vcpu.get(), memory.get()));
      }
    }
    return sizes;
  }

  private static List<Rate> rates(List<Section> sections) {
    var rates = new ArrayList<Rate>();
    for (Section section : sections) {
      section.only("from", "to", "rate", "asOf", "source");
      String from = section.needed("from");
      String to = section.needed("to");
      var rate = section.number("rate").filter(number -> number.signum() > 0);
      var asOf = date(section);
      if (rate.isEmpty() || !from.matches("[A-Z]{3}") || !to.matches("[A-Z]{3}")) {
        section.wrong(
            "a rate",
            "it has two currencies and a number above 0",
            "write {from: USD, to: INR, rate: 83, asOf: 2026-01-31}");
      } else if (asOf.isPresent()) {
        rates.add(
            new Rate(
                from, to, rate.get(), asOf.get(), section.text("source").orElse("configuration")));
      }
    }
    return rates;
  }

  private static Optional<LocalDate> date(Section section) {
    String text = section.needed("asOf");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      section.wrong("asOf", "'" + text + "'", "that is no date", "write it as 2026-01-31");
      return Optional.empty();
    }
  }

  /** The tables may stand in the configuration itself, as texts. */
  private static Tables tables(Section section, List<Problem> problems) {
    section.only("caps", "budgets", "severities", "approvers");
    var sources = new LinkedHashMap<String, Tables.Source>();
    for (String name : section.names()) {
      section
          .text(name)
          .ifPresent(
              text ->
                  sources.put(
                      name + ".csv", new Tables.Source(section.place() + " " + name, text)));
    }
    return Tables.shipped().with(sources, problems);
  }

  private static Map<String, Set<String>> sets(Map<String, List<String>> lists) {
    var sets = new LinkedHashMap<String, Set<String>>();
    lists.forEach((key, list) -> sets.put(key, new LinkedHashSet<>(list)));
    return sets;
  }
}
