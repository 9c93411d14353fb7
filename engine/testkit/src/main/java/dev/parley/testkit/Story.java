package dev.parley.testkit;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Vote;
import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.engine.state.Events;
import dev.parley.engine.state.Steps;
import dev.parley.identity.Person;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Change;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Severity;
import dev.parley.policy.Verdict;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.run.Entry;
import dev.parley.run.Event;
import dev.parley.run.Journal;
import dev.parley.run.RunState;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A made-up history: proposals, votes, runs and observations as events in a journal, a second
 * apart, without an engine or a cloud.
 */
public final class Story {
  private final String tenant;
  private final Journal journal;
  private final SettableClock clock;
  private final Map<Address, Money> prices = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int plans;
  private int runs;

  /** Begins at the clock's time. */
  public Story(String tenant, Journal journal, SettableClock clock) {
    this.tenant = tenant;
    this.journal = journal;
    this.clock = clock;
  }

  /** {@code account/type/name}, of the family aws. */
  public static Address at(String account, String type, String name) {
    return new Address(account, new ResourceType("aws", type), name);
  }

  /** A resource as its provider would show it. */
  public static Resource seen(Address at, Fields properties, Map<String, String> tags) {
    return new Resource(
        at.type(),
        new ResourceId("id-" + at.name()),
        at.name(),
        "ap-south-1",
        properties,
        tags,
        Lifecycle.READY,
        Optional.empty());
  }

  /** From the next proposal on, the resource costs this a month. */
  public Story costs(Address at, Money monthly) {
    prices.put(at, monthly);
    return this;
  }

  /** The next proposal has this finding. */
  public Story finds(Address at, String rule, Severity severity, String message) {
    findings.add(
        new Finding(
            rule,
            severity,
            Enforcement.WARN,
            Outcome.FAIL,
            Optional.of(at),
            Pointer.of("/Ingress/0"),
            message,
            "mend it",
            Set.of(),
            Optional.empty()));
    return this;
  }

  /** Writes an event into the journal, a second after the former one. */
  public Entry tell(Event event) {
    Entry entry = journal.append(List.of(Events.fresh(tenant, event))).getFirst();
    clock.advance(Duration.ofSeconds(1));
    return entry;
  }

  /** The time of the next event. */
  public Instant now() {
    return clock.instant();
  }

  /** A plan of these changes is put to the vote. */
  public Proposal propose(String requester, Change... changes) {
    return propose("p-" + ++plans, 1, requester, changes);
  }

  /** A plan is put to the vote under an id and revision of one's own. */
  public Proposal propose(String id, int revision, String requester, Change... changes) {
    Plan plan = plan(id, revision, requester, List.of(changes));
    var lines = new ArrayList<Estimate.Line>();
    Money sum = Money.zero("INR");
    for (Change change : changes) {
      Money price = prices.get(change.at());
      lines.add(line(change.at(), Optional.ofNullable(price)));
      sum = price == null ? sum : sum.plus(price);
    }
    int unpriced = (int) lines.stream().filter(line -> line.monthly().isEmpty()).count();
    var estimate =
        new Estimate(
            plan.digest(),
            lines,
            Money.zero("INR"),
            sum,
            unpriced,
            Optional.empty(),
            Optional.empty(),
            "prices-1");
    var verdict =
        new Verdict(
            plan.digest(),
            "rules-1",
            List.copyOf(findings),
            new ApprovalRule(1, List.of(), true, List.of()),
            1,
            List.of());
    findings.clear();
    var draft =
        new Draft(
            plan.title(),
            Optional.empty(),
            Place.ANY,
            List.of(),
            Map.of(),
            Optional.empty(),
            false,
            "offline");
    var proposal =
        new Proposal(
            plan,
            draft,
            estimate,
            verdict,
            Optional.empty(),
            List.of(),
            Digest.ofText("proposal " + plan.digest()));
    tell(new Event.Proposed(proposal, now()));
    return proposal;
  }

  private Plan plan(String id, int revision, String requester, List<Change> changes) {
    Instant created = now();
    return new Plan(
        tenant,
        id,
        revision,
        "thread-1",
        requester,
        "please",
        "plan " + id,
        "production",
        "offline",
        changes,
        Map.of(),
        Optional.empty(),
        false,
        Optional.empty(),
        new Plan.Basis(Map.of(), Map.of(), "rules-1", "prices-1"),
        created,
        created.plusSeconds(3600),
        Digest.ofText(id + revision + changes.size()));
  }

  private static Estimate.Line line(Address at, Optional<Money> monthly) {
    return new Estimate.Line(
        at,
        at.name() + ", ap-south-1",
        "sku-" + at.name(),
        BigDecimal.ONE,
        "month",
        monthly,
        monthly,
        Money.zero("INR"),
        monthly.isPresent() ? Confidence.PRICED : Confidence.UNPRICED,
        "test book",
        monthly.map(_ -> LocalDate.of(2026, 1, 1)),
        "");
  }

  /** Somebody approves it. */
  public Vote approve(Proposal proposal, String user) {
    return approve(proposal, user, Vote.Means.BUTTON, "");
  }

  private Vote approve(Proposal proposal, String user, Vote.Means means, String reason) {
    Plan plan = proposal.plan();
    var vote =
        new Vote(
            tenant,
            plan.id(),
            plan.revision(),
            proposal.digest(),
            user,
            new Person("console", "", user),
            Vote.Decision.APPROVE,
            means,
            reason,
            false,
            now());
    tell(new Event.Voted(vote, now()));
    return vote;
  }

  /** One user stands in for the quorum of two; a receipt is minted, and nothing runs yet. */
  public Receipt breakGlass(Proposal proposal, String user, String reason, String... owners) {
    Vote vote = approve(proposal, user, Vote.Means.BREAK_GLASS, reason);
    var glass =
        new BreakGlass(
            user,
            reason,
            proposal.plan().environment(),
            2,
            List.of("1 more approver"),
            List.of(owners),
            now().plusSeconds(86_400));
    Receipt receipt = receipt(proposal, Optional.of(glass), vote);
    tell(new Event.Minted(receipt, now()));
    return receipt;
  }

  /** The receipt is minted and the run begins; its name. */
  public String start(Proposal proposal, Vote... votes) {
    Receipt receipt = receipt(proposal, Optional.empty(), votes);
    tell(new Event.Minted(receipt, now()));
    String run = "r-" + ++runs;
    tell(new Event.RunStarted(run, proposal.plan(), receipt.id(), Optional.empty(), now()));
    return run;
  }

  private Receipt receipt(Proposal proposal, Optional<BreakGlass> glass, Vote... votes) {
    Plan plan = proposal.plan();
    return new Receipt(
        "rc-" + plan.id() + "-" + plan.revision(),
        tenant,
        plan.id(),
        plan.revision(),
        proposal.digest(),
        plan.digest(),
        Digest.ofText("estimate"),
        Digest.ofText("verdict"),
        "rules-1",
        "prices-1",
        List.of("aws-prod"),
        List.of(votes),
        true,
        WhenChatIsDown.CONTINUE,
        glass,
        now(),
        now().plusSeconds(600),
        "jws");
  }

  /** One step of a run begins and is done; what it made is what was wanted, plus an id. */
  public void step(String run, Steps.Planned step, Map<String, String> tags) {
    tell(new Event.StepStarted(run, step.id(), 1, "token", "correlation", now()));
    Address at = step.change().at();
    boolean gone = step.change() instanceof Change.Delete;
    Optional<Resource> made =
        gone ? Optional.empty() : Optional.of(seen(at, resolved(step.change().properties()), tags));
    tell(new Event.StepDone(run, step.id(), at, made, now()));
  }

  /** References have become the ids of what they point at. */
  private static Fields resolved(Fields desired) {
    return (Fields) resolve(desired);
  }

  private static Value resolve(Value value) {
    return switch (value) {
      case Value.Ref(var target, _) -> Value.text("id-" + Address.of(target).name());
      case Value.Items(var items) -> new Value.Items(items.stream().map(Story::resolve).toList());
      case Fields(var fields) -> {
        var copy = Fields.EMPTY;
        for (var field : fields.entrySet()) {
          copy = copy.with(field.getKey(), resolve(field.getValue()));
        }
        yield copy;
      }
      default -> value;
    };
  }

  /** Proposed, approved, run through and succeeded; the run's name. */
  public String carryOut(
      String requester, String approver, Map<String, String> tags, Change... changes) {
    Proposal proposal = propose(requester, changes);
    String run = start(proposal, approve(proposal, approver));
    Steps.of(proposal.plan()).forEach(step -> step(run, step, tags));
    tell(new Event.RunMoved(run, RunState.SUCCEEDED, "", now()));
    return run;
  }

  /** A Create in ap-south-1. */
  public static Change.Create create(Address at, Fields desired) {
    return new Change.Create(at, "ap-south-1", desired);
  }

  /** A Delete of what {@link #seen} shows. */
  public static Change.Delete delete(Address at) {
    return new Change.Delete(at, "ap-south-1", new ResourceId("id-" + at.name()), Fields.EMPTY);
  }

  /** An Update of what {@link #seen} shows. */
  public static Change.Update update(Address at, Fields was, Fields now) {
    return new Change.Update(at, "ap-south-1", new ResourceId("id-" + at.name()), was, now);
  }
}
