package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.own;

import dev.parley.approval.BreakGlass;
import dev.parley.approval.Proposal;
import dev.parley.approval.Receipt;
import dev.parley.approval.Review;
import dev.parley.approval.Vote;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Triples;
import dev.parley.plan.Plan;
import dev.parley.policy.Waiver;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.run.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A tenant's events told as graphs. Everything is named after journal places, so that telling the
 * same events again writes the same statements. Only what later events build on is kept in memory.
 */
final class Chronicle {
  /** Plans waiting for a decision whose costs are kept; the costs of older ones are forgotten. */
  private static final int WAITING_PLANS = 2_000;

  /** Steps of ended runs that are kept in case the run is retried; older ones are read again. */
  private static final int ENDED_STEPS = 5_000;

  private final Names names;
  private final Introductions introductions;
  private final Standing standing;
  private final Map<String, Map<Address, Cost>> costs = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, Iri> votes = new LinkedHashMap<>();
  private final Map<String, RunSheets> runs = new LinkedHashMap<>();
  private final Set<RunSheets> moved = new LinkedHashSet<>();
  private final Function<String, List<Event>> recall;
  private final List<Triples> pages = new ArrayList<>();
  private int triples;

  /**
   * Nothing told yet.
   *
   * @param recall what was told of a run until now, its proposal first
   */
  Chronicle(String tenant, Surroundings around, Function<String, List<Event>> recall) {
    this.names = new Names(tenant);
    this.recall = recall;
    this.introductions = new Introductions(names, around);
    this.standing = new Standing(names, around, introductions);
  }

  /** Takes one event in. Events come in the order of the journal. */
  void tell(long sequence, Event event) {
    switch (event) {
      case Event.Proposed e -> proposed(e.proposal(), e.at());
      case Event.Voted e -> voted(sequence, e.vote());
      case Event.Withdrawn e -> withdrawn(sequence, e);
      case Event.Discarded e -> outcome(sequence, e.plan(), e.revision(), "discarded", e.at());
      case Event.Expired e -> outcome(sequence, e.plan(), e.revision(), "expired", e.at());
      case Event.Waived e -> page(waiver(e.waiver(), e.at()));
      case Event.Minted e -> page(receipt(e.receipt(), e.at()));
      case Event.Reviewed e -> page(review(e.review(), e.at()));
      case Event.RunStarted e -> started(e);
      case Event.StepDone e -> done(sequence, e);
      case Event.StepStarted e -> run(e.run(), e);
      case Event.StepAccepted e -> run(e.run(), e);
      case Event.StepDelayed e -> run(e.run(), e);
      case Event.StepFailed e -> run(e.run(), e);
      case Event.StepSkipped e -> run(e.run(), e);
      case Event.Checked e -> run(e.run(), e);
      case Event.RunMoved e -> run(e.run(), e);
      case Event.CancelAsked e -> {
        introduce("run " + e.run(), sequence, e.at(), sheet -> introductions.user(sheet, e.user()));
        run(e.run(), e);
      }
      case Event.Retried e -> {
        introduce("run " + e.run(), sequence, e.at(), sheet -> introductions.user(sheet, e.user()));
        run(e.run(), e);
      }
      case Event.Observed e -> observed(sequence, e);
      case Event.Drifted e -> drifted(sequence, e.drift(), e.at());
      case Event.Noted _, Event.CatalogRead _, Event.BlueprintKept _ -> {}
    }
  }

  /** How many statements wait to be recorded. */
  int waiting() {
    return triples;
  }

  /** The graphs that are new or changed since the last time. */
  List<Triples> drain() {
    var drained = new ArrayList<>(pages);
    moved.forEach(run -> run.write(drained::add));
    forget();
    return drained;
  }

  /** Forgets what would be recorded: it is in the graph already. */
  void skip() {
    moved.forEach(RunSheets::unmoved);
    forget();
  }

  private void forget() {
    moved.clear();
    pages.clear();
    triples = 0;
  }

  /** Lets go of the oldest ended runs, as long as nothing of them waits to be recorded. */
  private void evict() {
    int ended = runs.values().stream().filter(RunSheets::ended).mapToInt(RunSheets::size).sum();
    for (var oldest = runs.values().iterator(); ended > ENDED_STEPS && oldest.hasNext(); ) {
      RunSheets run = oldest.next();
      if (run.ended() && !moved.contains(run)) {
        ended -= run.size();
        oldest.remove();
      }
    }
  }

  private void page(Triples page) {
    pages.add(page);
    triples += page.triples().size();
  }

  /** Says who or what is mentioned for the first time, on a sheet that is never closed. */
  private void introduce(String about, long sequence, Instant at, Consumer<Sheet> mention) {
    var sheet = new Sheet(names.meta(about, sequence), at);
    int before = sheet.size();
    mention.accept(sheet);
    if (sheet.size() > before) {
      page(sheet.triples());
    }
  }

  private void proposed(Proposal proposal, Instant at) {
    Plan plan = proposal.plan();
    told.add(plan.id() + "/" + plan.revision());
    page(ProposalSheet.of(names, introductions, proposal, at));
    costs.remove(plan.id());
    costs.put(plan.id(), Cost.of(proposal, names));
    for (var oldest = costs.keySet().iterator(); costs.size() > WAITING_PLANS; ) {
      oldest.next();
      oldest.remove();
    }
  }

  private void voted(long sequence, Vote vote) {
    Iri node = names.vote(vote.plan(), vote.revision(), vote.user(), sequence);
    introduce(
        "vote " + vote.plan(),
        sequence,
        vote.at(),
        sheet -> introductions.user(sheet, vote.user()));
    var sheet = new Sheet(node, vote.at());
    String verb = vote.decision() == Vote.Decision.APPROVE ? "approves" : "rejects";
    sheet
        .say(node, Terms.TYPE, own("Vote"))
        .say(node, own(verb), names.plan(vote.plan(), vote.revision()))
        .say(node, Terms.ATTRIBUTED_TO, names.user(vote.user()))
        .time(node, Terms.GENERATED_AT, vote.at())
        .text(node, own("proposalDigest"), vote.proposal().hex())
        .word(node, own("means"), vote.means())
        .text(node, own("surface"), vote.person().surface())
        .text(node, Terms.COMMENT, vote.reason())
        .flag(node, own("demo"), vote.demo());
    page(sheet.triples());
    votes.put(ballot(vote.plan(), vote.revision(), vote.user()), node);
    for (var oldest = votes.keySet().iterator(); votes.size() > WAITING_PLANS * 4; ) {
      oldest.next();
      oldest.remove();
    }
  }

  private void withdrawn(long sequence, Event.Withdrawn event) {
    Iri vote = votes.remove(ballot(event.plan(), event.revision(), event.user()));
    if (vote != null) {
      var meta = new Sheet(names.meta("vote " + event.plan(), sequence), event.at());
      page(meta.time(vote, Terms.INVALIDATED_AT, event.at()).triples());
    }
  }

  private static String ballot(String plan, int revision, String user) {
    return plan + "/" + revision + "/" + user;
  }

  private void outcome(long sequence, String plan, int revision, String outcome, Instant at) {
    var meta = new Sheet(names.meta("plan " + plan, sequence), at);
    page(meta.text(names.plan(plan, revision), own("planOutcome"), outcome).triples());
    costs.remove(plan);
  }

  private Triples waiver(Waiver waiver, Instant at) {
    Iri node = names.waiver(waiver.id());
    var sheet = new Sheet(node, at);
    return sheet
        .say(node, Terms.TYPE, own("Waiver"))
        .text(node, Terms.IDENTIFIER, waiver.id())
        .text(node, own("rule"), waiver.rule())
        .text(node, own("addresses"), waiver.addresses())
        .text(node, Terms.COMMENT, waiver.reason())
        .say(node, own("requestedBy"), introductions.user(sheet, waiver.requestedBy()))
        .say(node, own("approvedBy"), introductions.user(sheet, waiver.approvedBy()))
        .time(node, Terms.GENERATED_AT, waiver.given())
        .time(node, own("expires"), waiver.expires())
        .triples();
  }

  private Triples receipt(Receipt receipt, Instant at) {
    Iri node = names.receipt(receipt.id());
    var sheet = new Sheet(node, at);
    sheet
        .say(node, Terms.TYPE, own("Receipt"))
        .say(node, Terms.TYPE, Terms.ENTITY)
        .text(node, Terms.IDENTIFIER, receipt.id())
        .say(node, own("receiptFor"), names.plan(receipt.plan(), receipt.revision()))
        .text(node, own("proposalDigest"), receipt.proposal().hex())
        .text(node, own("planDigest"), receipt.planDigest().hex())
        .text(node, own("ruleRevision"), receipt.rules())
        .text(node, own("priceRevision"), receipt.prices())
        .flag(node, own("coversRollback"), receipt.rollback())
        .flag(node, own("waitsForChat"), receipt.whenChatIsDown() == WhenChatIsDown.WAIT)
        .time(node, Terms.GENERATED_AT, receipt.issued())
        .time(node, own("expires"), receipt.expires());
    receipt.breakGlass().ifPresent(glass -> broken(sheet, node, glass));
    receipt
        .accounts()
        .forEach(account -> sheet.say(node, own("account"), introductions.account(sheet, account)));
    for (Vote vote : receipt.votes()) {
      Iri known = votes.get(ballot(vote.plan(), vote.revision(), vote.user()));
      if (known != null) {
        sheet.say(node, Terms.DERIVED_FROM, known);
      }
    }
    return sheet.triples();
  }

  private void broken(Sheet sheet, Iri receipt, BreakGlass glass) {
    sheet
        .say(receipt, own("breakGlassBy"), introductions.user(sheet, glass.user()))
        .text(receipt, Terms.COMMENT, glass.reason())
        .number(receipt, own("usualApprovers"), glass.usual())
        .time(receipt, own("reviewBy"), glass.reviewBy());
    glass.missing().forEach(lack -> sheet.text(receipt, own("approvalMissing"), lack));
    glass
        .owners()
        .forEach(
            owner -> sheet.say(receipt, own("emergencyOwner"), introductions.user(sheet, owner)));
  }

  private Triples review(Review review, Instant at) {
    Iri node = names.review(review.receipt());
    var sheet = new Sheet(node, at);
    return sheet
        .say(node, Terms.TYPE, own("Review"))
        .say(node, own("reviews"), names.receipt(review.receipt()))
        .say(node, Terms.DERIVED_FROM, names.receipt(review.receipt()))
        .say(node, Terms.ATTRIBUTED_TO, introductions.user(sheet, review.user()))
        .time(node, Terms.GENERATED_AT, review.at())
        .text(node, own("surface"), review.person().surface())
        .flag(node, own("demo"), review.demo())
        .triples();
  }

  private void started(Event.RunStarted event) {
    Plan plan = event.plan();
    if (told.add(plan.id() + "/" + plan.revision())) {
      page(ProposalSheet.of(names, introductions, plan, event.at()));
    }
    Map<Address, Cost> planned = costs.remove(plan.id());
    if (planned == null) {
      planned = event.undoes().map(runs::get).map(RunSheets::formerCosts).orElseGet(HashMap::new);
    }
    evict();
    begin(event, planned);
  }

  private RunSheets begin(Event.RunStarted event, Map<Address, Cost> planned) {
    var sheets = new RunSheets(names, event, planned);
    runs.put(event.run(), sheets);
    moved.add(sheets);
    return sheets;
  }

  private void run(String run, Event event) {
    Optional.ofNullable(runs.get(run))
        .or(() -> recalled(run))
        .ifPresent(
            sheets -> {
              sheets.fold(event);
              moved.add(sheets);
              triples += 20;
            });
  }

  /** A run that was let go, folded again from the journal. */
  private Optional<RunSheets> recalled(String run) {
    Optional<RunSheets> found = Optional.empty();
    Map<Address, Cost> planned = new HashMap<>();
    for (Event event : recall.apply(run)) {
      switch (event) {
        case Event.Proposed e -> planned = Cost.of(e.proposal(), names);
        case Event.RunStarted e -> found = Optional.of(begin(e, planned));
        default -> found.ifPresent(sheets -> sheets.fold(event));
      }
    }
    return found;
  }

  private void done(long sequence, Event.StepDone event) {
    run(event.run(), event);
    RunSheets run = runs.get(event.run());
    Optional<Iri> by = Optional.of(names.step(event.run(), event.step()));
    if (event.made().isPresent()) {
      Set<Address> refs = run == null ? Set.of() : run.refs(event.address());
      Optional<Cost> cost = run == null ? Optional.empty() : run.cost(event.address());
      standing.seen(
          event.address(),
          event.made().get(),
          new Standing.Sight(sequence, event.at(), by, refs, cost, false),
          this::page);
    } else if (run == null || !run.onlyLooks(event.step())) {
      standing.gone(event.address(), sequence, event.at(), by, this::page);
    }
  }

  private void observed(long sequence, Event.Observed event) {
    if (event.resource().isPresent()) {
      standing.seen(
          event.address(),
          event.resource().get(),
          new Standing.Sight(
              sequence, event.at(), Optional.empty(), Set.of(), Optional.empty(), event.imported()),
          this::page);
    } else {
      standing.gone(event.address(), sequence, event.at(), Optional.empty(), this::page);
    }
  }

  private void drifted(long sequence, Drift drift, Instant at) {
    Iri node = names.drift(drift.at(), sequence);
    var sheet = new Sheet(node, at);
    sheet
        .say(node, Terms.TYPE, own("Drift"))
        .say(node, own("about"), introductions.resource(sheet, drift.at()))
        .word(node, own("driftKind"), drift.kind())
        .time(node, Terms.GENERATED_AT, at);
    drift.differences().forEach(one -> sheet.text(node, own("path"), one.path().toString()));
    page(sheet.triples());
    if (drift.kind() == Drift.Kind.GONE) {
      standing.gone(drift.at(), sequence, at, Optional.empty(), this::page);
    }
  }
}
