package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.PlanCard;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Ballot;
import dev.parley.identity.Person;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.run.Run;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Votes, discards, cancels and retries. Who may is decided by the engine, or here where it asks for
 * more; whoever acts always gets an answer that they see.
 */
final class Decisions {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Desk desk;
  private final Talks talks;

  Decisions(Engine engine, BotSettings settings, Voice voice, Desk desk, Talks talks) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.desk = desk;
    this.talks = talks;
  }

  // ---- votes

  /** {@code approve p-42}: shows what it means and asks for the press that counts. */
  void confirm(Inbound said, String plan) {
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    Optional<Approval> approval = engine.approval(settings.tenant(), plan);
    if (proposal.isEmpty() || approval.isEmpty()) {
      voice.whisper(
          said, Notice.warn("No plan " + plan, "There is none by that name: say `status`."));
      return;
    }
    Optional<Card> closed = closed(proposal.get(), approval.get());
    if (closed.isPresent()) {
      voice.whisper(said, closed.get());
      return;
    }
    int revision = proposal.get().plan().revision();
    PlanCard card =
        new PlanCard(proposal.get(), approval.get(), Optional.empty(), List.of(), Optional.empty());
    List<Offer> offers =
        List.of(
            Offer.danger(
                "Approve", new Action.Approve(plan, revision, proposal.get().digest(), true)),
            Offer.plain("Not now", new Action.Dismiss()));
    voice.whisper(
        said, Notice.warn("Approve " + plan + " v" + revision + "?", card.warning()), offers);
  }

  /** Why a plan takes no votes, if it does not. */
  Optional<Card> closed(Proposal proposal, Approval approval) {
    if (approval.state() == Approval.State.OPEN) {
      return Optional.empty();
    }
    String rules =
        String.join(
            ", ",
            proposal.verdict().findings().stream()
                .filter(f -> f.active() && f.enforcement() == Enforcement.DENY)
                .map(Finding::rule)
                .distinct()
                .toList());
    String by =
        approval.state() == Approval.State.BLOCKED && !rules.isEmpty() ? " by " + rules : "";
    return Optional.of(
        Notice.warn(
            approval.plan() + " is not waiting for a vote",
            "It is " + approval.state().name().toLowerCase(java.util.Locale.ROOT) + by + "."));
  }

  void approve(Inbound from, Action.Approve action, Vote.Means means) {
    cast(
        from,
        action.plan(),
        action.revision(),
        action.proposal(),
        Vote.Decision.APPROVE,
        means,
        "");
  }

  /** {@code reject p-42 <why>}. */
  void reject(Inbound said, String plan, String reason) {
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    if (proposal.isEmpty()) {
      voice.whisper(
          said, Notice.warn("No plan " + plan, "There is none by that name: say `status`."));
    } else {
      cast(
          said,
          plan,
          proposal.get().plan().revision(),
          proposal.get().digest(),
          Vote.Decision.REJECT,
          Vote.Means.COMMAND,
          reason);
    }
  }

  void reject(Inbound from, Action.Reject action, String reason) {
    if (reason.isBlank()) {
      voice.whisper(
          from,
          Notice.warn(
              "A rejection says why",
              "Press Reject again and write a reason, or say `reject "
                  + action.plan()
                  + " <why>`."));
    } else {
      cast(
          from,
          action.plan(),
          action.revision(),
          action.proposal(),
          Vote.Decision.REJECT,
          Vote.Means.BUTTON,
          reason.strip());
    }
  }

  /** Opens the form for the reason, or says how to give it. */
  void askReason(Inbound from, Action.AskReason action) {
    var field = new Form.Field("reason", "Why?", true, List.of());
    var reject = new Action.Reject(action.plan(), action.revision(), action.proposal());
    String title = "Reject " + action.plan() + " v" + action.revision();
    if (from instanceof Inbound.Pressed
        && voice.open(from, title, List.of(field), "Reject", reject)) {
      return;
    }
    List<Offer> offers =
        from instanceof Inbound.Pressed ? List.of() : List.of(Offer.danger("Reject", action));
    voice.whisper(
        from,
        Notice.say("A rejection says why", "Say `reject " + action.plan() + " <why>`."),
        offers);
  }

  private void cast(
      Inbound from,
      String plan,
      int revision,
      Digest proposal,
      Vote.Decision decision,
      Vote.Means means,
      String reason) {
    Ballot ballot =
        engine.vote(
            new Engine.VoteCast(
                settings.tenant(),
                plan,
                proposal,
                from.speaker().person(),
                decision,
                means,
                reason));
    settle(from, plan, ballot, answer(ballot, plan, revision, decision));
  }

  /** Answers, and lets everything that is shown follow what was decided. */
  void settle(Inbound from, String plan, Ballot ballot, Card answer) {
    ballot.run().ifPresent(desk::follow);
    voice.whisper(from, answer);
    desk.threadOf(plan).ifPresent(desk::sync);
    if (ballot.result() == Ballot.Result.STALE) {
      planAnew(plan);
    }
  }

  /** Takes an emoji's vote back. */
  void withdraw(Inbound from, String plan, Digest proposal) {
    Ballot ballot = engine.withdraw(settings.tenant(), plan, proposal, from.speaker().person());
    String title =
        ballot.result() == Ballot.Result.WITHDRAWN ? "Your vote is taken back" : "Nothing changed";
    voice.whisper(from, Notice.say(title, ballot.message()));
    desk.threadOf(plan).ifPresent(desk::sync);
  }

  static Card answer(Ballot ballot, String plan, int revision, Vote.Decision decision) {
    String name = plan + " v" + revision;
    String why = ballot.message();
    return switch (ballot.result()) {
      case COUNTED ->
          Notice.good(
              decision == Vote.Decision.APPROVE
                  ? "Your approval of " + name + " counts"
                  : "Your rejection of " + name + " counts",
              why);
      case WITHDRAWN -> Notice.say("Your vote is taken back", why);
      case STRANGER -> Notice.warn("You are not linked, so you can't decide", why);
      case REQUESTER ->
          Notice.warn("You asked for " + plan + ", so somebody else must approve it", why);
      case NOT_ELIGIBLE -> Notice.warn("You may not decide on " + plan, why);
      case ALREADY -> Notice.say("You decided on " + name + " before", why);
      case SUPERSEDED ->
          Notice.warn(
              name + " is out of date; nothing changed",
              why + " The newer revision has its own card below.");
      case EXPIRED -> Notice.warn(name + " has expired; nothing changed", why);
      case DECIDED -> Notice.say(name + " is decided already; nothing changed", why);
      case BLOCKED -> Notice.warn(name + " is blocked by the rules", why);
      case STALE ->
          Notice.warn(
              name + " is out of date; nothing changed",
              why + " It is planned again: see the new card.");
      case NOT_BY_EMOJI ->
          Notice.warn("An emoji is not enough for " + name, why + " Press the button.");
      case NEEDS_REASON -> Notice.warn("A rejection says why", why);
      case UNKNOWN_PLAN -> Notice.warn("No plan " + plan, why);
      case OFF, WRONG_NAME, NOT_NEEDED -> Notice.warn("Nothing changed", why);
    };
  }

  /** What moved underneath a plan is looked at again, for the person who asked for it. */
  private void planAnew(String plan) {
    Optional<Proposal> old = engine.proposal(settings.tenant(), plan);
    if (old.isEmpty()) {
      return;
    }
    String thread = old.get().plan().thread();
    Optional<User> requester =
        engine.directory().user(settings.tenant(), old.get().plan().requester());
    Optional<Talk> talk = talks.get(thread);
    if (requester.isEmpty() || talk.isEmpty()) {
      return;
    }
    outcome(
        talk.get(),
        () ->
            engine.propose(
                settings.tenant(),
                thread,
                requester.get(),
                old.get().plan().request(),
                old.get().draft()));
  }

  // ---- plans and runs

  void discard(Inbound from, String plan) {
    Optional<Approval> gone =
        attempt(from, () -> engine.discard(settings.tenant(), plan, from.speaker().person()))
            .flatMap(x -> x);
    boolean done = gone.map(a -> a.state() == Approval.State.DISCARDED).orElse(false);
    if (done) {
      voice.whisper(from, Notice.say(plan + " is discarded", "Nobody can approve it any more."));
    } else {
      voice.whisper(
          from,
          Notice.warn(
              plan + " was not discarded",
              "Only its requester or an operator may, and only while it is open."));
    }
    desk.threadOf(plan).ifPresent(desk::sync);
  }

  void cancel(Inbound from, User user, String run) {
    if (!user.is(Role.OPERATOR) && !user.is(Role.APPROVER) && !user.is(Role.ADMIN)) {
      voice.whisper(
          from,
          Notice.warn(
              "You may not cancel a run", "That takes the role operator, approver or admin."));
      return;
    }
    if (missing(from, run)) {
      return;
    }
    attempt(from, () -> engine.cancel(settings.tenant(), run, user))
        .ifPresent(
            now ->
                moved(
                    from,
                    now,
                    run + " stops",
                    "No new step starts; those under way are waited for."));
  }

  void retry(Inbound from, User user, String run) {
    if (!user.is(Role.OPERATOR)) {
      voice.whisper(from, Notice.warn("You may not retry a run", "That takes the role operator."));
      return;
    }
    if (missing(from, run)) {
      return;
    }
    attempt(from, () -> engine.retry(settings.tenant(), run, user))
        .ifPresent(
            now ->
                moved(
                    from,
                    now,
                    run + " tries again",
                    "Only what failed or was not tried; what succeeded is kept."));
  }

  private void moved(Inbound from, Run now, String title, String text) {
    voice.whisper(from, Notice.say(title, text));
    desk.follow(now);
    desk.sync(now.thread());
  }

  private boolean missing(Inbound from, String run) {
    if (engine.run(settings.tenant(), run).isPresent()) {
      return false;
    }
    voice.whisper(from, Notice.warn("No run " + run, "There is none by that name: say `status`."));
    return true;
  }

  // ---- saying what came of it

  void outcome(Talk talk, Supplier<Engine.Outcome> asked) {
    switch (asked.get()) {
      case Engine.Outcome.Proposed(var proposal, var approval, var since) ->
          desk.show(talk, proposal, approval, since, List.of(), Optional.empty());
      case Engine.Outcome.Rejected(var problems) ->
          voice.post(talk.place(), Notice.problems("It can't be done like that", problems));
      case Engine.Outcome.Nothing(var proposal) ->
          voice.post(
              talk.place(),
              Notice.good(
                  "Nothing to do",
                  "Everything is already as wanted: " + proposal.plan().title() + "."));
    }
  }

  <T> Optional<T> attempt(Inbound from, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (Invalid e) {
      voice.whisper(from, Notice.invalid("That can't be done", e));
    } catch (IllegalArgumentException | IllegalStateException e) {
      voice.whisper(from, Notice.warn("That can't be done", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /** Who somebody is in the tenant. */
  Optional<User> user(Person person) {
    return engine.directory().user(settings.tenant(), person);
  }
}
