package dev.parley.engine;

import dev.parley.approval.Approval;
import dev.parley.approval.Emergency;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.cost.Estimator;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.appraise.Appraiser;
import dev.parley.engine.appraise.Spending;
import dev.parley.engine.approve.ApprovalDesk;
import dev.parley.engine.approve.CastVote;
import dev.parley.engine.approve.CloudLook;
import dev.parley.engine.approve.Receipts;
import dev.parley.engine.approve.ReviewRuling;
import dev.parley.engine.approve.Reviews;
import dev.parley.engine.approve.Ruling;
import dev.parley.engine.approve.SigningKey;
import dev.parley.engine.audit.AuditLog;
import dev.parley.engine.execute.Executor;
import dev.parley.engine.execute.Pauses;
import dev.parley.engine.execute.TimerPauses;
import dev.parley.engine.look.Clouds;
import dev.parley.engine.look.LocalClouds;
import dev.parley.engine.record.Recorder;
import dev.parley.engine.record.Surroundings;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.PlanFile;
import dev.parley.engine.state.RunFile;
import dev.parley.engine.verify.Rollback;
import dev.parley.engine.verify.Verifier;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Draft;
import dev.parley.policy.BreakGlassRule;
import dev.parley.policy.Rule;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Waiver;
import dev.parley.resource.Drift;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Store;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine in one process. */
public final class LocalEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);
  private static final Duration GRAPH_PATIENCE = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofSeconds(15);

  private final Store store;
  private final Accounts accounts;
  private final Directory directory;
  private final Knowledge knowledge;
  private final Rulebook rulebook;
  private final Clock clock;
  private final Pauses pauses;
  private final Receipts receipts;
  private final Ledger ledger;
  private final Recorder recorder;
  private final Watchers watchers = new Watchers();
  private final ApprovalDesk desk;
  private final Map<String, BreakGlassRule> breakGlass;
  private final Reviews reviews;
  private final Proposing proposing;
  private final Waiving waiving;
  private final Clouds clouds;
  private final Executor executor;
  private final Concluding concluding;
  private final Checking checking;
  private final Thread sweeper;

  /** Puts an engine together. */
  public static EngineBuilder builder() {
    return new EngineBuilder();
  }

  LocalEngine(
      EngineBuilder settings,
      Store store,
      Accounts accounts,
      Directory directory,
      Planning planning,
      Estimator estimator,
      Rulebook rulebook,
      Knowledge knowledge,
      SigningKey key,
      Pauses pauses) {
    this.store = store;
    this.accounts = accounts;
    this.directory = directory;
    this.knowledge = knowledge;
    this.rulebook = rulebook;
    this.clock = settings.clock;
    this.pauses = pauses;
    receipts = new Receipts(key, settings.receiptLife);
    ledger = new Ledger(store.journal(), new AuditLog());
    recorder = new Recorder(knowledge, store.journal(), Surroundings.of(accounts, directory));
    var spending = new Spending(accounts, ledger, estimator, settings.tenantBudgets);
    var appraiser =
        new Appraiser(accounts, directory, ledger, estimator, rulebook, spending, clock);
    var look =
        new CloudLook(accounts, ledger, plan -> appraiser.of(plan.tenant(), plan.requester()));
    desk = new ApprovalDesk(ledger, directory, look, receipts, clock);
    breakGlass = Map.copyOf(settings.breakGlass);
    reviews = new Reviews(ledger, directory, clock);
    proposing = new Proposing(ledger, accounts, planning, appraiser, desk, clock);
    waiving = new Waiving(ledger, clock);
    var verifier = new Verifier(accounts, settings.checks, pauses, clock, settings.healthPatience);
    clouds = new LocalClouds(accounts, ledger, verifier, pauses, clock);
    executor =
        new Executor(
            ledger,
            accounts,
            pauses,
            clock,
            settings.stepDeadline,
            settings.random,
            settings.presence,
            this::conclude);
    concluding =
        new Concluding(
            ledger,
            accounts,
            directory,
            verifier,
            proposing,
            tenant -> new Catalogs(accounts, tenant),
            executor::begin,
            clock);
    checking = new Checking(store, accounts, rulebook, knowledge, recorder, ledger);
    sweeper = Thread.ofVirtual().name("parley-sweeper").unstarted(this::sweep);
  }

  private void conclude(String tenant, String run) {
    concluding.stepsEnded(tenant, run);
  }

  /** Replays the journal, then goes on with whatever was under way. */
  void start() {
    ledger.open();
    ledger.listen(recorder::accept);
    ledger.listen((tenant, sequence, event) -> watchers.tell(new Notice(tenant, sequence, event)));
    recorder.start();
    for (Tenant tenant : accounts.tenants()) {
      desk.expire(tenant.id());
      desk.honour(tenant.id());
      executor.resume(tenant.id());
      concluding.resume(tenant.id());
    }
    sweeper.start();
  }

  /** Writes down what nobody approved in time, even if nobody asks. */
  private void sweep() {
    try {
      while (true) {
        Thread.sleep(SWEEP);
        for (Tenant tenant : accounts.tenants()) {
          desk.expire(tenant.id());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("expiry is no longer written down by itself: {}", e.getMessage());
    }
  }

  // --- proposals ---

  @Override
  public Outcome propose(String tenant, String thread, User requester, String words, Draft draft) {
    return proposing.propose(tenant, thread, requester, words, draft, Optional.empty());
  }

  @Override
  public Optional<Proposal> latest(String tenant, String thread) {
    return ledger.read(tenant, book -> book.latestIn(thread).map(PlanFile::latest));
  }

  @Override
  public Optional<Proposal> proposal(String tenant, String plan) {
    return ledger.read(tenant, book -> book.plan(plan).map(PlanFile::latest));
  }

  @Override
  public List<Proposal> proposals(String tenant) {
    var all =
        new ArrayList<>(
            ledger.read(tenant, book -> book.plans().stream().map(PlanFile::latest).toList()));
    Collections.reverse(all);
    return List.copyOf(all);
  }

  // --- votes ---

  @Override
  public Optional<Approval> approval(String tenant, String plan) {
    return desk.approval(tenant, plan);
  }

  @Override
  public Ballot vote(VoteCast cast) {
    return ballot(
        cast.tenant(),
        desk.vote(
            new CastVote(
                cast.tenant(),
                cast.plan(),
                cast.proposal(),
                cast.person(),
                cast.decision(),
                cast.means(),
                cast.reason())));
  }

  @Override
  public Optional<BreakGlassRule> breakGlassRule(String tenant) {
    return Optional.ofNullable(breakGlass.get(tenant));
  }

  @Override
  public Ballot breakGlass(GlassCast cast) {
    return ballot(
        cast.tenant(),
        desk.breakGlass(
            new CastVote(
                cast.tenant(),
                cast.plan(),
                cast.proposal(),
                cast.person(),
                Vote.Decision.APPROVE,
                Vote.Means.BREAK_GLASS,
                cast.reason().strip()),
            breakGlassRule(cast.tenant()),
            cast.environment().strip()));
  }

  @Override
  public ReviewRuling review(String tenant, String plan, Person person) {
    return reviews.review(tenant, plan, person);
  }

  @Override
  public List<Emergency> emergencies(String tenant) {
    return reviews.all(tenant);
  }

  @Override
  public Ballot withdraw(String tenant, String plan, Digest proposal, Person person) {
    return ballot(tenant, desk.withdraw(tenant, plan, proposal, person));
  }

  private Ballot ballot(String tenant, Ruling ruling) {
    boolean counted = ruling.kind() == Ruling.Kind.COUNTED;
    ruling.started().filter(_ -> counted).ifPresent(run -> executor.begin(tenant, run));
    Ballot.Result result =
        switch (ruling.kind()) {
          case COUNTED -> Ballot.Result.COUNTED;
          case WITHDRAWN -> Ballot.Result.WITHDRAWN;
          case STRANGER -> Ballot.Result.STRANGER;
          case REQUESTER -> Ballot.Result.REQUESTER;
          case NOT_ELIGIBLE -> Ballot.Result.NOT_ELIGIBLE;
          case ALREADY -> Ballot.Result.ALREADY;
          case SUPERSEDED -> Ballot.Result.SUPERSEDED;
          case EXPIRED -> Ballot.Result.EXPIRED;
          case DECIDED -> Ballot.Result.DECIDED;
          case BLOCKED -> Ballot.Result.BLOCKED;
          case STALE -> Ballot.Result.STALE;
          case NOT_BY_EMOJI -> Ballot.Result.NOT_BY_EMOJI;
          case NEEDS_REASON -> Ballot.Result.NEEDS_REASON;
          case UNKNOWN_PLAN -> Ballot.Result.UNKNOWN_PLAN;
          case OFF -> Ballot.Result.OFF;
          case WRONG_NAME -> Ballot.Result.WRONG_NAME;
          case NOT_NEEDED -> Ballot.Result.NOT_NEEDED;
        };
    return new Ballot(
        result,
        ruling.message(),
        ruling.approval(),
        ruling.receipt(),
        ruling.started().flatMap(run -> run(tenant, run)));
  }

  @Override
  public Optional<Approval> discard(String tenant, String plan, Person person) {
    return desk.discard(tenant, plan, person);
  }

  @Override
  public Outcome waive(
      String tenant,
      String plan,
      String rule,
      String addresses,
      String reason,
      User requestedBy,
      User approvedBy,
      Duration lasts) {
    Optional<Proposal> about = proposal(tenant, plan);
    List<Problem> problems =
        waiving.grant(
            tenant,
            about,
            rules(tenant),
            new Waiving.Wanted(rule, addresses, reason, requestedBy, approvedBy, lasts));
    if (!problems.isEmpty()) {
      return new Outcome.Rejected(problems);
    }
    Proposal former = about.orElseThrow();
    User requester = directory.user(tenant, former.plan().requester()).orElse(requestedBy);
    return proposing.propose(
        tenant,
        former.plan().thread(),
        requester,
        former.plan().request(),
        former.draft(),
        former.plan().undoes());
  }

  @Override
  public List<Waiver> waivers(String tenant) {
    return ledger.read(tenant, book -> book.waivers());
  }

  @Override
  public Optional<Receipt> receipt(String tenant, String id) {
    return ledger.read(tenant, book -> book.receipt(id));
  }

  @Override
  public String publicKey() {
    return receipts.publicKey();
  }

  // --- runs ---

  @Override
  public Optional<Run> run(String tenant, String id) {
    return ledger.read(tenant, book -> book.run(id).map(RunFile::view));
  }

  @Override
  public List<Run> runs(String tenant) {
    var all =
        new ArrayList<>(
            ledger.read(tenant, book -> book.runs().stream().map(RunFile::view).toList()));
    Collections.reverse(all);
    return List.copyOf(all);
  }

  @Override
  public Run cancel(String tenant, String run, User user) {
    allowed(tenant, run, user, "stop");
    executor.cancel(tenant, run, user.id());
    return run(tenant, run).orElseThrow();
  }

  @Override
  public Run retry(String tenant, String run, User user) {
    allowed(tenant, run, user, "retry");
    executor.retry(tenant, run, user.id());
    return run(tenant, run).orElseThrow();
  }

  private void allowed(String tenant, String run, User user, String what) {
    Optional<String> requester =
        ledger.read(tenant, book -> book.run(run).map(file -> file.plan().requester()));
    boolean mine = requester.filter(user.id()::equals).isPresent();
    if (requester.isPresent() && !mine && !user.is(Role.OPERATOR) && !user.is(Role.ADMIN)) {
      throw new Invalid(
          new Problem(
              run,
              user.id() + " may not " + what + " it",
              "only operators may",
              "ask an operator to do it"));
    }
  }

  @Override
  public Outcome rollback(String tenant, String run, User requester) {
    Optional<Run> file = run(tenant, run);
    if (file.isEmpty()) {
      return Proposing.rejected(run, "the run", "there is no such run", "look at the list of runs");
    }
    RunState state = file.get().state();
    boolean ended =
        state == RunState.SUCCEEDED || state == RunState.FAILED || state == RunState.CANCELLED;
    if (!ended) {
      return Proposing.rejected(
          run,
          "the run",
          "it is " + state,
          "only a run that has ended can be rolled back, and only once");
    }
    Rollback.Undo undo =
        ledger.read(
            tenant,
            book -> Rollback.of(book, book.run(run).orElseThrow(), new Catalogs(accounts, tenant)));
    if (undo.draft().wants().isEmpty()) {
      return Proposing.rejected(run, "the run", "it did nothing that could be undone", "");
    }
    return proposing.propose(
        tenant, file.get().thread(), requester, "roll back " + run, undo.draft(), Optional.of(run));
  }

  // --- what exists ---

  @Override
  public List<Tracked> tracked(String tenant) {
    return ledger.read(tenant, book -> book.tracked());
  }

  @Override
  public List<Drift> drift(String tenant, Optional<String> account) {
    return clouds.drift(tenant, account, _ -> {}).found();
  }

  @Override
  public Clouds clouds() {
    return clouds;
  }

  @Override
  public Blueprint keep(String tenant, String plan, String name, User user) {
    if (!user.is(Role.OPERATOR) && !user.is(Role.ADMIN)) {
      throw new Invalid(
          new Problem(
              plan,
              user.id() + " may not keep it",
              "only operators may",
              "ask an operator to do it"));
    }
    Proposal proposal =
        proposal(tenant, plan)
            .orElseThrow(
                () ->
                    new Invalid(
                        new Problem(
                            plan, "the plan", "there is no such plan", "name a plan, as p-7")));
    long uses =
        runs(tenant).stream()
            .filter(run -> run.plan().equals(plan) && run.state() == RunState.SUCCEEDED)
            .count();
    Blueprint blueprint = blueprint(name, proposal.draft(), (int) uses);
    return ledger.decide(
        tenant,
        _ ->
            Decision.of(
                List.of(new Event.BlueprintKept(blueprint, user.id(), clock.instant())),
                _ -> blueprint));
  }

  private static Blueprint blueprint(String name, Draft draft, int uses) {
    try {
      return Keeping.blueprint(name, draft, uses);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          new Problem("name", name, String.valueOf(e.getMessage()), "choose another name"));
    }
  }

  @Override
  public List<Blueprint> blueprints(String tenant) {
    return ledger.read(tenant, book -> book.blueprints());
  }

  // --- what is known ---

  @Override
  public Answer ask(String tenant, Ask question) {
    if (!recorder.await(ledger.last(tenant), GRAPH_PATIENCE)) {
      LOG.warn(
          "the graph of {} is behind the journal; the answer may not show the latest events",
          tenant);
    }
    return knowledge.ask(tenant, question);
  }

  @Override
  public List<Rule> rules(String tenant) {
    return accounts.tenant(tenant).map(rulebook::rules).orElse(List.of());
  }

  @Override
  public List<AuditLine> audit(String tenant, long after, int limit) {
    return store.read(tenant, AuditLog.STREAM, after, limit).stream()
        .map(AuditLog::line)
        .map(
            line ->
                new AuditLine(
                    line.sequence(), line.at(), line.who(), line.what(), line.about(), line.hash()))
        .toList();
  }

  @Override
  public void note(String tenant, User user, String what, String about) {
    ledger.record(tenant, List.of(new Event.Noted(user.id(), what, about, clock.instant())));
  }

  @Override
  public AuditReport verifyAudit(String tenant) {
    AuditLog.Report report = AuditLog.verify(store.journal(), tenant);
    return new AuditReport(report.lines(), report.intact(), report.broken(), report.detail());
  }

  @Override
  public AutoCloseable watch(Consumer<Notice> listener) {
    return watchers.add(listener);
  }

  // --- parts ---

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public Knowledge knowledge() {
    return knowledge;
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Map<String, Check> check() {
    return checking.check();
  }

  /** Lets every running step reach a journaled point; what was given stays open. */
  @Override
  public void close() {
    sweeper.interrupt();
    executor.close();
    watchers.close();
    recorder.close();
    if (pauses instanceof TimerPauses timer) {
      timer.close();
    }
  }
}
