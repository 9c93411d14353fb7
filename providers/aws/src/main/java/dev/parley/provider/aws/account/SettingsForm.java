package dev.parley.provider.aws.account;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Nearest;
import dev.parley.provider.Capability;
import dev.parley.provider.aws.account.AwsSettings.CatalogSource;
import dev.parley.provider.aws.account.AwsSettings.Identity;
import dev.parley.provider.aws.account.AwsSettings.Role;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people write below {@code settings} of an account of kind {@code aws}. */
final class SettingsForm {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(s|m|h|d)");
  private static final Pattern ROLE =
      Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/[\\w+=,.@/-]+");
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern OPERATION = Pattern.compile("[a-z][a-z0-9]*\\.([A-Z]\\w*\\*?|\\*)");
  private static final List<String> OPTIONAL =
      List.of("operations", "prices", "logs", "health", "costs");
  private static final String SPOKEN = "write a number and s, m, h or d: 30s, 15m, 24h, 7d";

  private final Form form;

  SettingsForm(String where, Fields settings) {
    this.form = Form.of(where, settings);
  }

  AwsSettings read() {
    Optional<String> number = number();
    Optional<URI> endpoint = form.text("endpoint").flatMap(text -> uri(form, "endpoint", text));
    Map<String, URI> endpoints = endpoints();
    Identity identity = identity();
    Optional<Role> role = role();
    List<Way> ways = ways();
    CatalogSource catalog = catalog();
    Set<String> operations = operations();
    Optional<Path> plugins = path(form, "plugins");
    Optional<Path> recipes = path(form, "recipes");
    int concurrency = concurrency();
    Duration timeout =
        span(form, "timeout", Duration.ofSeconds(1), Duration.ofMinutes(15))
            .orElse(AwsSettings.TIMEOUT);
    Optional<Boolean> pathStyle = form.value("pathStyle").map(_ -> form.flag("pathStyle", true));
    Set<Capability> without = without();
    AwsSettings.Discover discover =
        form.oneOf("discover", List.of("indexes", "types"))
            .map(text -> AwsSettings.Discover.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(AwsSettings.Discover.INDEXES);
    form.done();
    form.check();
    return new AwsSettings(
        number,
        endpoint,
        endpoints,
        identity,
        role,
        ways,
        catalog,
        operations,
        plugins,
        recipes,
        concurrency,
        timeout,
        pathStyle,
        without,
        discover);
  }

  private Set<Capability> without() {
    var without = new LinkedHashSet<Capability>();
    for (String one : form.texts("without")) {
      if (OPTIONAL.contains(one)) {
        without.add(Capability.valueOf(one.toUpperCase(Locale.ROOT)));
      } else {
        form.wrong(
            "without",
            "'" + one + "'",
            "it is none of " + String.join(", ", OPTIONAL),
            Nearest.hint(one, OPTIONAL, "values"));
      }
    }
    return without;
  }

  private Optional<String> number() {
    Optional<String> text = form.text("accountId");
    if (text.filter(number -> !number.matches("\\d{12}")).isPresent()) {
      form.wrong(
          "accountId",
          "'" + text.get() + "'",
          "an AWS account number has 12 digits",
          "write it in quotes, with its leading zeros: \"012345678901\"");
      return Optional.empty();
    }
    return text;
  }

  private Map<String, URI> endpoints() {
    Form each = form.object("endpoints");
    var endpoints = new LinkedHashMap<String, URI>();
    for (String service : each.names()) {
      if (!service.matches("[a-z][a-z0-9]*")) {
        each.wrong(
            service,
            "'" + service + "'",
            "a service is named as in the SDK: small letters and digits",
            "write for example ec2, cloudwatchlogs, resourceexplorer2");
      }
      each.text(service)
          .flatMap(text -> uri(each, service, text))
          .ifPresent(uri -> endpoints.put(service, uri));
    }
    return endpoints;
  }

  private static Optional<URI> uri(Form form, String name, String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    form.wrong(
        name,
        "'" + text + "'",
        "an endpoint is an address without credentials",
        "write https://HOST or http://HOST:PORT");
    return Optional.empty();
  }

  private Identity identity() {
    var given = new ArrayList<String>();
    for (String way : List.of("credentials", "profile", "webIdentity")) {
      if (form.value(way).isPresent()) {
        given.add(way);
      }
    }
    if (given.size() > 1) {
      form.wrong(
          given.getLast(),
          String.join(" and ", given),
          "credentials come from one place",
          "leave all but one out");
    }
    Form keys = form.object("credentials");
    Identity.Keys asKeys =
        new Identity.Keys(
            given.contains("credentials") ? reference(keys, "accessKey", true) : "",
            given.contains("credentials") ? reference(keys, "secretKey", true) : "",
            Optional.of(reference(keys, "sessionToken", false)).filter(text -> !text.isEmpty()));
    keys.done();
    Form web = form.object("webIdentity");
    Identity.WebIdentity asWeb =
        given.contains("webIdentity") ? web(web) : new Identity.WebIdentity("", Path.of(""), "");
    web.done();
    Optional<Path> file = path(form, "file");
    if (file.isPresent() && !given.contains("profile")) {
      form.wrong(
          "file",
          "'file' without 'profile'",
          "it is the file in which the profile stands",
          "name the profile, or leave 'file' out");
    }
    Optional<String> profile = form.text("profile");
    if (profile.isPresent() && profile.get().isBlank()) {
      form.wrong("profile", "a blank profile", "it has a name", "write its name, or 'default'");
    }
    if (given.contains("credentials")) {
      return asKeys;
    }
    if (given.contains("webIdentity")) {
      return asWeb;
    }
    return profile
        .<Identity>map(name -> new Identity.Profile(name, file))
        .orElseGet(Identity.Found::new);
  }

  private static Identity.WebIdentity web(Form web) {
    String role = web.required("role");
    arn(web, "role", role);
    String file = web.required("tokenFile");
    return new Identity.WebIdentity(
        role, path(web, "tokenFile", file).orElse(Path.of("")), session(web));
  }

  private Optional<Role> role() {
    if (form.value("role").isEmpty()) {
      return Optional.empty();
    }
    Form role = form.object("role");
    String arn = role.required("arn");
    arn(role, "arn", arn);
    Optional<String> external = role.text("externalId");
    if (external.filter(text -> !text.matches("[\\w+=,.@:/-]{2,1224}")).isPresent()) {
      role.wrong(
          "externalId",
          "'" + external.get() + "'",
          "it has 2 to 1224 letters, digits and the signs +=,.@:/-",
          "write the one that the role's trust policy asks for");
    }
    Duration lasts =
        span(role, "lasts", Duration.ofMinutes(15), Duration.ofHours(12))
            .orElse(Duration.ofHours(1));
    String session = session(role);
    role.done();
    return Optional.of(new Role(arn, external, session, lasts));
  }

  private static void arn(Form form, String name, String arn) {
    if (!arn.isEmpty() && !ROLE.matcher(arn).matches()) {
      form.wrong(
          name,
          "'" + arn + "'",
          "it is not the name of a role",
          "write arn:aws:iam::123456789012:role/NAME");
    }
  }

  private static String session(Form form) {
    String session = form.text("session").orElse("parley");
    if (!SESSION.matcher(session).matches()) {
      form.wrong(
          "session",
          "'" + session + "'",
          "a session has 2 to 64 letters, digits and the signs +=,.@-",
          "write for example parley-shop");
      return "parley";
    }
    return session;
  }

  private List<Way> ways() {
    List<String> said = form.texts("ways");
    if (form.value("ways").isEmpty()) {
      return List.of(Way.CONTROL, Way.STACK);
    }
    var ways = new LinkedHashSet<Way>();
    for (String one : said) {
      switch (one.toLowerCase(Locale.ROOT)) {
        case "control" -> ways.add(Way.CONTROL);
        case "stack" -> ways.add(Way.STACK);
        default ->
            form.wrong(
                "ways",
                "'" + one + "'",
                "there is no such way of changing resources",
                "write control, stack or both, the preferred one first");
      }
    }
    if (said.isEmpty()) {
      form.wrong(
          "ways",
          "no way at all",
          "nothing could be changed",
          "write control, stack or both, or leave 'ways' out");
    }
    return List.copyOf(ways);
  }

  private CatalogSource catalog() {
    Form catalog = form.object("catalog");
    Optional<Path> folder = path(catalog, "folder");
    boolean live = catalog.flag("live", folder.isEmpty());
    Duration fresh =
        span(catalog, "fresh", Duration.ofMinutes(1), Duration.ofDays(365))
            .orElse(Duration.ofHours(24));
    catalog.done();
    return new CatalogSource(live, folder, fresh);
  }

  private Set<String> operations() {
    var operations = new LinkedHashSet<String>();
    for (String one : form.texts("operations")) {
      if (OPERATION.matcher(one).matches()) {
        operations.add(one);
      } else {
        form.wrong(
            "operations",
            "'" + one + "'",
            "an operation is service.Operation, and * may stand for any end of it",
            "write for example ec2.StopInstances or ec2.*");
      }
    }
    return operations;
  }

  private int concurrency() {
    Optional<BigDecimal> number = form.number("concurrency");
    if (number.isEmpty()) {
      return AwsSettings.CONCURRENCY;
    }
    BigDecimal calls = number.get();
    boolean whole = calls.signum() > 0 && calls.stripTrailingZeros().scale() <= 0;
    if (!whole || calls.compareTo(BigDecimal.valueOf(100)) > 0) {
      form.wrong(
          "concurrency",
          calls.toPlainString(),
          "it is a whole number from 1 to 100",
          "write 5, and more only if the account is never throttled");
      return AwsSettings.CONCURRENCY;
    }
    return calls.intValue();
  }

  /** The reference under which a secret is looked up; a secret in plain text is refused. */
  private static String reference(Form form, String name, boolean needed) {
    Optional<Value> value = form.value(name);
    if (value.isPresent() && value.get() instanceof Secret(var reference)) {
      return reference;
    }
    if (value.isPresent()) {
      form.wrong(
          name,
          "a key in plain text",
          "credentials stand in no configuration",
          "write ${env:NAME} or ${file:path}");
    } else if (needed) {
      form.wrong(name, "nothing", "'" + name + "' is needed", "write ${env:NAME} or ${file:path}");
    }
    return "";
  }

  private static Optional<Path> path(Form form, String name) {
    return form.text(name).flatMap(text -> path(form, name, text));
  }

  private static Optional<Path> path(Form form, String name, String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      form.wrong(name, "'" + text + "'", "it is no path: " + e.getReason(), "write a path");
      return Optional.empty();
    }
  }

  private static Optional<Duration> span(Form form, String name, Duration least, Duration most) {
    Optional<String> text = form.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher found = SPAN.matcher(text.get().strip());
    if (!found.matches()) {
      form.wrong(name, "'" + text.get() + "'", "it is no span of time", SPOKEN);
      return Optional.empty();
    }
    long count = Long.parseLong(found.group(1));
    Duration span =
        switch (found.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
      form.wrong(
          name,
          "'" + text.get() + "'",
          "it lies outside " + spoken(least) + " to " + spoken(most),
          SPOKEN);
      return Optional.empty();
    }
    return Optional.of(span);
  }

  private static String spoken(Duration span) {
    if (span.toSeconds() % 86_400 == 0) {
      return span.toDays() + "d";
    }
    if (span.toSeconds() % 3_600 == 0) {
      return span.toHours() + "h";
    }
    return span.toSeconds() % 60 == 0 ? span.toMinutes() + "m" : span.toSeconds() + "s";
  }
}
