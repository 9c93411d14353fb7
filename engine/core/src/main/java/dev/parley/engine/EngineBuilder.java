package dev.parley.engine;

import dev.parley.cost.Estimator;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.approve.SigningKey;
import dev.parley.engine.execute.Pauses;
import dev.parley.engine.execute.TimerPauses;
import dev.parley.engine.verify.HealthLooks;
import dev.parley.identity.Directory;
import dev.parley.knowledge.Knowledge;
import dev.parley.policy.BreakGlassRule;
import dev.parley.policy.Rulebook;
import dev.parley.provider.HealthCheck;
import dev.parley.run.Presence;
import dev.parley.run.Store;
import dev.parley.value.Money;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts an engine together. What is given stays the giver's: the engine does not close it. */
public final class EngineBuilder {
  private @Nullable Store store;
  private @Nullable Accounts accounts;
  private @Nullable Directory directory;
  private @Nullable Planning planning;
  private @Nullable Estimator estimator;
  private @Nullable Rulebook rulebook;
  private @Nullable Knowledge knowledge;
  private @Nullable SigningKey key;
  private @Nullable Pauses pauses;
  Clock clock = Clock.systemUTC();
  RandomGenerator random = new Random();
  List<HealthCheck> checks = List.of(HealthLooks.PROVIDER);
  Duration receiptLife = Duration.ofHours(24);
  Duration stepDeadline = Duration.ofHours(2);
  Duration healthPatience = Duration.ofMinutes(5);
  Presence presence = Presence.ALWAYS;
  Map<String, Money> tenantBudgets = new HashMap<>();
  Map<String, BreakGlassRule> breakGlass = new HashMap<>();

  EngineBuilder() {}

  public EngineBuilder store(Store it) {
    store = it;
    return this;
  }

  public EngineBuilder accounts(Accounts it) {
    accounts = it;
    return this;
  }

  public EngineBuilder directory(Directory it) {
    directory = it;
    return this;
  }

  /** How drafts become plans: {@code resolver::resolve}. */
  public EngineBuilder planning(Planning it) {
    planning = it;
    return this;
  }

  public EngineBuilder estimator(Estimator it) {
    estimator = it;
    return this;
  }

  public EngineBuilder rulebook(Rulebook it) {
    rulebook = it;
    return this;
  }

  public EngineBuilder knowledge(Knowledge it) {
    knowledge = it;
    return this;
  }

  /** The key that signs receipts. */
  public EngineBuilder key(SigningKey it) {
    key = it;
    return this;
  }

  /** The folder with the key that signs receipts; it is made there the first time. */
  public EngineBuilder keyFolder(Path folder) {
    return key(SigningKey.in(folder));
  }

  public EngineBuilder clock(Clock it) {
    clock = it;
    return this;
  }

  /** How time passes between looks; real time if not given. */
  public EngineBuilder pauses(Pauses it) {
    pauses = it;
    return this;
  }

  /** For the jitter of pauses; safe for many threads. */
  public EngineBuilder random(RandomGenerator it) {
    random = it;
    return this;
  }

  /** What looks whether resources work; the provider's own word if not given. */
  public EngineBuilder healthChecks(List<HealthCheck> them) {
    checks = List.copyOf(them);
    return this;
  }

  /** How long a receipt lets its run be started and retried; 24 hours if not given. */
  public EngineBuilder receiptLife(Duration it) {
    receiptLife = it;
    return this;
  }

  /** How long one step may take; 2 hours if not given. */
  public EngineBuilder stepDeadline(Duration it) {
    stepDeadline = it;
    return this;
  }

  /** How long something that was made may take to start; 5 minutes if not given. */
  public EngineBuilder healthPatience(Duration it) {
    healthPatience = it;
    return this;
  }

  /**
   * Who knows whether people can be told what a run does; if not given, no run waits for a chat.
   */
  public EngineBuilder presence(Presence it) {
    presence = it;
    return this;
  }

  /** The most that all accounts of a tenant may cost together in a month. */
  public EngineBuilder tenantBudget(String tenant, Money monthly) {
    tenantBudgets.put(tenant, monthly);
    return this;
  }

  /** Who of a tenant may stand in for the quorum in an emergency; nobody if not given. */
  public EngineBuilder breakGlass(String tenant, BreakGlassRule rule) {
    breakGlass.put(tenant, rule);
    return this;
  }

  /**
   * Rebuilds the state from the journal, and goes on with whatever was under way.
   *
   * @throws IllegalStateException naming a part that was not given
   */
  public LocalEngine open() {
    Pauses time = pauses;
    TimerPauses own = time == null ? new TimerPauses() : null;
    var engine =
        new LocalEngine(
            this,
            given(store, "store"),
            given(accounts, "accounts"),
            given(directory, "directory"),
            given(planning, "planning"),
            given(estimator, "estimator"),
            given(rulebook, "rulebook"),
            given(knowledge, "knowledge"),
            given(key, "key"),
            own != null ? own : given(time, "pauses"));
    engine.start();
    return engine;
  }

  private static <T> T given(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException("the engine needs its " + name);
    }
    return part;
  }
}
