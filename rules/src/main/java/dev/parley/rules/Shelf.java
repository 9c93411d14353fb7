package dev.parley.rules;

import dev.parley.rules.RulebookSettings.TenantSettings;
import dev.parley.rules.drools.RuleModel;
import dev.parley.rules.pack.ExampleCase;
import dev.parley.rules.pack.Pack;
import dev.parley.rules.pack.Packs;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.rules.pack.RuleFolder;
import dev.parley.rules.pack.RuleSet;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.rules.parameter.Tables;
import dev.parley.rules.scene.Scene;
import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the rules stand: packs read once, folders read again when they change, and for each tenant
 * what that makes together. One knowledge base for each rule set, found by its digest.
 */
final class Shelf implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  private final RulebookSettings settings;
  private final CompletableFuture<Stock> stock = new CompletableFuture<>();
  private final Map<String, TenantRules> tenants = new ConcurrentHashMap<>();
  private final Map<Digest, RuleModel> models = new ConcurrentHashMap<>();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rules").factory());

  Shelf(RulebookSettings settings) {
    this.settings = settings;
  }

  /** Packs, and folders by path. */
  private record Stock(
      List<RuleDefinition> packed, Map<Path, RuleFolder> folders, List<Problem> problems) {}

  /** Begins to load. */
  void start() {
    worker.execute(this::load);
    long interval = settings.reload().toMillis();
    if (interval > 0 && !paths().isEmpty()) {
      worker.scheduleWithFixedDelay(this::poll, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  /** What holds for a tenant now. */
  TenantRules rules(String tenant) {
    return tenants.computeIfAbsent(tenant, this::assemble);
  }

  /** Looks at the folders; what is in force changes only where that succeeds. */
  void refresh() {
    boolean changed = false;
    for (RuleFolder folder : stock().folders.values()) {
      boolean now = folder.refresh();
      if (now) {
        LOG.info(
            "rule folder {} is in force: {} rules",
            folder.path(),
            folder.contents().rules().size());
      }
      changed |= now;
    }
    if (changed) {
      tenants.clear();
      Set<Digest> used = new HashSet<>();
      settings.tenants().keySet().forEach(tenant -> used.add(rules(tenant).set().digest()));
      models.keySet().retainAll(used);
    }
  }

  /** All that keeps rules out. */
  List<Problem> problems() {
    var problems = new ArrayList<>(stock().problems);
    stock().folders.values().forEach(folder -> problems.addAll(folder.problems()));
    settings
        .tenants()
        .keySet()
        .forEach(
            tenant ->
                rules(tenant).missing().stream()
                    .filter(p -> !problems.contains(p))
                    .forEach(problems::add));
    return problems;
  }

  /** How many rules are in force somewhere. */
  int count() {
    return stock().packed.size()
        + stock().folders.values().stream()
            .mapToInt(folder -> folder.contents().rules().size())
            .sum();
  }

  @Override
  public void close() {
    worker.shutdownNow();
    stock.completeExceptionally(new IllegalStateException("the rulebook is closed"));
  }

  private void poll() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.error("the rule folders could not be looked at", e);
    }
  }

  private void load() {
    try {
      stock.complete(read());
      settings.tenants().keySet().forEach(this::rules);
      warm(rules("example"));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the rules could not be loaded", e);
      stock.completeExceptionally(e);
    }
  }

  /** The first judgement loads hundreds of classes; better now than in front of somebody. */
  private void warm(TenantRules rules) {
    rules.set().rules().stream()
        .limit(12)
        .forEach(
            rule ->
                rules
                    .model()
                    .judge(
                        new Scene(ExampleCase.bare(rule), rules.parameters(), List.of()),
                        List.of()));
  }

  private Stock stock() {
    try {
      return stock.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Stock read() {
    var problems = new ArrayList<Problem>();
    Map<String, Pack> shipped = Packs.inForce();
    var packed = new ArrayList<RuleDefinition>();
    for (String name : settings.packs().isEmpty() ? shipped.keySet() : settings.packs()) {
      Pack pack = shipped.get(name);
      if (pack == null) {
        problems.add(
            new Problem(
                "rules",
                "pack '" + name + "'",
                "there is no such pack",
                "one of " + String.join(", ", shipped.keySet())));
      } else {
        packed.addAll(pack.rules());
      }
    }
    var taken = new HashSet<String>();
    shipped.values().forEach(pack -> pack.rules().forEach(rule -> taken.add(rule.id())));
    var folders = new LinkedHashMap<Path, RuleFolder>();
    paths().forEach(path -> folders.put(path, new RuleFolder(path, taken)));
    folders.values().forEach(RuleFolder::refresh);
    return new Stock(packed, folders, problems);
  }

  private Set<Path> paths() {
    var paths = new java.util.LinkedHashSet<>(settings.folders());
    settings.tenants().values().forEach(tenant -> paths.addAll(tenant.folders()));
    return paths;
  }

  private TenantRules assemble(String tenant) {
    Stock all = stock();
    TenantSettings own =
        Optional.ofNullable(settings.tenants().get(tenant))
            .orElseGet(() -> TenantSettings.of(RuleParameters.defaults()));
    var rules = new ArrayList<>(all.packed);
    var tables = new HashMap<String, Tables.Source>();
    var missing = new ArrayList<>(all.problems);
    var digests = new StringBuilder();
    var paths = new ArrayList<>(settings.folders());
    paths.addAll(own.folders());
    for (Path path : paths) {
      RuleFolder folder = all.folders.get(path);
      if (folder == null || !folder.contents().loaded()) {
        missing.addAll(folder == null ? List.of() : folder.problems());
        continue;
      }
      rules.addAll(folder.contents().rules());
      tables.putAll(folder.contents().tables());
      digests.append(folder.contents().digest().hex());
    }
    RuleSet set = RuleSet.of(rules, missing);
    RuleParameters parameters = own.parameters();
    if (!tables.isEmpty()) {
      parameters =
          parameters.with(
              parameters.tables().with(tables, missing), Digest.ofText(digests.toString()));
    }
    return new TenantRules(
        set, models.computeIfAbsent(set.digest(), _ -> RuleModel.of(set)), parameters, missing);
  }
}
