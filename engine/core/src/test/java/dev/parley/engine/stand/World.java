package dev.parley.engine.stand;

import static dev.parley.engine.stand.ScriptedCloud.THING;

import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.cost.Estimate;
import dev.parley.cost.Estimator;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Ballot;
import dev.parley.engine.EngineBuilder;
import dev.parley.engine.LocalEngine;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.approve.SigningKey;
import dev.parley.engine.execute.Pauses;
import dev.parley.engine.memory.MemoryJournal;
import dev.parley.engine.memory.MemoryStore;
import dev.parley.identity.Account;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Triples;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.BreakGlassRule;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Rule;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Severity;
import dev.parley.policy.Verdict;
import dev.parley.policy.Waiver;
import dev.parley.provider.Provider;
import dev.parley.resource.Address;
import dev.parley.run.Journal;
import dev.parley.run.Presence;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Everything around an engine under test: two scripted clouds, people, rules and prices that the
 * test sets, and a journal that outlives the engine.
 */
public final class World implements AutoCloseable {
  public static final String TENANT = "t";

  public final MovableClock clock = new MovableClock();
  public final ScriptedCloud a = new ScriptedCloud("a", 4);
  public final ScriptedCloud b = new ScriptedCloud("b", 4);
  public final Map<String, User> users = new ConcurrentHashMap<>();
  public final SigningKey key = SigningKey.fresh();
  public volatile Journal journal = new MemoryJournal(clock);
  public volatile Pauses pauses = new SwiftPauses(clock);
  public volatile ApprovalRule rule = new ApprovalRule(1, List.of(), true, List.of());
  public volatile Presence presence = Presence.ALWAYS;
  public volatile String rules = "rules-1";
  public volatile String prices = "prices-1";

  /** How drafts become plans; nothing means plainly. */
  public volatile Optional<dev.parley.engine.Planning> planning = Optional.empty();

  /** Rule ids that deny a change for as long as they are not waived. */
  public volatile Predicate<Change> denied = change -> false;

  /** Who may stand in for the quorum; read when the engine is made. */
  public volatile Optional<BreakGlassRule> glass = Optional.empty();

  private Optional<LocalEngine> engine = Optional.empty();

  public World() {
    user("ann", Set.of(Role.OPERATOR, Role.APPROVER), Set.of("shop"));
    user("bob", Set.of(Role.APPROVER, Role.ADMIN), Set.of("security"));
    user("cem", Set.of(Role.APPROVER), Set.of("sre"));
    user("dan", Set.of(Role.VIEWER), Set.of());
    user("eve", Set.of(Role.APPROVER, Role.OPERATOR), Set.of("finops"));
  }

  public void user(String id, Set<Role> roles, Set<String> teams) {
    users.put(id, new User(TENANT, id, id, roles, teams, id.equals("cem")));
  }

  public User user(String id) {
    return users.get(id);
  }

  public static Person person(String id) {
    return new Person("test", "", id);
  }

  /** The engine; made anew after a crash or a close. */
  public synchronized LocalEngine engine() {
    if (engine.isEmpty()) {
      engine = Optional.of(builder().open());
    }
    return engine.get();
  }

  public EngineBuilder builder() {
    EngineBuilder builder = plain();
    glass.ifPresent(rule -> builder.breakGlass(TENANT, rule));
    return builder;
  }

  private EngineBuilder plain() {
    return LocalEngine.builder()
        .store(new MemoryStore(journal))
        .accounts(accounts)
        .directory(directory)
        .planning(planning.orElseGet(() -> new PlainPlanning(accounts)))
        .estimator(estimator)
        .rulebook(rulebook)
        .knowledge(new NoGraph(clock))
        .key(key)
        .clock(clock)
        .pauses(pauses)
        .presence(plan -> presence.away(plan));
  }

  /** Ends the engine, as at a crash or a stop; the next call of {@link #engine()} makes another. */
  public synchronized void restart() {
    engine.ifPresent(LocalEngine::close);
    engine = Optional.empty();
  }

  @Override
  public void close() {
    restart();
  }

  // --- the usual ways ---

  public static Address at(String name) {
    return at("a", name);
  }

  public static Address at(String account, String name) {
    return new Address(account, THING, name);
  }

  public static Want thing(String name) {
    return thing("a", name, Fields.of("Name", Value.text(name)));
  }

  public static Want thing(String account, String name, Fields properties) {
    return new Want.Make(
        name,
        new Want.OfType(THING, properties),
        new Place(Optional.of(account), Optional.empty(), Optional.empty(), false));
  }

  /** A thing that refers to another of the same draft. */
  public static Want linked(String name, String to) {
    return thing(
        "a", name, Fields.of("Name", Value.text(name)).with("Link", new Value.Ref(to, "/Id")));
  }

  public static Draft draft(Want... wants) {
    return new Draft(
        "things",
        Optional.empty(),
        Place.ANY,
        Arrays.asList(wants),
        Map.of(),
        Optional.empty(),
        false,
        "test");
  }

  public static Draft undoable(Want... wants) {
    return new Draft(
        "things",
        Optional.empty(),
        Place.ANY,
        Arrays.asList(wants),
        Map.of(),
        Optional.empty(),
        true,
        "test");
  }

  /** One whose run waits while nobody can be told of it. */
  public static Draft waiting(Draft draft) {
    return new Draft(
        draft.title(),
        draft.environment(),
        draft.place(),
        draft.wants(),
        draft.tags(),
        draft.cap(),
        draft.rollback(),
        Optional.of(WhenChatIsDown.WAIT),
        draft.planner());
  }

  public Engine.Outcome ask(Want... wants) {
    return engine().propose(TENANT, "thread", user("ann"), "please", draft(wants));
  }

  public Proposal proposed(Want... wants) {
    return proposed(draft(wants));
  }

  public Proposal proposed(Draft draft) {
    Engine.Outcome outcome = engine().propose(TENANT, "thread", user("ann"), "please", draft);
    if (outcome instanceof Engine.Outcome.Proposed p) {
      return p.proposal();
    }
    throw new AssertionError("not proposed: " + outcome);
  }

  public Ballot vote(Proposal proposal, String who) {
    return vote(proposal, who, Vote.Decision.APPROVE, Vote.Means.BUTTON, "");
  }

  public Ballot vote(
      Proposal proposal, String who, Vote.Decision decision, Vote.Means means, String reason) {
    return engine()
        .vote(
            new Engine.VoteCast(
                TENANT,
                proposal.plan().id(),
                proposal.digest(),
                person(who),
                decision,
                means,
                reason));
  }

  /** Proposes, approves and waits for the end. */
  public Run carriedOut(Want... wants) {
    return ended(started(draft(wants)));
  }

  public Run carriedOut(Draft draft) {
    return ended(started(draft));
  }

  /** Proposes and approves; the run's id. */
  public String started(Draft draft) {
    Ballot ballot = vote(proposed(draft), "bob");
    return ballot.run().orElseThrow(() -> new AssertionError(ballot.toString())).id();
  }

  public Run run(String id) {
    return engine().run(TENANT, id).orElseThrow();
  }

  /** Waits until nothing more happens to a run by itself. */
  public Run ended(String id) {
    return until(id, run -> run.state().ended() && run.state() != RunState.ROLLING_BACK);
  }

  public Run until(String id, Predicate<Run> when) {
    return until(() -> run(id), when);
  }

  public interface Look<T> {
    T look();
  }

  /** Waits until something is as it should be, for a minute at most. */
  public static <T> T until(Look<T> look, Predicate<T> when) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    T now = look.look();
    while (!when.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain; last seen: " + now);
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      now = look.look();
    }
    return now;
  }

  // --- the parts ---

  public final Accounts accounts =
      new Accounts() {
        @Override
        public List<Tenant> tenants() {
          return List.of(new Tenant(TENANT, "Test", "EUR"));
        }

        @Override
        public Optional<Tenant> tenant(String id) {
          return tenants().stream().filter(tenant -> tenant.id().equals(id)).findFirst();
        }

        @Override
        public List<Account> accounts(String tenant) {
          return List.of(account("a"), account("b"));
        }

        private Account account(String id) {
          return new Account(
              TENANT,
              id,
              "scripted",
              "test",
              "here",
              List.of(),
              "test",
              Map.of(),
              Optional.of(Money.of("1000", "EUR")),
              Set.of(),
              Fields.EMPTY);
        }

        @Override
        public Provider provider(String tenant, String account) {
          return switch (account) {
            case "a" -> a;
            case "b" -> b;
            default -> throw new IllegalArgumentException("no account " + account);
          };
        }

        @Override
        public void close() {}
      };

  private final Directory directory =
      new Directory() {
        @Override
        public Optional<User> user(String tenant, Person person) {
          return Optional.ofNullable(users.get(person.id()));
        }

        @Override
        public Optional<User> user(String tenant, String userId) {
          return Optional.ofNullable(users.get(userId));
        }

        @Override
        public Collection<User> users(String tenant) {
          return List.copyOf(users.values());
        }
      };

  private final Estimator estimator =
      new Estimator() {
        @Override
        public Estimate estimate(Plan plan) {
          var lines = new ArrayList<Estimate.Line>();
          for (Change change : plan.changes()) {
            if (!(change instanceof Change.Delete)) {
              lines.add(
                  new Estimate.Line(
                      change.at(),
                      "a thing",
                      "thing",
                      BigDecimal.ONE,
                      "month",
                      Optional.of(Money.of("1", "EUR")),
                      Optional.of(Money.of("1", "EUR")),
                      Money.zero("EUR"),
                      Estimate.Confidence.PRICED,
                      "test",
                      Optional.empty(),
                      ""));
            }
          }
          return new Estimate(
              plan.digest(),
              lines,
              Money.zero("EUR"),
              new Money(BigDecimal.valueOf(lines.size()), "EUR"),
              0,
              Optional.empty(),
              Optional.empty(),
              prices);
        }

        @Override
        public String revision() {
          return prices;
        }
      };

  public final List<Rulebook.Case> judged =
      java.util.Collections.synchronizedList(new ArrayList<>());

  private final Rulebook rulebook =
      new Rulebook() {
        @Override
        public Verdict judge(Case plan) {
          judged.add(plan);
          var findings = new ArrayList<Finding>();
          for (Change change : plan.plan().changes()) {
            if (denied.test(change)) {
              Optional<Waiver> waiver =
                  plan.waivers().stream()
                      .filter(one -> one.rule().equals("NO-1") && one.expires().isAfter(plan.now()))
                      .findFirst();
              findings.add(
                  new Finding(
                      "NO-1",
                      Severity.HIGH,
                      Enforcement.DENY,
                      Outcome.FAIL,
                      Optional.of(change.at()),
                      Pointer.ROOT,
                      "not allowed",
                      "don't",
                      Set.of(),
                      waiver));
            }
          }
          return new Verdict(
              plan.plan().digest(), rules, findings, rule, plan.plan().changes().size(), List.of());
        }

        @Override
        public String revision(Tenant tenant) {
          return rules;
        }

        @Override
        public List<Rule> rules(Tenant tenant) {
          return List.of(
              new Rule(
                  "NO-1",
                  "security",
                  "no",
                  Severity.HIGH,
                  List.of("*"),
                  "don't",
                  Map.of(),
                  "test:1",
                  ""));
        }

        @Override
        public Check check() {
          return Check.ok("1 rule");
        }

        @Override
        public void close() {}
      };

  /** A graph that keeps nothing but how far it was told. */
  private static final class NoGraph implements Knowledge {
    private final MovableClock clock;
    private final Map<String, Long> recorded = new LinkedHashMap<>();

    private NoGraph(MovableClock clock) {
      this.clock = clock;
    }

    @Override
    public synchronized void record(String tenant, long sequence, List<Triples> graphs) {
      recorded.put(tenant, sequence);
    }

    @Override
    public synchronized long recorded(String tenant) {
      return recorded.getOrDefault(tenant, 0L);
    }

    @Override
    public synchronized void clear(String tenant) {
      recorded.remove(tenant);
    }

    @Override
    public synchronized Answer ask(String tenant, Ask question) {
      return new Answer(
          "recorded up to " + recorded(tenant),
          List.of(),
          List.of(),
          true,
          "",
          clock.instant(),
          Duration.ZERO);
    }

    @Override
    public List<Question> questions() {
      return List.of();
    }

    @Override
    public Check check() {
      return Check.ok("nothing");
    }

    @Override
    public void close() {}

    @Override
    public void export(String tenant, Consumer<String> line) {}
  }

  /** Where everything is still as at the beginning of the tests. */
  public static Instant start() {
    return Instant.parse("2026-03-01T08:00:00Z");
  }

  public static Digest someDigest() {
    return Digest.ofText("some");
  }
}
