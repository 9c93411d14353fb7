package dev.parley.app.house;

import dev.parley.app.settings.Chat;
import dev.parley.app.settings.ConfiguredAccounts;
import dev.parley.app.settings.ConfiguredDirectory;
import dev.parley.app.settings.Settings;
import dev.parley.app.settings.Settings.TenantSettings;
import dev.parley.bot.assistant.OfflinePlanner;
import dev.parley.bot.link.LinkedDirectory;
import dev.parley.bot.link.Links;
import dev.parley.bot.talk.Bot;
import dev.parley.bot.talk.BotSettings;
import dev.parley.bot.talk.House;
import dev.parley.cost.PriceSource;
import dev.parley.engine.Engine;
import dev.parley.engine.EngineBuilder;
import dev.parley.engine.LocalEngine;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.approve.SigningKey;
import dev.parley.engine.price.BookEstimator;
import dev.parley.engine.price.LivePrices;
import dev.parley.engine.price.PriceBook;
import dev.parley.engine.price.PriceShelf;
import dev.parley.engine.price.Rates;
import dev.parley.engine.price.UsageModels;
import dev.parley.engine.resolve.Resolver;
import dev.parley.graph.Limits;
import dev.parley.graph.TdbKnowledge;
import dev.parley.identity.User;
import dev.parley.policy.Rulebook;
import dev.parley.rules.DroolsRulebook;
import dev.parley.rules.RulebookSettings;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.run.Store;
import dev.parley.store.EmbeddedStore;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One installation: every part, opened in order and closed in the opposite one. */
public final class Installation implements AutoCloseable {
  /** Where the public key of receipts is left for whoever wants to verify one. */
  public static final String PUBLIC_KEY = "receipt-key.public.jwk";

  private static final Duration RELOAD = Duration.ofSeconds(2);
  private final Settings settings;
  private final Clock clock;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Engine engine;
  private final TdbKnowledge knowledge;
  private final Store store;
  private final House people;

  private Installation(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    people = new House(chats(settings));
    Path data = folder(settings.data());
    store = keep(EmbeddedStore.open(data.resolve("store"), clock));
    Accounts accounts = keep(new ConfiguredAccounts(settings, clock));
    knowledge = keep(new TdbKnowledge(data.resolve("graph"), clock, limits(settings.graph())));
    List<PriceSource> prices = prices();
    Rulebook rules = keep(rulebook(prices));
    var estimator =
        new BookEstimator(
            accounts,
            new PriceShelf(
                prices.subList(0, prices.size() - 1),
                LivePrices.of(accounts, this::wantsLivePrices),
                List.of(prices.getLast())),
            UsageModels.shipped(),
            new Rates(settings.rates()));
    var resolver = new Resolver(accounts, clock, settings.planLifetime());
    var directory = new LinkedDirectory(new ConfiguredDirectory(settings.tenants()), store);
    EngineBuilder builder =
        LocalEngine.builder()
            .store(store)
            .accounts(accounts)
            .directory(directory)
            .planning(resolver::resolve)
            .estimator(estimator)
            .rulebook(rules)
            .knowledge(knowledge)
            .key(SigningKey.in(data))
            .clock(clock)
            .presence(people);
    for (TenantSettings tenant : settings.tenants()) {
      tenant.breakGlass().ifPresent(rule -> builder.breakGlass(tenant.tenant().id(), rule));
    }
    engine = keep(builder.open());
    leavePublicKey(data);
  }

  /** Opens everything but the surfaces, on the system's clock. */
  public static Installation open(Settings settings) {
    return open(settings, Clock.systemUTC());
  }

  /**
   * Opens everything but the surfaces.
   *
   * @throws Invalid if something the configuration names can't be used
   */
  public static Installation open(Settings settings, Clock clock) {
    return new Installation(settings, clock);
  }

  public Engine engine() {
    return engine;
  }

  public Settings settings() {
    return settings;
  }

  public Clock clock() {
    return clock;
  }

  /**
   * The tenant a command means.
   *
   * @param wanted empty means the first one
   */
  public String tenant(String wanted) {
    return settings.tenants().stream()
        .map(one -> one.tenant().id())
        .filter(id -> wanted.isEmpty() || id.equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    new Problem(
                        "--tenant",
                        wanted,
                        "there is no such tenant",
                        "known: " + String.join(", ", tenants()))));
  }

  /** The tenants' ids, in the configuration's order. */
  public List<String> tenants() {
    return settings.tenants().stream().map(one -> one.tenant().id()).toList();
  }

  /** Who was linked to a tenant's users in the chat. */
  Links links(String tenant) {
    return new Links(store, tenant, clock, () -> UUID.randomUUID().toString());
  }

  /** A bot for a tenant's surfaces; closed with the installation, before its engine. */
  public Bot bot(BotSettings how) {
    Bot bot = keep(new Bot(engine, List.of(keep(new OfflinePlanner())), how, clock));
    people.enter(bot);
    return bot;
  }

  /** The demo identities of a tenant, who may speak where there is no login. */
  public List<User> demoPeople(String tenant) {
    return settings.tenant(tenant).map(TenantSettings::users).orElse(List.of()).stream()
        .filter(User::demo)
        .toList();
  }

  /** The graph, with what only its own servlet needs. */
  public TdbKnowledge knowledge() {
    return knowledge;
  }

  /** Gets what is slow the first time ready, beside whatever else goes on. */
  public void warm() {
    Thread.ofVirtual().name("warm").start(knowledge::warm);
  }

  /** Something else to close with it, first. */
  public <T extends AutoCloseable> T keep(T part) {
    open.push(part);
    return part;
  }

  /** Stops without any farewell, as a crash would: what is not in the journal is lost. */
  public void abandon() {
    store.journal().close();
    close();
  }

  @Override
  public void close() {
    RuntimeException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failed = new IllegalStateException("a part did not close", e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** The chats of each tenant, by the ids of their surfaces. */
  private static Map<String, Set<String>> chats(Settings settings) {
    var chats = new LinkedHashMap<String, Set<String>>();
    for (Chat chat : settings.chats()) {
      for (String tenant : chat.routes().tenants()) {
        chats.computeIfAbsent(tenant, _ -> new LinkedHashSet<>()).add(chat.routes().surface());
      }
    }
    return chats;
  }

  private Rulebook rulebook(List<PriceSource> prices) {
    var problems = new ArrayList<Problem>();
    Map<String, RulebookSettings.TenantSettings> tenants = new LinkedHashMap<>();
    for (TenantSettings tenant : settings.tenants()) {
      try {
        var parameters = RuleParameters.read(tenant.file(), tenant.parameters());
        tenants.put(tenant.tenant().id(), RulebookSettings.TenantSettings.of(parameters));
      } catch (Invalid e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return DroolsRulebook.open(
        new RulebookSettings(
            Set.copyOf(settings.rules().packs()),
            settings.rules().folders(),
            tenants,
            RELOAD,
            prices));
  }

  private static Limits limits(Settings.Graph graph) {
    return Limits.USUAL.within(graph.timeout()).rows(graph.rows());
  }

  private boolean wantsLivePrices(String tenant, String account) {
    return settings
        .tenant(tenant)
        .map(TenantSettings::livePrices)
        .filter(accounts -> accounts.contains(account))
        .isPresent();
  }

  /** The operator's books, then the one that ships with the program. */
  private List<PriceSource> prices() {
    var sources = new ArrayList<PriceSource>();
    settings.priceBooks().forEach(book -> sources.add(keep(PriceBook.read(book))));
    sources.add(keep(PriceBook.shipped()));
    return sources;
  }

  private void leavePublicKey(Path data) {
    try {
      Files.writeString(data.resolve(PUBLIC_KEY), engine.publicKey() + "\n");
    } catch (IOException e) {
      throw new Invalid(
          new Problem(
              data.toString(),
              "the data folder",
              String.valueOf(e.getMessage()),
              "make it writable"));
    }
  }

  private static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Invalid(
          new Problem(
              folder.toString(),
              "the data folder",
              "it can't be made: " + e.getMessage(),
              "name another with --data"));
    }
  }
}
