package dev.parley.app.settings;

import dev.parley.app.settings.Settings.TenantSettings;
import dev.parley.cost.Estimate;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.policy.BreakGlassRule;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads {@code parley.yaml}: whole, or not at all. */
public final class SettingsFile {
  private final Yaml yaml;
  private final Path folder;
  private final References references;
  private final Set<String> kinds;
  private final Function<Account, List<Problem>> checks;

  private SettingsFile(
      Yaml yaml,
      Path folder,
      References references,
      Set<String> kinds,
      Function<Account, List<Problem>> checks) {
    this.checks = checks;
    this.yaml = yaml;
    this.folder = folder;
    this.references = references;
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
    return read(name, text, folder, environment, kinds, _ -> List.of());
  }

  /**
   * Reads a file's text.
   *
   * @param checks what is wrong with an account in the eyes of its provider
   * @throws Invalid with every mistake in it
   */
  public static Settings read(
      String name,
      String text,
      Path folder,
      Map<String, String> environment,
      Set<String> kinds,
      Function<Account, List<Problem>> checks) {
    var references = new References(environment, folder);
    Yaml yaml = Yaml.parse(name, text);
    Form root = Form.of(yaml);
    Settings settings = new SettingsFile(yaml, folder, references, kinds, checks).settings(root);
    root.check();
    return settings;
  }

  private Settings settings(Form root) {
    Path data = folder.resolve(text(root, "data", ".parley"));
    var tenants = new ArrayList<TenantSettings>();
    Form all = root.object("tenants");
    for (String id : all.names()) {
      tenants.add(tenant(id, all.object(id)));
    }
    if (tenants.isEmpty()) {
      root.wrong(
          "tenants",
          "no tenant",
          "there is nobody to work for",
          "write one: tenants: {acme: {...}}");
    }
    var rates = root.objects("rates").stream().map(this::rate).toList();
    List<Path> books = paths(root, "priceBooks");
    Form rules = root.object("rules");
    var ruleSettings = new Settings.Rules(rules.texts("packs"), paths(rules, "folders"));
    rules.done();
    Form graph = root.object("graph");
    var graphSettings =
        new Settings.Graph(
            Duration.ofSeconds(whole(graph, "timeoutSeconds", 10, 1, 300)),
            whole(graph, "rows", 10_000, 1, 1_000_000));
    graph.done();
    Form surfaces = root.object("surfaces");
    Form console = surfaces.object("console");
    boolean onConsole = console.flag("enabled", true);
    console.done();
    Settings.Web web = web(surfaces.object("web"));
    var chats =
        Stream.of("slack", "discord")
            .flatMap(
                id -> new ChatForm(id, tenants).read(surfaces.object(id)).stream().map(this::safe))
            .toList();
    surfaces.done();
    Optional<Settings.Probes> probes = probes(root.object("probes"));
    Duration lifetime = Duration.ofHours(whole(root, "planLifetimeHours", 24, 1, 720));
    root.done();
    return new Settings(
        data,
        tenants,
        rates,
        books,
        ruleSettings,
        graphSettings,
        web,
        probes,
        onConsole,
        lifetime,
        references,
        chats);
  }

  private Chat safe(Chat chat) {
    return new Chat(chat.routes(), (Fields) references.secrets(chat.own()));
  }

  private Optional<Settings.Probes> probes(Form probes) {
    boolean wanted = !probes.names().isEmpty();
    String bind = text(probes, "bind", "0.0.0.0");
    int port = whole(probes, "port", 7071, 0, 65535);
    probes.done();
    return wanted ? Optional.of(new Settings.Probes(bind, port)) : Optional.empty();
  }

  private Settings.Web web(Form web) {
    boolean enabled = web.flag("enabled", true);
    String bind = text(web, "bind", "127.0.0.1");
    int port = whole(web, "port", 7070, 0, 65535);
    boolean demoIdentities = web.flag("demoIdentities", false);
    if (!loopback(bind)) {
      web.wrong(
          "bind",
          "'" + bind + "'",
          "the page has no login, so it is offered to this machine only",
          "write 127.0.0.1 or ::1");
    }
    web.done();
    return new Settings.Web(enabled, bind, port, demoIdentities);
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

  private TenantSettings tenant(String id, Form form) {
    String name = text(form, "name", id);
    Tenant tenant =
        read(
                form,
                "currency",
                "USD",
                "write for example acme: {currency: EUR}",
                currency -> {
                  Money.zero(currency);
                  return new Tenant(id, name, currency);
                })
            .orElseGet(() -> new Tenant("refused", id, "USD"));
    var users = new ArrayList<User>();
    var people = new LinkedHashMap<Person, String>();
    Form userForms = form.object("users");
    for (String user : userForms.names()) {
      users.add(user(id, user, userForms.object(user), people));
    }
    var accounts = new ArrayList<Account>();
    Form accountForms = form.object("accounts");
    var livePrices = new HashSet<String>();
    for (String account : accountForms.names()) {
      Form accountForm = accountForms.object(account);
      if (livePrices(accountForm)) {
        livePrices.add(account);
      }
      account(id, account, accountForm).ifPresent(accounts::add);
    }
    if (accounts.isEmpty()) {
      form.wrong(
          "accounts",
          "no account",
          "there is nowhere to make anything",
          "write one: accounts: {dev: {provider: sandbox, family: aws, region: eu-west-1}}");
    }
    Form rules = form.object("rules");
    rules.object("parameters").names();
    rules.done();
    Optional<BreakGlassRule> breakGlass = new BreakGlassForm(users).read(form);
    form.done();
    return new TenantSettings(
        tenant,
        users,
        people,
        accounts,
        livePrices,
        breakGlass,
        yaml,
        Pointer.of("/tenants/" + id + "/rules/parameters"));
  }

  private boolean livePrices(Form account) {
    String prices = text(account, "prices", "book");
    if (!prices.equals("book") && !prices.equals("live")) {
      account.wrong(
          "prices",
          "'" + prices + "'",
          "prices come from a book, or live from the account's provider",
          "write book or live");
    }
    return prices.equals("live");
  }

  private User user(String tenant, String id, Form form, Map<Person, String> people) {
    var roles = new HashSet<Role>();
    for (String role : form.texts("roles")) {
      try {
        roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        form.wrong(
            "roles",
            "'" + role + "'",
            "there is no such role",
            "roles are viewer, operator, approver, admin");
      }
    }
    for (String person : form.texts("people")) {
      String[] parts = person.split(":", -1);
      if (parts.length != 3) {
        form.wrong(
            "people",
            "'" + person + "'",
            "a person is surface:workspace:id",
            "write for example console::ann");
      } else if (people.put(new Person(parts[0], parts[1], parts[2]), id) != null) {
        form.wrong(
            "people",
            "'" + person + "'",
            "it is linked to another user already",
            "leave it with one of them");
      }
    }
    var user =
        new User(
            tenant,
            id,
            text(form, "name", id),
            roles,
            Set.copyOf(form.texts("teams")),
            form.flag("demo", false));
    form.done();
    return user;
  }

  private Optional<Account> account(String tenant, String id, Form form) {
    String kind = form.required("provider");
    if (!kind.isEmpty() && !kinds.contains(kind)) {
      form.wrong(
          "provider",
          "'" + kind + "'",
          "there is no such provider here",
          "known: " + String.join(", ", kinds));
    }
    boolean enabled = form.flag("enabled", true);
    String family = form.required("family");
    String region = form.required("region");
    List<String> regions = form.texts("regions");
    if (!regions.isEmpty() && !regions.contains(region)) {
      form.wrong(
          "region",
          "'" + region + "'",
          "it is not among the account's regions",
          "add it to regions, or pick one of them");
    }
    String environment = text(form, "environment", "development");
    var tags = new LinkedHashMap<String, String>();
    Form tagForm = form.object("tags");
    tagForm.names().forEach(tag -> tagForm.text(tag).ifPresent(text -> tags.put(tag, text)));
    Optional<Money> budget =
        form.fields().get("budget").isPresent()
            ? read(form, "budget", "", "write for example 500 USD", SettingsFile::money)
            : Optional.empty();
    Set<String> services = Set.copyOf(form.texts("services"));
    WhenChatIsDown down = whenChatIsDown(form);
    var settings = (Fields) references.secrets(form.object("settings").fields());
    form.done();
    if (!enabled || family.isEmpty()) {
      return Optional.empty();
    }
    try {
      var account =
          new Account(
              tenant,
              id,
              kind,
              family,
              region,
              regions,
              environment,
              tags,
              budget,
              services,
              down,
              settings);
      for (Problem problem : checks.apply(account)) {
        String where = problem.where();
        String place = where.contains("#") ? where.substring(where.indexOf('#') + 1) + ": " : "";
        form.wrong("settings", place + problem.what(), problem.why(), problem.next());
      }
      return Optional.of(account);
    } catch (IllegalArgumentException e) {
      form.wrong("'" + id + "'", String.valueOf(e.getMessage()), "rename the account");
      return Optional.empty();
    }
  }

  private static WhenChatIsDown whenChatIsDown(Form form) {
    return form.oneOf("whenChatIsDown", List.of("continue", "wait"))
        .map(word -> WhenChatIsDown.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(WhenChatIsDown.CONTINUE);
  }

  private Estimate.Rate rate(Form form) {
    String from = form.required("from");
    String to = form.required("to");
    BigDecimal rate =
        read(form, "rate", "", "write for example 83.5", SettingsFile::positive)
            .orElse(BigDecimal.ONE);
    LocalDate asOf =
        read(form, "asOf", "", "write a date: 2026-11-01", SettingsFile::date)
            .orElse(LocalDate.EPOCH);
    String source = form.required("source");
    form.done();
    return new Estimate.Rate(from, to, rate, asOf, source);
  }

  private String text(Form form, String name, String fallback) {
    return read(form, name, fallback, "set it, or write the value itself", references::resolve)
        .orElse(fallback);
  }

  private List<Path> paths(Form form, String name) {
    return form.texts(name).stream().map(folder::resolve).toList();
  }

  private static <T> Optional<T> read(
      Form form, String name, String fallback, String next, Function<String, T> reader) {
    Optional<String> text =
        form.text(name).or(() -> fallback.isEmpty() ? Optional.empty() : Optional.of(fallback));
    if (text.isEmpty()) {
      form.wrong(name, "nothing", "'" + name + "' is needed", next);
    }
    return text.flatMap(words -> form.read(name, words, reader, next));
  }

  static int whole(Form form, String name, int fallback, int least, int most) {
    BigDecimal number = form.number(name).orElse(BigDecimal.valueOf(fallback));
    boolean fits =
        number.stripTrailingZeros().scale() <= 0
            && number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    if (!fits) {
      form.wrong(
          name,
          number.toPlainString(),
          "a whole number from " + least + " to " + most + " is expected",
          "write for example " + fallback);
    }
    return fits ? number.intValueExact() : fallback;
  }

  private static BigDecimal positive(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a number is expected", e);
    }
    if (number.signum() <= 0) {
      throw new IllegalArgumentException("a rate is greater than zero");
    }
    return number;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a date is written 2026-11-01", e);
    }
  }

  private static Money money(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length != 2 || !parts[0].matches("\\d{1,15}(\\.\\d+)?")) {
      throw new IllegalArgumentException("an amount and a currency are expected");
    }
    return Money.of(parts[0], parts[1]);
  }
}
