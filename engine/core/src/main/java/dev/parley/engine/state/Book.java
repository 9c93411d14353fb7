package dev.parley.engine.state;

import dev.parley.approval.Emergency;
import dev.parley.approval.Receipt;
import dev.parley.approval.Review;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Change;
import dev.parley.policy.Waiver;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All that is known of one tenant, folded from its events. Read it through the {@link Ledger}. */
public final class Book {
  private final String tenant;
  private final Map<String, PlanFile> plans = new LinkedHashMap<>();
  private final Map<String, String> latest = new LinkedHashMap<>();
  private final Map<String, RunFile> runs = new LinkedHashMap<>();
  private final Map<String, Receipt> receipts = new LinkedHashMap<>();
  private final Map<String, String> spent = new LinkedHashMap<>();
  private final List<String> emergencies = new ArrayList<>();
  private final Map<String, Review> reviews = new HashMap<>();
  private final List<Waiver> waivers = new ArrayList<>();
  private final Map<Address, Tracked> tracked = new TreeMap<>();
  private final Map<Address, Fields> desired = new TreeMap<>();
  private final Map<String, Blueprint> blueprints = new TreeMap<>();
  private final AtomicInteger lastPlan = new AtomicInteger();
  private final AtomicInteger lastRun = new AtomicInteger();
  private final AtomicInteger lastWaiver = new AtomicInteger();
  private final AtomicInteger lastReceipt = new AtomicInteger();
  private long sequence;
  private long inventoryVersion;

  Book(String tenant) {
    this.tenant = tenant;
  }

  /** The place of the last event. */
  public long sequence() {
    return sequence;
  }

  public Optional<PlanFile> plan(String id) {
    return Optional.ofNullable(plans.get(id));
  }

  /** Oldest first. */
  public Collection<PlanFile> plans() {
    return Collections.unmodifiableCollection(plans.values());
  }

  /** The plan last proposed in a thread. */
  public Optional<PlanFile> latestIn(String thread) {
    return Optional.ofNullable(latest.get(thread)).flatMap(this::plan);
  }

  public Optional<RunFile> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** Oldest first. */
  public Collection<RunFile> runs() {
    return Collections.unmodifiableCollection(runs.values());
  }

  public Optional<Receipt> receipt(String id) {
    return Optional.ofNullable(receipts.get(id));
  }

  /** Receipts whose run has not started. */
  public List<Receipt> unspent() {
    return receipts.values().stream().filter(receipt -> !spent.containsKey(receipt.id())).toList();
  }

  /** The run that spent a receipt. */
  public Optional<String> spentBy(String receipt) {
    return Optional.ofNullable(spent.get(receipt));
  }

  /** Approvals by break-glass, oldest first. */
  public List<Emergency> emergencies() {
    return emergencies.stream().flatMap(id -> emergency(id).stream()).toList();
  }

  /** What a receipt says of an emergency; empty if a quorum earned it. */
  public Optional<Emergency> emergency(String receipt) {
    return receipt(receipt)
        .filter(found -> found.breakGlass().isPresent())
        .map(found -> new Emergency(found, Optional.ofNullable(reviews.get(receipt))));
  }

  public List<Waiver> waivers() {
    return List.copyOf(waivers);
  }

  /** All that exists, by address. */
  public List<Tracked> tracked() {
    return List.copyOf(tracked.values());
  }

  public Optional<Tracked> tracked(Address at) {
    return Optional.ofNullable(tracked.get(at));
  }

  /** Rises with every change of what exists. */
  public long inventoryVersion() {
    return inventoryVersion;
  }

  /** What was last asked for, references unresolved. */
  public Map<Address, Fields> desired() {
    return Map.copyOf(desired);
  }

  public Optional<Fields> desired(Address at) {
    return Optional.ofNullable(desired.get(at));
  }

  /** Most used first. */
  public List<Blueprint> blueprints() {
    return blueprints.values().stream()
        .sorted((a, b) -> a.uses() == b.uses() ? a.name().compareTo(b.name()) : b.uses() - a.uses())
        .toList();
  }

  /** An id nobody has had; not handed out again, even if it is never used. */
  public String nextPlan() {
    return "p-" + lastPlan.incrementAndGet();
  }

  /** An id nobody has had. */
  public String nextRun() {
    return "r-" + lastRun.incrementAndGet();
  }

  /** An id nobody has had. */
  public String nextWaiver() {
    return "w-" + lastWaiver.incrementAndGet();
  }

  /** An id nobody has had. */
  public String nextReceipt() {
    return "receipt-" + lastReceipt.incrementAndGet();
  }

  void fold(long place, Event event) {
    sequence = place;
    switch (event) {
      case Event.Proposed(var proposal, _) -> {
        count(lastPlan, proposal.plan().id());
        plans.computeIfAbsent(proposal.plan().id(), _ -> new PlanFile()).proposed(proposal);
        latest.remove(proposal.plan().thread());
        latest.put(proposal.plan().thread(), proposal.plan().id());
      }
      case Event.Discarded e -> plan(e.plan()).ifPresent(PlanFile::discarded);
      case Event.Expired e -> plan(e.plan()).ifPresent(PlanFile::expired);
      case Event.Voted(var vote, _) -> plan(vote.plan()).ifPresent(plan -> plan.voted(vote));
      case Event.Withdrawn e -> plan(e.plan()).ifPresent(plan -> plan.withdrawn(e.user()));
      case Event.Waived(var waiver, _) -> {
        count(lastWaiver, waiver.id());
        waivers.add(waiver);
      }
      case Event.Minted(var receipt, _) -> {
        count(lastReceipt, receipt.id());
        receipts.put(receipt.id(), receipt);
        receipt.breakGlass().ifPresent(_ -> emergencies.add(receipt.id()));
        plan(receipt.plan()).ifPresent(plan -> plan.minted(receipt.id()));
      }
      case Event.Reviewed(var review, _) -> reviews.putIfAbsent(review.receipt(), review);
      case Event.RunStarted e -> {
        count(lastRun, e.run());
        runs.put(e.run(), new RunFile(e));
        spent.putIfAbsent(e.receipt(), e.run());
        plan(e.plan().id()).ifPresent(plan -> plan.ran(e.run()));
        e.undoes().flatMap(this::run).ifPresent(undone -> undone.undoneBy(e.run()));
      }
      case Event.StepStarted e -> mine(e.run()).mine(e.step()).started(e);
      case Event.StepAccepted e -> mine(e.run()).mine(e.step()).accepted(e);
      case Event.StepDelayed e -> mine(e.run()).mine(e.step()).delayed(e);
      case Event.StepDone e -> done(e);
      case Event.StepFailed e -> mine(e.run()).mine(e.step()).failed(e);
      case Event.StepSkipped e -> mine(e.run()).mine(e.step()).skipped(e);
      case Event.CancelAsked e -> mine(e.run()).cancelAsked(e.user(), e.at());
      case Event.Retried e -> mine(e.run()).retried();
      case Event.Checked e -> mine(e.run()).checked(e);
      case Event.RunMoved e -> mine(e.run()).moved(e);
      case Event.Observed e -> observed(e);
      case Event.Drifted _, Event.Noted _, Event.CatalogRead _ -> {}
      case Event.BlueprintKept e -> blueprints.put(e.blueprint().name(), e.blueprint());
    }
  }

  private void done(Event.StepDone event) {
    RunFile run = mine(event.run());
    StepFile step = run.mine(event.step());
    step.done(event);
    switch (step.change()) {
      case Change.Create create -> {
        run.remember(create.at(), desired(create.at()));
        desired.put(create.at(), create.desired());
        keep(create.at(), event.made(), event.at(), run);
      }
      case Change.Update update -> {
        run.remember(update.at(), desired(update.at()));
        desired.put(update.at(), update.now());
        keep(update.at(), event.made(), event.at(), run);
      }
      case Change.Delete delete -> {
        run.remember(delete.at(), desired(delete.at()));
        desired.remove(delete.at());
        tracked.remove(delete.at());
        inventoryVersion++;
      }
      case Change.Call call -> keep(call.at(), event.made(), event.at(), run);
      case Change.Read read -> keep(read.at(), event.made(), event.at(), run);
      case Change.Replace _, Change.NoOp _ ->
          throw new IllegalStateException("no step is a " + step.change());
    }
  }

  private void keep(Address at, Optional<Resource> made, Instant seen, RunFile run) {
    made.ifPresent(
        resource -> {
          inventoryVersion++;
          tracked.put(
              at,
              new Tracked(
                  at, resource, seen, Optional.of(run.id()), Optional.of(run.plan().thread())));
        });
  }

  private void observed(Event.Observed event) {
    inventoryVersion++;
    Optional<Tracked> former = tracked(event.address());
    if (event.resource().isEmpty()) {
      tracked.remove(event.address());
      return;
    }
    tracked.put(
        event.address(),
        new Tracked(
            event.address(),
            event.resource().get(),
            event.at(),
            former.flatMap(Tracked::run),
            former.flatMap(Tracked::thread)));
  }

  private RunFile mine(String id) {
    RunFile run = runs.get(id);
    if (run == null) {
      throw new IllegalStateException("tenant " + tenant + " has no run " + id);
    }
    return run;
  }

  /** Numbers up to the one in use are taken. */
  private static void count(AtomicInteger last, String id) {
    String digits = id.substring(id.lastIndexOf('-') + 1);
    if (digits.chars().allMatch(Character::isDigit) && !digits.isEmpty() && digits.length() < 10) {
      last.accumulateAndGet(Integer.parseInt(digits), Math::max);
    }
  }
}
