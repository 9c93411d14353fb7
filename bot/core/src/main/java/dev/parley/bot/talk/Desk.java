package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.bot.card.Closing;
import dev.parley.bot.card.GlassCard;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.PlanCard;
import dev.parley.bot.card.PlanEnd;
import dev.parley.bot.card.ReceiptCard;
import dev.parley.bot.card.RunCard;
import dev.parley.bot.card.Say;
import dev.parley.bot.card.VoteCard;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.Engine;
import dev.parley.engine.Revised;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what is shown equal to what the engine knows: posts plans, votes, receipts, progress and
 * results that were not shown yet, and closes cards that are over. Doing it again changes nothing,
 * so that it also mends what a crash left half said.
 */
final class Desk {

  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Deck deck;
  private final Talks talks;
  private final Calling calling;
  private final GlassNotices glass;
  private final Roots roots;
  private final Clock clock;
  private final Map<String, Set<String>> openRuns = new ConcurrentHashMap<>();
  private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();

  Desk(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Deck deck,
      Talks talks,
      Roots roots,
      Clock clock) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.deck = deck;
    this.talks = talks;
    this.roots = roots;
    this.calling = new Calling(engine, settings.tenant(), voice);
    this.glass = new GlassNotices(engine, settings, voice, deck, talks, calling);
    this.clock = clock;
  }

  /** Shows a revision of a plan, unless it is shown already. */
  void show(
      Talk talk,
      Proposal proposal,
      Approval approval,
      Optional<Revised> since,
      List<String> notes,
      Optional<String> suggestion) {
    var subject = new Subject.OfPlan(proposal.plan().id(), proposal.plan().revision());
    synchronized (lock(talk.thread())) {
      boolean known = deck.about(subject).stream().anyMatch(s -> s.thread().equals(talk.thread()));
      if (!known) {
        String key =
            "plan:" + proposal.plan().id() + ":" + proposal.plan().revision() + ":" + talk.thread();
        again(talk, proposal, approval, since, notes, suggestion, key);
      }
      talks.change(talk.thread(), t -> t.wanting(Optional.empty()));
      plan(talk, proposal.plan().id());
      roots.update(talk);
    }
  }

  /** Shows a plan once more, as a message of its own. */
  void again(
      Talk talk,
      Proposal proposal,
      Approval approval,
      Optional<Revised> since,
      List<String> notes,
      Optional<String> suggestion,
      String key) {
    var subject = new Subject.OfPlan(proposal.plan().id(), proposal.plan().revision());
    PlanCard plan = new PlanCard(proposal, approval, since, notes, suggestion);
    Prose approvers = calling.those(talk.place(), approval.eligible());
    voice.post(talk.place(), plan.card(approvers), subject, offers(plan), key);
  }

  /** The buttons of a plan: none to approve what is blocked, none at all when it is decided. */
  private static List<Offer> offers(PlanCard plan) {
    Proposal proposal = plan.proposal();
    String id = proposal.plan().id();
    int revision = proposal.plan().revision();
    var offers = new ArrayList<Offer>();
    Approval.State state = plan.approval().state();
    if (state == Approval.State.OPEN && !proposal.verdict().denied()) {
      offers.add(
          Offer.primary("Approve", new Action.Approve(id, revision, proposal.digest(), false))
              .confirmed("Approve " + id + " v" + revision + "?", plan.warning(), "Approve"));
      offers.add(Offer.danger("Reject", new Action.AskReason(id, revision, proposal.digest())));
    }
    offers.add(Offer.plain("Details", new Action.Details(id)));
    if (state == Approval.State.OPEN || state == Approval.State.BLOCKED) {
      offers.add(Offer.plain("Discard", new Action.Discard(id, revision)));
    }
    return offers;
  }

  /** Brings a thread up to date: its plans that are shown open, and its runs. */
  void sync(String thread) {
    synchronized (lock(thread)) {
      talks.get(thread).ifPresent(this::sync);
    }
  }

  private Object lock(String thread) {
    return locks[Math.floorMod(thread.hashCode(), locks.length)];
  }

  private void sync(Talk talk) {
    if (!voice.reaches(talk.place())) {
      return;
    }
    Set<String> plans = new HashSet<>();
    for (Shown shown : deck.in(talk.thread())) {
      if (!shown.closed() && shown.subject() instanceof Subject.OfPlan(var plan, _)) {
        plans.add(plan);
      }
    }
    engine
        .latest(settings.tenant(), talk.thread())
        .ifPresent(latest -> plans.add(latest.plan().id()));
    plans.stream().sorted().forEach(plan -> plan(talk, plan));
    for (String run : List.copyOf(openRuns.getOrDefault(talk.thread(), Set.of()))) {
      engine.run(settings.tenant(), run).ifPresent(found -> run(talk, found));
    }
    roots.update(talk);
  }

  // ---- runs that are shown

  /** Takes a run up, so that its progress is shown from now on. */
  void follow(String run) {
    engine.run(settings.tenant(), run).ifPresent(this::follow);
  }

  void follow(Run run) {
    boolean told =
        talks.get(run.thread()).map(talk -> talk.announced().contains(done(run))).orElse(true);
    if (!told) {
      openRuns.computeIfAbsent(run.thread(), _ -> ConcurrentHashMap.newKeySet()).add(run.id());
    }
  }

  /** Threads with runs whose result is not shown yet. */
  Set<String> busy() {
    engine.runs(settings.tenant()).forEach(this::follow);
    return openRuns.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The thread of a plan. */
  Optional<String> threadOf(String plan) {
    return engine.proposal(settings.tenant(), plan).map(proposal -> proposal.plan().thread());
  }

  /** The thread of a run. */
  Optional<String> threadOfRun(String run) {
    return engine.run(settings.tenant(), run).map(Run::thread);
  }

  /** A plan that came another way: waived, rolled back, proposed by a program. */
  void adopt(String thread) {
    Optional<Talk> talk = talks.get(thread);
    Optional<Proposal> latest = engine.latest(settings.tenant(), thread);
    if (talk.isEmpty() || latest.isEmpty() || !voice.reaches(talk.get().place())) {
      return;
    }
    engine
        .approval(settings.tenant(), latest.get().plan().id())
        .ifPresent(
            approval ->
                show(
                    talk.get(),
                    latest.get(),
                    approval,
                    Optional.empty(),
                    List.of(),
                    Optional.empty()));
  }

  /** Shows an open plan whose card a crash prevented. */
  void mend(String thread) {
    boolean open =
        engine
            .latest(settings.tenant(), thread)
            .flatMap(latest -> engine.approval(settings.tenant(), latest.plan().id()))
            .map(
                approval ->
                    approval.state() == Approval.State.OPEN
                        || approval.state() == Approval.State.BLOCKED)
            .orElse(false);
    if (open) {
      adopt(thread);
    }
  }

  // ---- plans

  private void plan(Talk talk, String plan) {
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    Optional<Approval> approval = engine.approval(settings.tenant(), plan);
    if (proposal.isEmpty() || approval.isEmpty()) {
      return;
    }
    if (proposal.get().plan().thread().equals(talk.thread())) {
      votes(talk, approval.get());
    }
    for (Shown shown : deck.ofPlan(plan).stream().filter(s -> !s.closed()).toList()) {
      int revision = ((Subject.OfPlan) shown.subject()).revision();
      if (revision < approval.get().revision()) {
        close(shown, "superseded", "Superseded by v" + approval.get().revision());
      } else {
        PlanEnd.of(approval.get(), clock.instant()).ifPresent(end -> close(shown, end));
      }
    }
  }

  private void close(Shown shown, String state, String how) {
    close(shown, PlanEnd.of(state, how));
  }

  private void close(Shown shown, PlanEnd end) {
    Card open = voice.last(shown).orElseGet(() -> standing(shown));
    voice.close(shown, Closing.of(open, end.state(), end.how(), end.tone()));
  }

  /** A card of which only the title is known, for one whose proposal is gone. */
  private Card standing(Shown shown) {
    if (shown.subject() instanceof Subject.OfPlan(var plan, var revision)) {
      Optional<Proposal> proposal =
          engine.proposal(settings.tenant(), plan).filter(p -> p.plan().revision() == revision);
      Optional<Approval> approval = engine.approval(settings.tenant(), plan);
      if (proposal.isPresent() && approval.isPresent()) {
        return new PlanCard(
                proposal.get(), approval.get(), Optional.empty(), List.of(), Optional.empty())
            .card();
      }
      return Notice.say(plan + " v" + revision, "");
    }
    return Notice.say("", "");
  }

  private void votes(Talk talk, Approval approval) {
    String prefix = "vote:" + approval.plan() + ":" + approval.revision() + ":";
    Set<String> standing = new HashSet<>();
    for (Vote vote : approval.votes()) {
      String key = prefix + vote.user() + ":" + vote.at();
      standing.add(key);
      if (vote.means() == Vote.Means.BREAK_GLASS) {
        glass.of(approval).ifPresent(emergency -> glass.show(talk, emergency));
      } else {
        announce(talk, key, VoteCard.counted(vote, approval));
      }
    }
    if (approval.state() == Approval.State.OPEN) {
      Set<String> said = talks.get(talk.thread()).map(Talk::announced).orElse(Set.of());
      for (String key : said) {
        if (key.startsWith(prefix) && !standing.contains(key)) {
          String user = key.substring(prefix.length()).split(":", 2)[0];
          announce(talk, "back-" + key, VoteCard.withdrawn(user, approval));
        }
      }
    }
    approval
        .receipt()
        .flatMap(id -> engine.receipt(settings.tenant(), id))
        .ifPresent(receipt -> announce(talk, "receipt:" + receipt.id(), ReceiptCard.of(receipt)));
  }

  // ---- runs

  private void run(Talk talk, Run run) {
    progress(talk, run);
    if (run.state() == RunState.ROLLING_BACK || run.state() == RunState.ROLLED_BACK) {
      announce(talk, "rolling:" + run.id(), RunCard.rollingBack(run));
    }
    if (run.state().ended()) {
      result(talk, run);
      Set<String> open = openRuns.get(run.thread());
      if (open != null) {
        open.remove(run.id());
      }
    }
  }

  private void progress(Talk talk, Run run) {
    Card card = RunCard.progress(run, clock.instant());
    boolean stoppable = run.state() == RunState.RUNNING || run.state() == RunState.WAITING;
    List<Offer> offers =
        stoppable
            ? List.of(
                Offer.danger("Cancel", new Action.Cancel(run.id()))
                    .confirmed(
                        "Cancel " + run.id() + "?",
                        "It stops at a safe point; what was made stays.",
                        "Stop it"))
            : List.of();
    var subject = new Subject.OfProgress(run.id());
    List<Shown> shown = deck.about(subject);
    if (shown.isEmpty()) {
      voice.post(talk.place(), card, subject, offers, "progress:" + run.id());
      return;
    }
    Shown former = shown.getLast();
    boolean same =
        voice
            .last(former)
            .map(last -> last.body().equals(card.body()) && last.title().equals(card.title()))
            .orElse(false);
    if (same) {
      return;
    }
    if (run.state().ended()) {
      voice.close(former, card);
    } else {
      voice.edit(former, card, offers);
    }
  }

  private void result(Talk talk, Run run) {
    if (!fresh(talk, done(run))) {
      return;
    }
    for (Shown former :
        deck.about(new Subject.OfResult(run.id())).stream().filter(s -> !s.closed()).toList()) {
      if (!told(talk, run) && !former.posted().isBefore(run.ended().orElse(Instant.MAX))) {
        if (former.ref().isPresent() || voice.waits(former)) {
          talks.change(talk.thread(), t -> t.having(Set.of(done(run))));
          return;
        }
        deck.forget(former);
      } else {
        close(former, "superseded", "A newer result stands below");
      }
    }
    var offers = new ArrayList<Offer>();
    if (run.state() == RunState.FAILED || run.state() == RunState.CANCELLED) {
      offers.add(Offer.primary("Retry failed", new Action.Retry(run.id())));
    }
    boolean made =
        run.steps().stream().anyMatch(step -> step.state() == dev.parley.run.StepState.DONE);
    if (made && run.undoes().isEmpty() && run.state() != RunState.ROLLED_BACK) {
      offers.add(Offer.plain("Roll back", new Action.RollBack(run.id())));
    }
    voice.post(
        talk.place(), RunCard.result(run), new Subject.OfResult(run.id()), offers, done(run));
    talks.change(talk.thread(), t -> t.having(Set.of(done(run))));
  }

  /**
   * Whether a result of this very end was announced; if not, a card of it is one that a former life
   * had put on its way when it ended.
   */
  private boolean told(Talk talk, Run run) {
    String end = run.ended().map(Instant::toString).orElse("");
    return talks.get(talk.thread()).stream()
        .flatMap(known -> known.announced().stream())
        .anyMatch(key -> key.startsWith("done:" + run.id() + ":") && key.endsWith(":" + end));
  }

  private static String done(Run run) {
    return "done:"
        + run.id()
        + ":"
        + run.state()
        + ":"
        + run.ended().map(Instant::toString).orElse("");
  }

  // ---- saying something once

  private void announce(Talk talk, String key, Card card) {
    if (fresh(talk, key)) {
      voice.post(talk.place(), card, new Subject.Other(), List.of(), key);
      talks.change(talk.thread(), t -> t.having(Set.of(key)));
    }
  }

  private boolean fresh(Talk talk, String key) {
    return talks.get(talk.thread()).map(t -> !t.announced().contains(key)).orElse(false);
  }

  // ---- time

  /** Reminds of what expires soon, and closes what has expired. */
  void tick() {
    Instant now = clock.instant();
    glass.tick(now);
    for (Shown shown : deck.all(s -> !s.closed() && s.subject() instanceof Subject.OfPlan)) {
      String plan = ((Subject.OfPlan) shown.subject()).plan();
      engine
          .approval(settings.tenant(), plan)
          .filter(
              approval ->
                  approval.state() == Approval.State.OPEN
                      || approval.state() == Approval.State.EXPIRED)
          .filter(approval -> !now.isBefore(approval.expires().minus(settings.remindBefore())))
          .ifPresent(
              approval -> talks.get(shown.thread()).ifPresent(talk -> timely(talk, approval, now)));
    }
  }

  private void timely(Talk talk, Approval approval, Instant now) {
    if (!voice.reaches(talk.place())) {
      return;
    }
    synchronized (lock(talk.thread())) {
      remind(talk, approval, now);
    }
  }

  private void remind(Talk talk, Approval approval, Instant now) {
    if (now.isBefore(approval.expires())) {
      String left = Say.lasting(Duration.between(now, approval.expires()));
      Card card =
          Notice.warn(
              approval.plan() + " v" + approval.revision() + " expires in " + left,
              Prose.of(
                  Prose.of(
                      "Still needed: "
                          + String.join("; ", approval.missing())
                          + ". Who may approve: "),
                  calling.those(talk.place(), approval.eligible()),
                  Prose.of(". After "),
                  new Prose.Time(approval.expires()),
                  Prose.of(" it must be planned again.")));
      announce(talk, "remind:" + approval.plan() + ":" + approval.revision(), card);
    } else {
      sync(talk.thread());
    }
  }

  // ---- after a restart

  /** The card that stands at a row, with its buttons, if it is still open. */
  Optional<Card> restore(Shown shown) {
    if (shown.closed() || shown.message().isEmpty()) {
      return Optional.empty();
    }
    Optional<Card> card =
        switch (shown.subject()) {
          case Subject.OfPlan(var plan, var revision) ->
              engine
                  .proposal(settings.tenant(), plan)
                  .filter(p -> p.plan().revision() == revision)
                  .map(_ -> standing(shown));
          case Subject.OfProgress(var run) ->
              engine
                  .run(settings.tenant(), run)
                  .map(found -> RunCard.progress(found, clock.instant()));
          case Subject.OfResult(var run) -> engine.run(settings.tenant(), run).map(RunCard::result);
          case Subject.OfQuestion() ->
              talks
                  .get(shown.thread())
                  .flatMap(Talk::pending)
                  .filter(p -> p.card().equals(shown.id()))
                  .map(p -> dev.parley.bot.card.QuestionCard.open(p.question()));
          case Subject.OfGlass(var plan) -> glass.of(plan).map(glass::card);
          case Subject.OfWaiver(), Subject.Heard(), Subject.OfRoot(), Subject.Other() ->
              Optional.empty();
        };
    if (!(shown.subject() instanceof Subject.OfProgress)) {
      card.ifPresent(found -> voice.standing(shown, found));
    }
    return card.map(found -> found.withButtons(shown.buttons()));
  }

  /** A part that names what is still open, for {@code status}. */
  Part open() {
    List<Part.Task> tasks = new ArrayList<>();
    for (Proposal proposal : engine.proposals(settings.tenant())) {
      engine
          .approval(settings.tenant(), proposal.plan().id())
          .filter(a -> a.state() == Approval.State.OPEN || a.state() == Approval.State.BLOCKED)
          .ifPresent(
              a ->
                  tasks.add(
                      new Part.Task(
                          a.plan() + " v" + a.revision() + " " + proposal.plan().title(),
                          "waiting",
                          a.state() == Approval.State.BLOCKED
                              ? "blocked by the rules"
                              : String.join("; ", a.missing()))));
    }
    engine.emergencies(settings.tenant()).stream()
        .filter(emergency -> emergency.review().isEmpty())
        .map(
            emergency ->
                GlassCard.waiting(
                    emergency, Duration.between(clock.instant(), emergency.glass().reviewBy())))
        .forEach(tasks::add);
    return new Part.Tasks(tasks.stream().limit(20).toList(), Math.max(0, tasks.size() - 20));
  }
}
