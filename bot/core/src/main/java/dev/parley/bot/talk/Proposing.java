package dev.parley.bot.talk;

import dev.parley.approval.Proposal;
import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Inbound;
import dev.parley.engine.Engine;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.value.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the engine for a plan and shows what came of it. */
final class Proposing {
  private final Engine engine;
  private final BotSettings settings;
  private final Talks talks;
  private final Desk desk;
  private final Bounds bounds;
  private final Lookups lookups;
  private final Replies replies;

  Proposing(
      Engine engine,
      BotSettings settings,
      Talks talks,
      Desk desk,
      Bounds bounds,
      Lookups lookups,
      Replies replies) {
    this.engine = engine;
    this.settings = settings;
    this.talks = talks;
    this.desk = desk;
    this.bounds = bounds;
    this.lookups = lookups;
    this.replies = replies;
  }

  /** Puts a plan to the vote, or says why there is none. */
  void propose(
      Inbound said,
      Talk talk,
      Supplier<Engine.Outcome> asked,
      Optional<Draft> draft,
      List<String> notes,
      Optional<String> suggestion) {
    replies.guarded(
        talk,
        () -> {
          switch (asked.get()) {
            case Engine.Outcome.Proposed(var proposal, var approval, var since) -> {
              if (bounds.beyond(talk.place(), proposal.plan()).isEmpty()) {
                desk.show(talk, proposal, approval, since, notes, suggestion);
              } else {
                beyond(said, talk, proposal);
              }
            }
            case Engine.Outcome.Rejected(var problems) -> {
              talks.change(talk.thread(), t -> t.wanting(draft.or(t::draft)));
              replies.tell(talk, Notice.problems("It can't be planned like that", problems));
            }
            case Engine.Outcome.Nothing(var proposal) ->
                replies.tell(
                    talk,
                    Notice.good(
                        "Nothing to do",
                        "Everything is already as wanted: " + proposal.plan().title() + "."));
          }
        });
  }

  /** A plan for accounts that the channel is not bound to is dropped before anybody can decide. */
  private void beyond(Inbound said, Talk talk, Proposal proposal) {
    engine.discard(settings.tenant(), proposal.plan().id(), said.speaker().person());
    replies.tell(
        talk,
        Notice.problem(
            new Problem(
                "",
                "It can't be planned from here",
                "it would touch "
                    + String.join(", ", bounds.beyond(talk.place(), proposal.plan()))
                    + "; this channel is bound to "
                    + String.join(
                        ", ", bounds.at(talk.place()).accounts().stream().sorted().toList()),
                "name one of these accounts, or ask in the channel of the other")));
  }

  /** With {@code use}, what was left open goes to the chosen account. */
  Draft placed(Talk talk, Draft draft) {
    var bound = bounds.at(talk.place()).accounts();
    Optional<String> chosen =
        talk.use().or(() -> bound.size() == 1 ? bound.stream().findFirst() : Optional.empty());
    if (chosen.isEmpty() || draft.place().cheapest()) {
      return draft;
    }
    Place place = draft.place().or(new Place(chosen, Optional.empty(), Optional.empty(), false));
    return draft.place().family().isPresent()
        ? draft
        : new Draft(
            draft.title(),
            draft.environment(),
            place,
            draft.wants(),
            draft.tags(),
            draft.cap(),
            draft.rollback(),
            draft.whenChatIsDown(),
            draft.planner());
  }

  /** Proposes the inverse of a run. */
  void rollback(Inbound said, Talk talk, User user, String run) {
    if (!replies.may(said, user, Role.OPERATOR, "ask for a rollback") || !bounds.changes(said)) {
      return;
    }
    if (engine.run(settings.tenant(), run).isEmpty()) {
      replies.tell(talk, lookups.unknownRun(run));
      return;
    }
    propose(
        said,
        talk,
        () -> engine.rollback(settings.tenant(), run, user),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
