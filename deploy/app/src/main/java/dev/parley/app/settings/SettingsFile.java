package dev.parley.app.settings;

import dev.parley.app.settings.Settings.TenantSettings;
import dev.parley.cost.Estimate;
import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Problem;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code parley.yaml}: whole, or not at all. */
public final class SettingsFile {
  private final List<Problem> problems = new ArrayList<>();
  private final Path folder;
  private final References references;
  private final Set<String> kinds;

  private SettingsFile(Path folder, Map<String, String> environment, Set<String> kinds) {
    this.folder = folder;
    this.references = new References(environment, folder);
    this.kinds = kinds;
  }

  /**
   * Reads a file's text.
   *
   * @param folder what relative paths in it are relative to
   * @param kinds the provider kinds there are
   * @throws Invalid with every mistake in it
   */
  public static Settings read(
      String name, String text, Path folder, Map<String, String> environment, Set<String> kinds) {
    var reader = new SettingsFile(folder, environment, kinds);
    Settings settings = reader.settings(Section.root(Yaml.parse(name, text), reader.problems, reader.references));
    if (!reader.problems.isEmpty()) {
      throw new Invalid(reader.problems);
    }
    return settings;
  }

  private Settings settings(Section root) {
    Path data = folder.resolve(root.text("data", ".parley"));
    var tenants = new ArrayList<TenantSettings>();
    if (!root.has("tenants")) {
      root.wrong("tenants", "there is no tenant", "write one: tenants: {acme: {...}}");
    }
    root.section("tenants").each().forEach((id, section) -> tenants.add(tenant(id, section)));
    var rates = root.list("rates").stream().map(this::rate).toList();
    List<Path> books = root.texts("priceBooks").stream().map(folder::resolve).toList();
    Section rules = root.section("rules");
    var ruleSettings =
        new Settings.Rules(rules.texts("packs"), rules.texts("folders").stream().map(folder::resolve).toList());
    rules.end();
    Section graph = root.section("graph");
    var graphSettings =
        new Settings.Graph(
            Duration.ofSeconds(graph.number("timeoutSeconds", 10, 1, 300).longValue()),
            graph.number("rows", 10_000, 1, 1_000_000).intValue());
    graph.end();
    Section surfaces = root.section("surfaces");
    boolean console = surfaces.section("console").flag("enabled", true);
    Settings.Web web = web(surfaces.section("web"));
    surfaces.end();
    long lifetime = root.number("planLifetimeHours", 24, 1, 720).longValue();
    root.end();
    return new Settings(
        data, tenants, rates, books, ruleSettings, graphSettings, web, console, Duration.ofHours(lifetime), references);
  }

  private Settings.Web web(Section web) {
    boolean enabled = web.flag("enabled", true);
    String bind = web.text("bind", "127.0.0.1");
    int port = web.number("port", 7070, 0, 65535).intValue();
    if (!loopback(bind)) {
      web.wrong("bind", "the page has no login, so it is offered to this machine only", "write 127.0.0.1 or ::1");
    }
    web.end();
    return new Settings.Web(enabled, bind, port);
  }

  private static boolean loopback(String bind) {
    if (!bind.equals("localhost") && !bind.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private TenantSettings tenant(String id, Section section) {
    Tenant tenant = new Tenant("refused", id, "USD");
    try {
      String currency = section.text("currency", "USD");
      Money.zero(currency);
      tenant = new Tenant(id, section.text("name", id), currency);
    } catch (IllegalArgumentException e) {
      section.wrong("currency", String.valueOf(e.getMessage()), "write for example acme: {currency: EUR}");
    }
    var users = new ArrayList<User>();
    var people = new LinkedHashMap<Person, String>();
    section
        .section("users")
        .each()
        .forEach((userId, user) -> users.add(user(id, userId, user, people)));
    var accounts = new ArrayList<Account>();
    section.section("accounts").each().forEach((accountId, one) -> account(id, accountId, one).ifPresent(accounts::add));
    if (accounts.isEmpty()) {
      section.wrong("accounts", "there is no account", "write one: accounts: {dev: {provider: sandbox, family: aws}}");
    }
    Section rules = section.section("rules");
    var parameters = rules.raw("parameters");
    rules.end();
    section.end();
    return new TenantSettings(tenant, users, people, accounts, parameters, "/tenants/" + id + "/rules/parameters");
  }

  private User user(String tenant, String id, Section section, Map<Person, String> people) {
    var roles = new HashSet<Role>();
    for (String role : section.texts("roles")) {
      try {
        roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        section.wrong("roles", "there is no role '" + role + "'", "roles are viewer, operator, approver, admin");
      }
    }
    for (String person : section.texts("people")) {
      String[] parts = person.split(":", -1);
      if (parts.length != 3) {
        section.wrong("people", "a person is surface:workspace:id, not " + person, "write for example console::ann");
      } else if (people.put(new Person(parts[0], parts[1], parts[2]), id) != null) {
        section.wrong("people", person + " is linked to another user already", "leave it with one of them");
      }
    }
    var user =
        new User(
            tenant, id, section.text("name", id), roles, Set.copyOf(section.texts("teams")), section.flag("demo", false));
    section.end();
    return user;
  }

  private java.util.Optional<Account> account(String tenant, String id, Section section) {
    String kind = section.required("provider", "sandbox");
    if (!kind.isEmpty() && !kinds.contains(kind)) {
      section.wrong("provider", "there is no such provider here", "known: " + String.join(", ", kinds));
    }
    boolean enabled = section.flag("enabled", true);
    String family = section.required("family", "aws");
    String region = section.required("region", "eu-west-1");
    List<String> regions = section.texts("regions");
    if (!regions.isEmpty() && !regions.contains(region)) {
      section.wrong("region", "it is not among the account's regions", "add it to regions, or pick one of them");
    }
    String environment = section.text("environment", "development");
    Map<String, String> tags = section.map("tags");
    var budget = section.parsed("budget", "500 USD", SettingsFile::money);
    Set<String> services = Set.copyOf(section.texts("services"));
    var settings = section.raw("settings");
    section.end();
    if (!enabled || family.isEmpty()) {
      return java.util.Optional.empty();
    }
    try {
      return java.util.Optional.of(
          new Account(
              tenant, id, kind, family, region, regions, environment, tags, budget, services, settings));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("/tenants/" + tenant + "/accounts/" + id, "the account's name", String.valueOf(e.getMessage()), "rename it"));
      return java.util.Optional.empty();
    }
  }

  private Estimate.Rate rate(Section section) {
    String from = section.required("from", "USD");
    String to = section.required("to", "INR");
    BigDecimal rate =
        section.parsed("rate", "83.5", SettingsFile::positive).orElse(BigDecimal.ONE);
    LocalDate asOf =
        section.parsed("asOf", "2026-11-01", LocalDate::parse).orElse(LocalDate.EPOCH);
    String source = section.required("source", "ECB reference rate");
    section.end();
    return new Estimate.Rate(from, to, rate, asOf, source);
  }

  private static BigDecimal positive(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.signum() <= 0) {
      throw new IllegalArgumentException("a rate is greater than zero");
    }
    return number;
  }

  private static Money money(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length != 2) {
      throw new IllegalArgumentException("an amount and a currency are expected");
    }
    return Money.of(parts[0], parts[1]);
  }
}
