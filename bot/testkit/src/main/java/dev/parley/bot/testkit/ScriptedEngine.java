package dev.parley.bot.testkit;

import dev.parley.approval.Approval;
import dev.parley.approval.BreakGlass;
import dev.parley.approval.Emergency;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Review;
import dev.parley.approval.Vote;
import dev.parley.bot.link.LinkedDirectory;
import dev.parley.cost.Estimate;
import dev.parley.engine.Engine;
import dev.parley.engine.Revised;
import dev.parley.engine.account.Accounts;
import dev.parley.engine.approve.ReviewRuling;
import dev.parley.engine.json.Codec;
import dev.parley.engine.look.Clouds;
import dev.parley.identity.Directory;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Ask;
import dev.parley.knowledge.Knowledge;
import dev.parley.knowledge.Term;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.BreakGlassRule;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Rule;
import dev.parley.policy.Severity;
import dev.parley.policy.Verdict;
import dev.parley.policy.Waiver;
import dev.parley.provider.Health;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.run.Presence;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.run.Store;
import dev.parley.run.Wait;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An engine of a few rules, honest about each: buckets cost 10 USD a month, a public one is denied
 * by {@code TST-PUB-001}, production needs two approvers and a button, staging two approvers,
 * deletes need a button, and nobody approves what they asked for. A bucket whose name begins with
 * {@code flaky} fails at first; with {@code slow}, it waits for {@link #release()}. Nobody breaks
 * the glass until {@link #allowBreakGlass} says who may.
 */
public final class ScriptedEngine implements Engine {
  private static final String TENANT = People.TENANT;
  private static final BigDecimal PRICE = BigDecimal.TEN;
  private static final Duration LIVES = Duration.ofHours(24);

  private final Clock clock;
  private final Store store;
  private final Directory people;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Accounts accounts = new OneAccount();
  private final AtomicLong sequence = new AtomicLong();
  private final List<Consumer<Notice>> watchers = new CopyOnWriteArrayList<>();
  private final ExecutorService telling =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final Map<String, File> plans = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Receipt> receipts = new LinkedHashMap<>();
  private final Map<Address, Tracked> tracked = new LinkedHashMap<>();
  private final Map<String, Review> reviews = new LinkedHashMap<>();
  private volatile Optional<BreakGlassRule> glass = Optional.empty();
  private final List<Waiver> waivers = new ArrayList<>();
  private final Map<String, Blueprint> kept = new LinkedHashMap<>();
  private final Set<String> failedOnce = new LinkedHashSet<>();
  private final Set<String> cancelled = new LinkedHashSet<>();
  private volatile CountDownLatch gate = new CountDownLatch(1);
  private volatile Presence presence = Presence.ALWAYS;
  private String rules = "rules-1";

  private static final class File {
    private Proposal latest;
    private Approval.State state;
    private List<Vote> votes = new ArrayList<>();
    private Optional<String> receipt = Optional.empty();

    File(Proposal latest, Approval.State state) {
      this.latest = latest;
      this.state = state;
    }
  }

  public ScriptedEngine(Store store, Clock clock) {
    this.store = store;
    this.people = new LinkedDirectory(new People(), store);
    this.clock = clock;
  }

  // ---- for tests

  /** Lets every slow bucket go on. */
  public void release() {
    gate.countDown();
  }

  /** Who is asked by runs that wait while nobody can be told of them. */
  public void presence(Presence people) {
    presence = people;
  }

  /** Changes the rules, so that open plans are out of date. */
  public synchronized void moveRules() {
    rules = rules + "'";
  }

  /** Lets some people stand in for the quorum; nobody may until then. */
  public void allowBreakGlass(BreakGlassRule rule) {
    glass = Optional.of(rule);
  }

  /** How many receipts were minted. */
  public synchronized int minted() {
    return receipts.size();
  }

  // ---- proposing

  @Override
  public synchronized Outcome propose(
      String tenant, String thread, User requester, String words, Draft draft) {
    if (draft.wants().isEmpty()) {
      return new Outcome.Rejected(
          List.of(
              new Problem("draft", "nothing wanted", "a plan needs something", "name a bucket")));
    }
    var problems = new ArrayList<Problem>();
    var changes = new ArrayList<Change>();
    for (Want want : draft.wants()) {
      change(want)
          .ifPresentOrElse(
              changes::add,
              () ->
                  problems.add(
                      new Problem(
                          String.valueOf(want),
                          "no such bucket",
                          "only what exists can go",
                          "say what exists?")));
    }
    if (!problems.isEmpty()) {
      return new Outcome.Rejected(problems);
    }
    Optional<File> former =
        plans.values().stream()
            .filter(f -> f.latest.plan().thread().equals(thread) && open(f))
            .reduce((_, last) -> last);
    String id = former.map(f -> f.latest.plan().id()).orElse("p-" + (plans.size() + 1));
    int revision = former.map(f -> f.latest.plan().revision() + 1).orElse(1);
    return put(thread, requester, words, draft, changes, id, revision, former, Optional.empty());
  }

  private Optional<Change> change(Want want) {
    return switch (want) {
      case Want.Make(var name, Want.OfType(var type, var properties), _) ->
          Optional.of(
              new Change.Create(
                  new Address(WordPlanner.ACCOUNT, type, name), "here-1", properties));
      case Want.Remove(var at) ->
          Optional.ofNullable(tracked.get(at))
              .map(
                  t ->
                      new Change.Delete(
                          at, "here-1", t.resource().id(), t.resource().properties()));
      default -> Optional.empty();
    };
  }

  private static boolean open(File file) {
    return file.state == Approval.State.OPEN || file.state == Approval.State.BLOCKED;
  }

  private Outcome put(
      String thread,
      User requester,
      String words,
      Draft draft,
      List<Change> changes,
      String id,
      int revision,
      Optional<File> former,
      Optional<String> undoes) {
    Instant now = clock.instant();
    String environment = draft.environment().orElse("development");
    var basis = new Plan.Basis(Map.of(), Map.of(), rules, "prices");
    Digest digest = Digest.ofText(id + revision + words + changes + rules + draft.whenChatIsDown());
    var plan =
        new Plan(
            TENANT,
            id,
            revision,
            thread,
            requester.id(),
            words,
            draft.title(),
            environment,
            draft.planner(),
            changes,
            Map.of(),
            draft.cap(),
            draft.rollback(),
            draft.whenChatIsDown().orElse(WhenChatIsDown.CONTINUE),
            undoes,
            basis,
            now,
            now.plus(LIVES),
            digest);
    Estimate estimate = estimate(plan);
    Verdict verdict = verdict(plan);
    Digest whole = Digest.ofText(digest.hex() + Codec.encode(verdict) + waivers.size());
    var proposal = new Proposal(plan, draft, estimate, verdict, Optional.empty(), List.of(), whole);
    Optional<Revised> since = former.map(f -> since(f, proposal));
    plans.put(
        id, new File(proposal, verdict.denied() ? Approval.State.BLOCKED : Approval.State.OPEN));
    tell(new Event.Proposed(proposal, now));
    return new Outcome.Proposed(proposal, approval(TENANT, id).orElseThrow(), since);
  }

  private Revised since(File former, Proposal now) {
    List<Address> before = former.latest.plan().changes().stream().map(Change::at).toList();
    List<Address> after = now.plan().changes().stream().map(Change::at).toList();
    return new Revised(
        former.latest.plan().revision(),
        former.latest.digest(),
        after.stream().filter(at -> !before.contains(at)).toList(),
        before.stream().filter(at -> !after.contains(at)).toList(),
        List.of(),
        now.estimate().monthly().minus(former.latest.estimate().monthly()),
        List.of(),
        List.of(),
        Optional.of(now.plan().whenChatIsDown())
            .filter(said -> said != former.latest.plan().whenChatIsDown()),
        former.votes.size());
  }

  private Estimate estimate(Plan plan) {
    var lines = new ArrayList<Estimate.Line>();
    for (Change change : plan.changes()) {
      if (change instanceof Change.Create) {
        lines.add(
            new Estimate.Line(
                change.at(),
                "bucket",
                "bucket",
                BigDecimal.ONE,
                "month",
                Optional.of(new Money(PRICE, "USD")),
                Optional.of(new Money(PRICE, "USD")),
                Money.zero("USD"),
                Estimate.Confidence.PRICED,
                "test book",
                Optional.empty(),
                ""));
      }
    }
    var monthly = new Money(PRICE.multiply(BigDecimal.valueOf(lines.size())), "USD");
    return new Estimate(
        plan.digest(),
        lines,
        Money.zero("USD"),
        monthly,
        0,
        Optional.empty(),
        Optional.empty(),
        "prices");
  }

  private Verdict verdict(Plan plan) {
    var findings = new ArrayList<Finding>();
    for (Change change : plan.changes()) {
      if (change instanceof Change.Create
          && change.properties().get("public").equals(Optional.of(Value.bool(true)))) {
        Optional<Waiver> waiver =
            waivers.stream()
                .filter(w -> w.expires().isAfter(clock.instant()))
                .filter(
                    w -> w.addresses().equals("*") || w.addresses().equals(change.at().toString()))
                .findFirst();
        findings.add(
            new Finding(
                "TST-PUB-001",
                Severity.HIGH,
                Enforcement.DENY,
                dev.parley.policy.Outcome.FAIL,
                Optional.of(change.at()),
                Pointer.of("/public"),
                change.at().name() + " can be read by anybody",
                "leave the word public away",
                Set.of(),
                waiver));
      }
    }
    boolean production = plan.environment().equals("production");
    boolean deletes = plan.changes().stream().anyMatch(Change.Delete.class::isInstance);
    var why = production ? List.of("production takes two approvers") : List.<String>of();
    var rule =
        new ApprovalRule(
            production || plan.environment().equals("staging") ? 2 : 1,
            List.of(),
            !production && !deletes,
            why);
    return new Verdict(plan.digest(), rules, findings, rule, plan.changes().size(), List.of());
  }

  @Override
  public synchronized Optional<Proposal> latest(String tenant, String thread) {
    return plans.values().stream()
        .map(f -> f.latest)
        .filter(p -> p.plan().thread().equals(thread))
        .reduce((_, last) -> last);
  }

  @Override
  public synchronized Optional<Proposal> proposal(String tenant, String plan) {
    return Optional.ofNullable(plans.get(plan)).map(f -> f.latest);
  }

  @Override
  public synchronized List<Proposal> proposals(String tenant) {
    return plans.values().stream().map(f -> f.latest).toList().reversed();
  }

  @Override
  public synchronized Optional<Approval> approval(String tenant, String plan) {
    return Optional.ofNullable(plans.get(plan)).map(this::approval);
  }

  private Approval approval(File file) {
    Plan plan = file.latest.plan();
    if (file.state == Approval.State.OPEN && !clock.instant().isBefore(plan.expires())) {
      file.state = Approval.State.EXPIRED;
    }
    ApprovalRule rule = file.latest.verdict().approval();
    long have = file.votes.stream().filter(v -> v.decision() == Vote.Decision.APPROVE).count();
    long lacks = rule.count() - have;
    List<String> missing =
        file.state == Approval.State.OPEN && lacks > 0
            ? List.of(lacks + " more " + (lacks == 1 ? "approver" : "approvers"))
            : List.of();
    List<String> eligible =
        people.users(TENANT).stream()
            .filter(u -> u.is(Role.APPROVER) && !u.id().equals(plan.requester()))
            .map(User::id)
            .toList();
    return new Approval(
        plan.id(),
        plan.revision(),
        file.latest.digest(),
        file.state,
        rule,
        file.votes,
        missing,
        eligible,
        plan.expires(),
        file.receipt);
  }

  // ---- voting

  @Override
  public synchronized Ballot vote(VoteCast cast) {
    File file = plans.get(cast.plan());
    if (file == null) {
      return ballot(Ballot.Result.UNKNOWN_PLAN, "No plan " + cast.plan() + ".", null);
    }
    Approval before = approval(file);
    Optional<User> user = people.user(TENANT, cast.person());
    if (user.isEmpty()) {
      return ballot(Ballot.Result.STRANGER, "Nobody knows " + cast.person() + ".", file);
    }
    User who = user.get();
    Optional<Ballot> closed = closed(file, before, cast.proposal());
    if (closed.isPresent()) {
      return closed.get();
    }
    boolean approves = cast.decision() == Vote.Decision.APPROVE;
    if (approves && who.id().equals(file.latest.plan().requester())) {
      return ballot(Ballot.Result.REQUESTER, "Nobody approves what they asked for.", file);
    }
    if (!who.is(Role.APPROVER)) {
      return ballot(Ballot.Result.NOT_ELIGIBLE, who.id() + " is no approver.", file);
    }
    if (file.votes.stream().anyMatch(v -> v.user().equals(who.id()))) {
      return ballot(Ballot.Result.ALREADY, "Counted before.", file);
    }
    if (approves && cast.means() == Vote.Means.EMOJI && !before.rule().emoji()) {
      return ballot(Ballot.Result.NOT_BY_EMOJI, "This needs the button.", file);
    }
    if (!approves && cast.reason().isBlank()) {
      return ballot(Ballot.Result.NEEDS_REASON, "Say why.", file);
    }
    if (!file.latest.verdict().rules().equals(rules)) {
      return ballot(Ballot.Result.STALE, "The rules have changed.", file);
    }
    return count(file, cast, who);
  }

  private Optional<Ballot> closed(File file, Approval before, Digest proposal) {
    if (!file.latest.digest().equals(proposal)) {
      return Optional.of(
          ballot(
              Ballot.Result.SUPERSEDED,
              "v" + file.latest.plan().revision() + " is the newest.",
              file));
    }
    return switch (before.state()) {
      case BLOCKED -> Optional.of(ballot(Ballot.Result.BLOCKED, "The rules deny it.", file));
      case EXPIRED -> Optional.of(ballot(Ballot.Result.EXPIRED, "It expired.", file));
      case APPROVED, REJECTED, DISCARDED, SUPERSEDED ->
          Optional.of(ballot(Ballot.Result.DECIDED, "It is " + before.state() + ".", file));
      case OPEN -> Optional.empty();
    };
  }

  private Ballot count(File file, VoteCast cast, User who) {
    Plan plan = file.latest.plan();
    Vote vote = vote(file, who, cast.person(), cast.decision(), cast.means(), cast.reason());
    file.votes.add(vote);
    tell(new Event.Voted(vote, clock.instant()));
    if (vote.decision() == Vote.Decision.REJECT) {
      file.state = Approval.State.REJECTED;
      return ballot(Ballot.Result.COUNTED, plan.id() + " is rejected.", file);
    }
    if (file.votes.size() < file.latest.verdict().approval().count()) {
      return ballot(Ballot.Result.COUNTED, approval(file).missing().getFirst() + ".", file);
    }
    return start(file, Optional.empty());
  }

  private Ballot start(File file, Optional<BreakGlass> glass) {
    file.state = Approval.State.APPROVED;
    Receipt receipt = mint(file, glass);
    Run run = begin(file.latest, receipt.id());
    return new Ballot(
        Ballot.Result.COUNTED,
        "It runs as " + run.id() + ".",
        Optional.of(approval(file)),
        Optional.of(receipt),
        Optional.of(run));
  }

  private Vote vote(
      File file, User who, Person person, Vote.Decision decision, Vote.Means means, String reason) {
    Plan plan = file.latest.plan();
    return new Vote(
        TENANT,
        plan.id(),
        plan.revision(),
        file.latest.digest(),
        who.id(),
        person,
        decision,
        means,
        reason,
        who.demo(),
        clock.instant());
  }

  // ---- break-glass

  @Override
  public Optional<BreakGlassRule> breakGlassRule(String tenant) {
    return glass;
  }

  @Override
  public synchronized Ballot breakGlass(GlassCast cast) {
    File file = plans.get(cast.plan());
    if (file == null) {
      return ballot(Ballot.Result.UNKNOWN_PLAN, "No plan " + cast.plan() + ".", null);
    }
    Approval before = approval(file);
    Optional<User> user = people.user(TENANT, cast.person());
    if (glass.isEmpty()) {
      return ballot(Ballot.Result.OFF, "It is not switched on.", file);
    }
    if (user.isEmpty()) {
      return ballot(Ballot.Result.STRANGER, "Nobody knows " + cast.person() + ".", file);
    }
    BreakGlassRule rule = glass.get();
    User who = user.get();
    Plan plan = file.latest.plan();
    Optional<Ballot> closed = closed(file, before, cast.proposal());
    if (closed.isPresent()) {
      return closed.get();
    }
    if (!rule.may(who)) {
      return ballot(Ballot.Result.NOT_ELIGIBLE, who.id() + " is not named for it.", file);
    }
    if (plan.requester().equals(who.id()) && !rule.requester()) {
      return ballot(Ballot.Result.REQUESTER, "Not for one's own requests.", file);
    }
    if (before.rule().count() == 1 && before.eligible().contains(who.id())) {
      return ballot(Ballot.Result.NOT_NEEDED, "Approve it as usual.", file);
    }
    if (cast.reason().isBlank() || cast.reason().length() > BreakGlass.LONGEST_REASON) {
      return ballot(Ballot.Result.NEEDS_REASON, "Say why, in not too many words.", file);
    }
    if (!cast.environment().strip().equals(plan.environment())) {
      return ballot(Ballot.Result.WRONG_NAME, "It runs in " + plan.environment() + ".", file);
    }
    if (!file.latest.verdict().rules().equals(rules)) {
      return ballot(Ballot.Result.STALE, "The rules have changed.", file);
    }
    Vote vote =
        vote(
            file,
            who,
            cast.person(),
            Vote.Decision.APPROVE,
            Vote.Means.BREAK_GLASS,
            cast.reason().strip());
    file.votes.removeIf(former -> former.user().equals(who.id()));
    file.votes.add(vote);
    tell(new Event.Voted(vote, clock.instant()));
    return start(
        file,
        Optional.of(
            new BreakGlass(
                who.id(),
                vote.reason(),
                plan.environment(),
                before.rule().count(),
                before.missing(),
                rule.owners(),
                clock.instant().plus(rule.reviewWithin()))));
  }

  @Override
  public synchronized ReviewRuling review(String tenant, String plan, Person person) {
    Optional<Emergency> found =
        emergencies(tenant).stream().filter(e -> e.receipt().plan().equals(plan)).findFirst();
    Optional<User> user = people.user(TENANT, person);
    if (found.isEmpty() || user.isEmpty()) {
      return reviewed(found.isEmpty() ? ReviewRuling.Kind.NOT_BROKEN : ReviewRuling.Kind.STRANGER);
    }
    String who = user.get().id();
    if (found.get().glass().user().equals(who)) {
      return reviewed(ReviewRuling.Kind.OWN);
    }
    if (!found.get().glass().owners().contains(who)) {
      return reviewed(ReviewRuling.Kind.NOT_OWNER);
    }
    if (found.get().review().isPresent()) {
      return reviewed(ReviewRuling.Kind.ALREADY);
    }
    Receipt receipt = found.get().receipt();
    var review =
        new Review(
            plan,
            receipt.revision(),
            receipt.id(),
            who,
            person,
            user.get().demo(),
            clock.instant());
    reviews.put(receipt.id(), review);
    tell(new Event.Reviewed(review, clock.instant()));
    return new ReviewRuling(
        ReviewRuling.Kind.REVIEWED,
        "It is written down.",
        Optional.of(new Emergency(receipt, Optional.of(review))));
  }

  private static ReviewRuling reviewed(ReviewRuling.Kind kind) {
    return new ReviewRuling(kind, "It is " + kind + ".", Optional.empty());
  }

  @Override
  public synchronized List<Emergency> emergencies(String tenant) {
    return receipts.values().stream()
        .filter(receipt -> receipt.breakGlass().isPresent())
        .map(receipt -> new Emergency(receipt, Optional.ofNullable(reviews.get(receipt.id()))))
        .toList()
        .reversed();
  }

  // ---- receipts

  private Receipt mint(File file, Optional<BreakGlass> glass) {
    Proposal p = file.latest;
    String id = "rc-" + (receipts.size() + 1);
    Instant now = clock.instant();
    var receipt =
        new Receipt(
            id,
            TENANT,
            p.plan().id(),
            p.plan().revision(),
            p.digest(),
            p.plan().digest(),
            Digest.ofText("estimate"),
            Digest.ofText("verdict"),
            rules,
            "prices",
            List.of(WordPlanner.ACCOUNT),
            file.votes,
            p.plan().rollback(),
            WhenChatIsDown.CONTINUE,
            glass,
            now,
            now.plus(Duration.ofHours(1)),
            "header.payload.signature");
    receipts.put(id, receipt);
    file.receipt = Optional.of(id);
    tell(new Event.Minted(receipt, now));
    return receipt;
  }

  private Ballot ballot(Ballot.Result result, String message, File file) {
    return new Ballot(
        result,
        message,
        Optional.ofNullable(file).map(this::approval),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public synchronized Ballot withdraw(String tenant, String plan, Digest proposal, Person person) {
    File file = plans.get(plan);
    String user = people.user(tenant, person).map(User::id).orElse(person.id());
    boolean gone =
        file != null
            && file.state == Approval.State.OPEN
            && file.votes.removeIf(v -> v.user().equals(user) && v.proposal().equals(proposal));
    if (!gone) {
      return ballot(Ballot.Result.DECIDED, "There is no vote that could be taken back.", file);
    }
    tell(new Event.Withdrawn(plan, file.latest.plan().revision(), user, clock.instant()));
    return ballot(Ballot.Result.WITHDRAWN, "It no longer counts.", file);
  }

  @Override
  public synchronized Optional<Approval> discard(String tenant, String plan, Person person) {
    File file = plans.get(plan);
    Optional<User> user = people.user(TENANT, person);
    if (file == null || user.isEmpty() || !open(file)) {
      return Optional.ofNullable(file).map(this::approval);
    }
    if (user.get().is(Role.OPERATOR) || user.get().id().equals(file.latest.plan().requester())) {
      file.state = Approval.State.DISCARDED;
      tell(
          new Event.Discarded(
              plan, file.latest.plan().revision(), user.get().id(), clock.instant()));
    }
    return Optional.of(approval(file));
  }

  @Override
  public synchronized Outcome waive(
      String tenant,
      String plan,
      String rule,
      String addresses,
      String reason,
      User requestedBy,
      User approvedBy,
      Duration lasts) {
    if (requestedBy.id().equals(approvedBy.id())) {
      return new Outcome.Rejected(
          List.of(
              new Problem(
                  "approvedBy",
                  approvedBy.id(),
                  "nobody waives for themselves",
                  "ask somebody else")));
    }
    Instant now = clock.instant();
    waivers.add(
        new Waiver(
            tenant,
            "w-" + (waivers.size() + 1),
            rule,
            addresses,
            reason,
            requestedBy.id(),
            approvedBy.id(),
            now,
            now.plus(lasts)));
    File file = plans.get(plan);
    Plan old = file.latest.plan();
    return put(
        old.thread(),
        requestedBy,
        old.request(),
        file.latest.draft(),
        old.changes(),
        plan,
        old.revision() + 1,
        Optional.of(file),
        Optional.empty());
  }

  @Override
  public synchronized List<Waiver> waivers(String tenant) {
    return List.copyOf(waivers);
  }

  @Override
  public synchronized Optional<Receipt> receipt(String tenant, String id) {
    return Optional.ofNullable(receipts.get(id));
  }

  @Override
  public String publicKey() {
    return "{}";
  }

  // ---- running

  private Run begin(Proposal proposal, String receipt) {
    Plan plan = proposal.plan();
    var steps = new ArrayList<Step>();
    for (Change change : plan.changes()) {
      steps.add(
          new Step(
              "s-" + (steps.size() + 1),
              change,
              Set.of(),
              StepState.WAITING,
              1,
              Optional.empty(),
              Optional.empty(),
              "",
              Optional.empty(),
              Optional.empty()));
    }
    var run =
        new Run(
            TENANT,
            "r-" + (runs.size() + 1),
            plan.id(),
            plan.revision(),
            plan.thread(),
            receipt,
            RunState.RUNNING,
            steps,
            Map.of(),
            plan.undoes(),
            Optional.empty(),
            clock.instant(),
            Optional.empty(),
            "");
    runs.put(run.id(), run);
    tell(new Event.RunStarted(run.id(), plan, receipt, plan.undoes(), clock.instant()));
    Thread.ofVirtual().start(() -> carryOut(run.id()));
    return run;
  }

  private void carryOut(String id) {
    for (int i = 0; i < current(id).steps().size(); i++) {
      Step step = current(id).steps().get(i);
      if (step.state() == StepState.DONE) {
        continue;
      }
      attended(id);
      if (stopped(id)) {
        set(id, i, StepState.SKIPPED, Optional.empty(), Optional.empty());
        continue;
      }
      set(id, i, StepState.RUNNING, Optional.empty(), Optional.empty());
      tell(
          new Event.StepStarted(
              id, step.id(), step.attempt(), "token", "correlation", clock.instant()));
      if (step.at().name().startsWith("slow")) {
        await();
      }
      perform(id, i, step);
    }
    end(id);
  }

  /** Waits while the plan does and nobody can be told. */
  private void attended(String id) {
    Plan plan = plan(id);
    while (plan.whenChatIsDown() == WhenChatIsDown.WAIT && !stopped(id)) {
      Optional<String> away = presence.away(plan);
      boolean waiting = current(id).state() == RunState.WAITING;
      if (away.isPresent() && !waiting) {
        move(id, RunState.WAITING, away.get());
      }
      if (away.isEmpty()) {
        if (waiting) {
          move(id, RunState.RUNNING, "");
        }
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private synchronized Plan plan(String run) {
    return plans.get(runs.get(run).plan()).latest.plan();
  }

  private synchronized void move(String id, RunState state, String message) {
    Run run = runs.get(id);
    if (run.state() != RunState.CANCELLING) {
      runs.put(id, said(copy(run, state, run.steps(), run.health(), Optional.empty()), message));
      tell(new Event.RunMoved(id, state, message, clock.instant()));
    }
  }

  private Run said(Run run, String message) {
    List<Wait> waits =
        run.state() == RunState.WAITING
            ? Stream.concat(
                    run.waits().stream(),
                    Stream.of(new Wait(message, clock.instant(), Optional.empty())))
                .toList()
            : run.waits();
    return new Run(
        run.tenant(),
        run.id(),
        run.plan(),
        run.revision(),
        run.thread(),
        run.receipt(),
        run.state(),
        run.steps(),
        run.health(),
        run.undoes(),
        run.undoneBy(),
        run.started(),
        run.ended(),
        waits,
        message);
  }

  private void perform(String id, int index, Step step) {
    synchronized (this) {
      if (step.at().name().startsWith("flaky") && failedOnce.add(step.at().name())) {
        set(
            id,
            index,
            StepState.FAILED,
            Optional.empty(),
            Optional.of("Unavailable: the cloud is on holiday"));
        tell(
            new Event.StepFailed(
                id, step.id(), "Unavailable", "the cloud is on holiday", false, clock.instant()));
        return;
      }
      Optional<Resource> made = Optional.empty();
      if (step.change() instanceof Change.Delete) {
        tracked.remove(step.at());
      } else {
        var resource =
            new Resource(
                step.at().type(),
                new ResourceId("id-" + step.at().name()),
                step.at().name(),
                "here-1",
                step.change().properties(),
                Map.of(),
                Lifecycle.READY,
                Optional.empty());
        made = Optional.of(resource);
        tracked.put(
            step.at(),
            new Tracked(
                step.at(),
                resource,
                clock.instant(),
                Optional.of(id),
                Optional.of(current(id).thread())));
      }
      set(id, index, StepState.DONE, made, Optional.empty());
      tell(new Event.StepDone(id, step.id(), step.at(), made, clock.instant()));
    }
  }

  private synchronized void end(String id) {
    Run run = current(id);
    boolean failed = run.count(StepState.FAILED) > 0;
    RunState state =
        failed ? RunState.FAILED : cancelled.contains(id) ? RunState.CANCELLED : RunState.SUCCEEDED;
    var health = new LinkedHashMap<Address, Health>();
    run.steps().stream()
        .filter(s -> s.made().isPresent())
        .forEach(
            s -> health.put(s.at(), new Health(Health.State.HEALTHY, "answers", Optional.empty())));
    runs.put(id, copy(run, state, run.steps(), health, Optional.of(clock.instant())));
    tell(new Event.RunMoved(id, state, "", clock.instant()));
  }

  private synchronized Run current(String id) {
    return runs.get(id);
  }

  private synchronized boolean stopped(String id) {
    return cancelled.contains(id);
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void set(
      String id, int index, StepState state, Optional<Resource> made, Optional<String> error) {
    Run run = runs.get(id);
    var steps = new ArrayList<>(run.steps());
    Step s = steps.get(index);
    boolean over = state != StepState.RUNNING;
    steps.set(
        index,
        new Step(
            s.id(),
            s.change(),
            s.needs(),
            state,
            s.attempt(),
            made,
            error,
            "",
            Optional.of(clock.instant()),
            over ? Optional.of(clock.instant()) : Optional.empty()));
    runs.put(id, copy(run, run.state(), steps, run.health(), Optional.empty()));
  }

  private Run copy(
      Run run,
      RunState state,
      List<Step> steps,
      Map<Address, Health> health,
      Optional<Instant> ended) {
    return new Run(
        run.tenant(),
        run.id(),
        run.plan(),
        run.revision(),
        run.thread(),
        run.receipt(),
        state,
        steps,
        health,
        run.undoes(),
        run.undoneBy(),
        run.started(),
        ended,
        state == run.state() ? run.waits() : over(run.waits()),
        run.message());
  }

  private List<Wait> over(List<Wait> waits) {
    return waits.stream()
        .map(
            wait ->
                new Wait(
                    wait.why(), wait.since(), wait.until().or(() -> Optional.of(clock.instant()))))
        .toList();
  }

  @Override
  public synchronized Optional<Run> run(String tenant, String id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized List<Run> runs(String tenant) {
    return List.copyOf(runs.values()).reversed();
  }

  @Override
  public synchronized Run cancel(String tenant, String id, User user) {
    Run run = runs.get(id);
    if (run.state().ended()) {
      throw new IllegalArgumentException(id + " has ended");
    }
    cancelled.add(id);
    Run now = copy(run, RunState.CANCELLING, run.steps(), run.health(), Optional.empty());
    runs.put(id, now);
    tell(new Event.CancelAsked(id, user.id(), clock.instant()));
    return now;
  }

  @Override
  public synchronized Run retry(String tenant, String id, User user) {
    Run run = runs.get(id);
    if (run.state() != RunState.FAILED && run.state() != RunState.CANCELLED) {
      throw new IllegalArgumentException(
          id + " is " + run.state() + ": only a failed or cancelled run can be retried");
    }
    cancelled.remove(id);
    var steps = new ArrayList<Step>();
    for (Step s : run.steps()) {
      steps.add(
          s.state() == StepState.DONE
              ? s
              : new Step(
                  s.id(),
                  s.change(),
                  s.needs(),
                  StepState.WAITING,
                  s.attempt() + 1,
                  Optional.empty(),
                  Optional.empty(),
                  "",
                  Optional.empty(),
                  Optional.empty()));
    }
    Run now = copy(run, RunState.RUNNING, steps, Map.of(), Optional.empty());
    runs.put(id, now);
    tell(new Event.Retried(id, user.id(), clock.instant()));
    Thread.ofVirtual().start(() -> carryOut(id));
    return now;
  }

  @Override
  public synchronized Outcome rollback(String tenant, String id, User requester) {
    Run run = runs.get(id);
    var changes = new ArrayList<Change>();
    for (Step step : run.steps().reversed()) {
      step.made()
          .ifPresent(
              made ->
                  changes.add(
                      new Change.Delete(step.at(), "here-1", made.id(), made.properties())));
    }
    Draft old = plans.get(run.plan()).latest.draft();
    var draft =
        new Draft(
            "roll back " + id,
            old.environment(),
            old.place(),
            List.of(),
            Map.of(),
            Optional.empty(),
            false,
            "rollback");
    return put(
        run.thread(),
        requester,
        "rollback " + id,
        draft,
        changes,
        "p-" + (plans.size() + 1),
        1,
        Optional.empty(),
        Optional.of(id));
  }

  // ---- looking

  @Override
  public synchronized List<Tracked> tracked(String tenant) {
    return List.copyOf(tracked.values());
  }

  @Override
  public List<Drift> drift(String tenant, Optional<String> account) {
    return List.of();
  }

  @Override
  public Clouds clouds() {
    throw new UnsupportedOperationException("there is no cloud behind this engine");
  }

  @Override
  public synchronized Blueprint keep(String tenant, String plan, String name, User user) {
    var blueprint =
        new Blueprint(
            name,
            plans.get(plan).latest.plan().title(),
            Set.of(),
            List.of(),
            Codec.encode(plans.get(plan).latest.draft()),
            1);
    kept.put(name, blueprint);
    return blueprint;
  }

  @Override
  public synchronized List<Blueprint> blueprints(String tenant) {
    return List.copyOf(kept.values());
  }

  @Override
  public synchronized Answer ask(String tenant, Ask question) {
    if (question instanceof Ask.Sparql(var text, _)
        && !text.strip().toUpperCase(java.util.Locale.ROOT).startsWith("SELECT")) {
      throw new Knowledge.Refused(Knowledge.Refused.Why.FORBIDDEN, "only SELECT is answered");
    }
    List<List<Optional<Term>>> rows =
        tracked.values().stream()
            .map(
                t ->
                    List.<Optional<Term>>of(
                        Optional.of(new Term.Text(t.at().name())),
                        Optional.of(new Term.Text(t.at().type().toString()))))
            .toList();
    String query =
        question instanceof Ask.Sparql(var text, _)
            ? text
            : "SELECT ?name ?type WHERE { ?r a ?type }";
    return new Answer(
        rows.size() + " resources exist",
        List.of("name", "type"),
        rows,
        true,
        query,
        question.asOf().orElse(clock.instant()),
        Duration.ofMillis(3));
  }

  @Override
  public List<Rule> rules(String tenant) {
    return List.of(
        new Rule(
            "TST-PUB-001",
            "test",
            "No public bucket",
            Severity.HIGH,
            List.of("test:Bucket"),
            "leave the word public away",
            Map.of(),
            "test.yaml:1",
            "deny: public"));
  }

  @Override
  public List<AuditLine> audit(String tenant, long after, int limit) {
    return List.of();
  }

  @Override
  public void note(String tenant, User user, String what, String about) {
    tell(new Event.Noted(user.id(), what, about, clock.instant()));
    notes.add(user.id() + " " + what + " " + about);
  }

  /** What was written into the audit log besides plans, votes and runs. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public AuditReport verifyAudit(String tenant) {
    return new AuditReport(0, true, Optional.empty(), "nothing written");
  }

  private void tell(Event event) {
    var notice = new Notice(TENANT, sequence.incrementAndGet(), event);
    telling.execute(() -> watchers.forEach(watcher -> watcher.accept(notice)));
  }

  @Override
  public AutoCloseable watch(Consumer<Notice> listener) {
    watchers.add(listener);
    return () -> watchers.remove(listener);
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public Directory directory() {
    return people;
  }

  @Override
  public Knowledge knowledge() {
    throw new UnsupportedOperationException("ask() answers here");
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Map<String, Check> check() {
    return Map.of("engine", Check.ok("scripted"));
  }

  @Override
  public void close() {
    telling.shutdownNow();
  }
}
