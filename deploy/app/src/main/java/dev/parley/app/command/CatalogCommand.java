package dev.parley.app.command;

import dev.parley.app.house.Installation;
import dev.parley.catalog.Catalog;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.engine.look.CatalogNews;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley catalog}. */
@Command(
    name = "catalog",
    description = "The types that accounts offer, and their schemas.",
    mixinStandardHelpOptions = true)
final class CatalogCommand {
  @Command(
      name = "list",
      description = "Every type of every account, or those that fit the words.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin Looking looking,
      @Option(names = "--account", paramLabel = "ID", description = "only this account")
          String only,
      @Parameters(arity = "0..*", paramLabel = "WORDS") List<String> words) {
    String search = words == null ? "" : String.join(" ", words);
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      var rows = new ArrayList<List<String>>();
      for (Account account : house.engine().accounts().accounts(tenant)) {
        if (only != null && !only.equals(account.id())) {
          continue;
        }
        Catalog catalog = catalog(house, tenant, account.id());
        List<ResourceType> types =
            search.isBlank() ? catalog.types() : catalog.search(search, Integer.MAX_VALUE);
        types.forEach(type -> rows.add(List.of(account.id(), type.toString())));
      }
      looking.print(
          List.of("ACCOUNT", "TYPE"),
          rows,
          new Value.Items(rows.stream().<Value>map(Value::texts).toList()));
      return 0;
    }
  }

  @Command(
      name = "show",
      description = "What a type accepts and shows.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin Looking looking,
      @Option(names = "--account", paramLabel = "ID", required = true) String account,
      @Parameters(paramLabel = "TYPE") String type) {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      ResourceType found = house.engine().clouds().type(tenant, account, type);
      TypeSchema schema = catalog(house, tenant, account).describe(found).orElseThrow();
      System.out.println(Json.pretty(looking.json ? Codec.encode(schema) : schema.schema()));
      Looking.aside(
          List.of(
              found + ": " + schema.title(),
              "read only: " + new TreeSet<>(texts(schema.readOnly())),
              "fixed once made: " + new TreeSet<>(texts(schema.createOnly())),
              "may be replaced by a change of: " + new TreeSet<>(texts(schema.mayReplace())),
              "sent and never shown: " + new TreeSet<>(texts(schema.writeOnly())),
              "from " + schema.source()));
      return 0;
    }
  }

  @Command(
      name = "import",
      description = "Takes a folder, file or archive of schemas into an account's catalog.",
      mixinStandardHelpOptions = true)
  int take(
      @Mixin Looking looking,
      @Option(names = "--account", paramLabel = "ID", required = true) String account,
      @Parameters(paramLabel = "PATH") Path path) {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      return news(
          looking,
          house
              .engine()
              .clouds()
              .importCatalog(tenant, account, path, looking.user(house, Role.ADMIN)));
    }
  }

  @Command(
      name = "refresh",
      description = "Reads an account's catalog anew, from where it comes from.",
      mixinStandardHelpOptions = true)
  int refresh(
      @Mixin Looking looking,
      @Option(names = "--account", paramLabel = "ID", required = true) String account) {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      return news(
          looking,
          house.engine().clouds().refreshCatalog(tenant, account, looking.user(house, Role.ADMIN)));
    }
  }

  @Command(
      name = "diff",
      description = "What the catalogs of two accounts say differently. Exit code 2 if anything.",
      mixinStandardHelpOptions = true)
  int diff(
      @Mixin Looking looking,
      @Parameters(index = "0", paramLabel = "ACCOUNT") String left,
      @Parameters(index = "1", paramLabel = "ACCOUNT") String right) {
    try (var house = looking.open()) {
      String tenant = looking.tenant(house);
      Catalog here = catalog(house, tenant, left);
      Catalog there = catalog(house, tenant, right);
      var all = new TreeSet<>(here.types());
      all.addAll(there.types());
      var rows = new ArrayList<List<String>>();
      for (ResourceType type : all) {
        var one = here.describe(type).map(TypeSchema::schema);
        var other = there.describe(type).map(TypeSchema::schema);
        if (!one.equals(other)) {
          rows.add(
              List.of(
                  type.toString(),
                  one.isEmpty() ? "only " + right : other.isEmpty() ? "only " + left : "differs"));
        }
      }
      looking.print(
          List.of("TYPE", "HOW"),
          rows,
          new Value.Items(rows.stream().<Value>map(Value::texts).toList()));
      return rows.isEmpty() ? 0 : 2;
    }
  }

  private static Catalog catalog(Installation house, String tenant, String account) {
    if (house.engine().accounts().account(tenant, account).isEmpty()) {
      throw new Invalid(
          new Problem(
              "--account",
              account,
              "there is no such account",
              "known: "
                  + String.join(
                      ", ",
                      house.engine().accounts().accounts(tenant).stream()
                          .map(Account::id)
                          .toList())));
    }
    return house.engine().accounts().provider(tenant, account).catalog();
  }

  private static int news(Looking looking, CatalogNews news) {
    var rows = new ArrayList<List<String>>();
    Catalog.Difference difference = news.difference();
    difference.added().forEach(type -> rows.add(List.of("+", type.toString(), "")));
    difference.removed().forEach(type -> rows.add(List.of("-", type.toString(), "")));
    difference
        .changed()
        .forEach((type, how) -> rows.add(List.of("~", type.toString(), String.join("; ", how))));
    looking.print(List.of("", "TYPE", "WHAT"), rows, Codec.encode(news));
    Looking.aside(difference.warnings());
    if (!news.outdated().isEmpty()) {
      Looking.aside(
          List.of("out of date now, ask for them again: " + String.join(", ", news.outdated())));
    }
    return 0;
  }

  private static List<String> texts(Iterable<?> pointers) {
    var texts = new ArrayList<String>();
    pointers.forEach(pointer -> texts.add(pointer.toString()));
    return texts;
  }
}
