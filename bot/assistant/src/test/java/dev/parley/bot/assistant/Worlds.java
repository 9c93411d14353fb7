package dev.parley.bot.assistant;

import dev.parley.catalog.Catalog;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Cap;
import dev.parley.plan.Conversation;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conversations that tests take place in, after {@code corpus/worlds.yaml}. */
final class Worlds {
  static final Instant NOW = Instant.parse("2026-01-14T12:00:00Z");
  private static final Fields FILE =
      (Fields) Yaml.parse("worlds.yaml", TestCatalogs.text("/corpus/worlds.yaml")).value();

  private Worlds() {}

  static Conversation of(String world) {
    Fields about = FILE.fieldsAt("worlds").fieldsAt(world);
    if (about.isEmpty()) {
      throw new IllegalArgumentException("no such world: " + world);
    }
    Fields accountFields =
        about.get("accounts").isPresent() ? about.fieldsAt("accounts") : FILE.fieldsAt("accounts");
    var accounts = new ArrayList<Account>();
    accountFields.fields().forEach((id, account) -> accounts.add(account(id, (Fields) account)));
    Map<String, Catalog> catalogs = new LinkedHashMap<>();
    accounts.forEach(account -> catalogs.put(account.id(), TestCatalogs.of(account.family())));
    var turns = new ArrayList<Conversation.Turn>();
    about
        .itemsAt("turns")
        .forEach(
            turn ->
                turns.add(
                    new Conversation.Turn("ann", ((Text) turn).text(), NOW.minusSeconds(600))));
    var tracked = new ArrayList<Tracked>();
    about.itemsAt("tracked").forEach(one -> tracked.add(tracked((Fields) one)));
    var blueprints = new ArrayList<Blueprint>();
    about.itemsAt("blueprints").forEach(one -> blueprints.add(blueprint((Fields) one)));
    Optional<Draft> draft =
        about.get("draft").isPresent()
            ? Optional.of(draft(about.fieldsAt("draft")))
            : Optional.empty();
    return new Conversation(
        new Tenant("demo", "Demo", "INR"),
        "t1",
        new User("demo", "ann", "Ann", Set.of(Role.OPERATOR), Set.of("shop"), true),
        turns,
        draft,
        Optional.empty(),
        accounts,
        catalogs,
        tracked,
        blueprints,
        NOW);
  }

  /** The conversation after a message was read. */
  static Conversation after(Conversation before, String message, Reading reading) {
    var turns = new ArrayList<>(before.turns());
    turns.add(new Conversation.Turn("ann", message, NOW));
    Optional<Draft> current =
        reading instanceof Reading.Wanted wanted ? Optional.of(wanted.draft()) : before.current();
    Optional<Reading.Question> pending =
        reading instanceof Reading.Question question ? Optional.of(question) : Optional.empty();
    return new Conversation(
        before.tenant(),
        before.thread(),
        before.speaker(),
        turns,
        current,
        pending,
        before.accounts(),
        before.catalogs(),
        before.tracked(),
        before.blueprints(),
        before.now());
  }

  private static Account account(String id, Fields about) {
    var regions = new ArrayList<String>();
    about.itemsAt("regions").forEach(region -> regions.add(((Text) region).text()));
    return new Account(
        "demo",
        id,
        "sandbox",
        about.text("family").orElseThrow(),
        about.text("region").orElseThrow(),
        regions,
        about.text("environment").orElseThrow(),
        Map.of(),
        Optional.empty(),
        Set.of(),
        Fields.EMPTY);
  }

  private static Tracked tracked(Fields about) {
    Address at = Address.of(about.text("at").orElseThrow());
    var resource =
        new Resource(
            at.type(),
            new ResourceId(at.name()),
            at.name(),
            about.text("region").orElseThrow(),
            about.fieldsAt("properties"),
            Map.of(),
            Lifecycle.READY,
            Optional.empty());
    return new Tracked(
        at, resource, NOW.minusSeconds(3600), Optional.of("r-1"), about.text("thread"));
  }

  static Cap cap(String text) {
    String[] parts = text.split("[ /]");
    return new Cap(
        Money.of(parts[0], parts[1]),
        Cap.Period.valueOf(parts[2].toUpperCase(java.util.Locale.ROOT)));
  }

  private static Draft draft(Fields about) {
    Fields place = about.fieldsAt("place");
    var wants = new ArrayList<Want>();
    about
        .fieldsAt("makes")
        .fields()
        .forEach(
            (name, make) -> {
              Fields all = (Fields) make;
              wants.add(
                  new Want.Make(
                      name,
                      new Want.OfService(all.text("service").orElseThrow(), all.without("service")),
                      Place.ANY));
            });
    Map<String, String> tags = new LinkedHashMap<>();
    about.fieldsAt("tags").fields().forEach((key, value) -> tags.put(key, ((Text) value).text()));
    return new Draft(
        "draft",
        about.text("environment"),
        new Place(place.text("account"), Optional.empty(), place.text("region"), false),
        wants,
        tags,
        about.text("cap").map(Worlds::cap),
        about.get("rollback").filter(new Bool(true)::equals).isPresent(),
        "offline");
  }

  private static Blueprint blueprint(Fields about) {
    var words = new LinkedHashSet<String>();
    about.itemsAt("words").forEach(word -> words.add(((Text) word).text()));
    var parameters = new ArrayList<Blueprint.Parameter>();
    for (Value parameter : about.itemsAt("parameters")) {
      parameters.add(
          Codec.decode(
              ((Fields) parameter).get("choices").isPresent()
                  ? (Fields) parameter
                  : ((Fields) parameter).with("choices", Value.Items.of()),
              Blueprint.Parameter.class));
    }
    return new Blueprint(
        about.text("name").orElseThrow(),
        about.text("title").orElseThrow(),
        words,
        parameters,
        about.fieldsAt("draft"),
        0);
  }
}
