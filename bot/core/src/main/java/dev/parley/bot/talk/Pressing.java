package dev.parley.bot.talk;

import dev.parley.approval.Vote;
import dev.parley.bot.card.Closing;
import dev.parley.bot.card.Notice;
import dev.parley.bot.redact.Redactor;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Place;
import dev.parley.engine.Engine;
import dev.parley.identity.User;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What happens when somebody presses a button, sends a form, or puts an emoji on a card. */
final class Pressing {
  private static final List<String> YES =
      List.of("+1", "thumbsup", "white_check_mark", "heavy_check_mark");
  private static final List<String> NO = List.of("-1", "thumbsdown", "x", "no_entry");

  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Deck deck;
  private final Desk desk;
  private final Talks talks;
  private final Hearing hearing;
  private final Proposing proposing;
  private final Decisions decisions;
  private final Waivers waivers;
  private final Emergencies emergencies;
  private final Bounds bounds;
  private final Linking linking;
  private final Lookups lookups;
  private final Lanes lanes;
  private final Clock clock;

  Pressing(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Deck deck,
      Desk desk,
      Talks talks,
      Hearing hearing,
      Proposing proposing,
      Decisions decisions,
      Waivers waivers,
      Emergencies emergencies,
      Bounds bounds,
      Linking linking,
      Lookups lookups,
      Lanes lanes,
      Clock clock) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.deck = deck;
    this.desk = desk;
    this.talks = talks;
    this.hearing = hearing;
    this.proposing = proposing;
    this.decisions = decisions;
    this.waivers = waivers;
    this.emergencies = emergencies;
    this.bounds = bounds;
    this.linking = linking;
    this.lookups = lookups;
    this.lanes = lanes;
    this.clock = clock;
  }

  void pressed(Inbound.Pressed pressed) {
    Optional<Deck.Pressable> found = deck.find(pressed.token());
    if (found.isEmpty()) {
      outOfDate(pressed, "This button is not known any more.");
      return;
    }
    Shown shown = found.get().shown();
    boolean elsewhere =
        !sameChannel(shown.place(), pressed.place())
            || shown
                .message()
                .map(id -> !pressed.message().isBlank() && !id.equals(pressed.message()))
                .orElse(false);
    if (elsewhere) {
      voice.whisper(
          pressed,
          Notice.warn(
              "Refused", "This button belongs to another message or channel. Nothing changed."));
    } else if (shown.only().map(only -> !only.equals(pressed.speaker().person())).orElse(false)) {
      voice.whisper(
          pressed,
          Notice.warn("Refused", "This was shown to somebody else only. Nothing changed."));
    } else if (shown.closed() || !clock.instant().isBefore(shown.expires())) {
      outOfDate(pressed, where(shown));
    } else {
      act(pressed, shown, found.get().action());
    }
  }

  void submitted(Inbound.Submitted submitted) {
    Optional<Deck.Pressable> found = deck.find(submitted.token());
    boolean live =
        found
            .map(
                one ->
                    !one.shown().closed()
                        && clock.instant().isBefore(one.shown().expires())
                        && sameChannel(one.shown().place(), submitted.place())
                        && one.shown()
                            .only()
                            .map(submitted.speaker().person()::equals)
                            .orElse(true))
            .orElse(false);
    Optional<Action> action = found.filter(_ -> live).map(Deck.Pressable::action);
    if (action.isPresent() && action.get() instanceof Action.Reject reject) {
      decisions.reject(submitted, reject, answer(submitted, "reason"));
    } else if (action.isPresent() && action.get() instanceof Action.BreakGlass glass) {
      emergencies.broken(
          submitted,
          glass,
          answer(submitted, Emergencies.REASON),
          answer(submitted, Emergencies.ENVIRONMENT));
    } else {
      outOfDate(submitted, "This form is not known any more.");
    }
  }

  private static String answer(Inbound.Submitted submitted, String field) {
    return Redactor.redact(submitted.fields().getOrDefault(field, "")).text();
  }

  private void act(Inbound.Pressed pressed, Shown shown, Action action) {
    boolean harmless =
        action instanceof Action.Details
            || action instanceof Action.Dismiss
            || action instanceof Action.LinkPerson;
    if (!harmless && !bounds.changes(pressed)) {
      return;
    }
    boolean beyond =
        switch (action) {
          case Action.Approve(var plan, _, _, _) -> !bounds.covers(pressed, plan);
          case Action.AskGlass(var plan, _, _) -> !bounds.covers(pressed, plan);
          case Action.Retry(var run) -> !bounds.coversRun(pressed, run);
          default -> false;
        };
    if (beyond) {
      return;
    }
    switch (action) {
      case Action.LinkPerson link -> known(pressed, user -> linking.confirmed(pressed, user, link));
      case Action.Approve approve ->
          decisions.approve(
              pressed, approve, approve.command() ? Vote.Means.COMMAND : Vote.Means.BUTTON);
      case Action.AskReason ask -> decisions.askReason(pressed, ask);
      case Action.Reject reject -> decisions.reject(pressed, reject, "");
      case Action.AskGlass ask -> emergencies.open(pressed, ask);
      case Action.BreakGlass glass ->
          emergencies.open(
              pressed, new Action.AskGlass(glass.plan(), glass.revision(), glass.proposal()));
      case Action.Review(var plan) -> emergencies.review(pressed, plan);
      case Action.Details(var plan) ->
          known(pressed, _ -> voice.whisper(pressed, lookups.details(plan)));
      case Action.Discard(var plan, var revision) -> discard(pressed, plan, revision);
      case Action.Choose(var choice) ->
          known(pressed, user -> choose(pressed, user, shown, choice));
      case Action.Cancel(var run) -> known(pressed, user -> decisions.cancel(pressed, user, run));
      case Action.Retry(var run) -> known(pressed, user -> decisions.retry(pressed, user, run));
      case Action.RollBack(var run) -> known(pressed, user -> rollBack(pressed, user, run));
      case Action.Grant(var wish) ->
          known(
              pressed,
              user ->
                  waivers.grant(
                      pressed,
                      user,
                      shown,
                      wish,
                      () -> close(shown, "granted", "Granted by " + user.id())));
      case Action.Decline(var wish) ->
          known(
              pressed,
              user ->
                  waivers.decline(
                      pressed,
                      user,
                      wish,
                      () -> close(shown, "declined", "Declined by " + user.id())));
      case Action.PlanAgain(var text) ->
          known(pressed, user -> planAgain(pressed, user, shown, text));
      case Action.Dismiss() -> {
        deck.change(shown, Shown::close);
        voice.whisper(pressed, Notice.say("Nothing changed", ""));
      }
    }
  }

  private void discard(Inbound.Pressed pressed, String plan, int revision) {
    boolean current =
        engine
            .proposal(settings.tenant(), plan)
            .map(p -> p.plan().revision() == revision)
            .orElse(false);
    if (current) {
      decisions.discard(pressed, plan);
    } else {
      outOfDate(pressed, plan + " v" + revision + " is superseded.");
    }
  }

  private void choose(Inbound.Pressed pressed, User user, Shown shown, String choice) {
    Optional<Talk.Pending> pending = talks.get(shown.thread()).flatMap(Talk::pending);
    if (pending.isEmpty() || !pending.get().card().equals(shown.id())) {
      outOfDate(pressed, "The question was answered before.");
    } else if (!pending.get().asked().equals(user.id())) {
      voice.whisper(
          pressed,
          Notice.warn(
              "The question was put to " + pending.get().asked(),
              "Only they can answer it. Say what you want in a thread of your own."));
    } else {
      voice.whisper(pressed, Notice.say("You chose " + choice, ""));
      lanes.within(shown.thread(), () -> hearing.chosen(pressed.at(said(shown)), user, choice));
    }
  }

  private void rollBack(Inbound.Pressed pressed, User user, String run) {
    voice.whisper(
        pressed,
        Notice.say(
            "A rollback of " + run + " is planned", "It is a plan of its own and needs approval."));
    Place place = pressed.place();
    var said =
        new Inbound.Said(
            pressed.delivery(),
            pressed.speaker(),
            place,
            pressed.message(),
            "rollback " + run,
            true,
            pressed.at());
    desk.threadOfRun(run)
        .flatMap(talks::get)
        .ifPresent(
            talk -> lanes.within(talk.thread(), () -> proposing.rollback(said, talk, user, run)));
  }

  private void planAgain(Inbound.Pressed pressed, User user, Shown shown, String text) {
    voice.whisper(pressed, Notice.say("It is planned again", ""));
    lanes.within(shown.thread(), () -> hearing.planAgain(pressed.at(said(shown)), user, text));
    deck.change(shown, Shown::close);
  }

  private void close(Shown shown, String state, String how) {
    Card open = voice.last(shown).orElseGet(() -> Notice.say("Waiver", ""));
    voice.close(shown, Closing.of(open, state, how));
  }

  // ---- emoji

  void reacted(Inbound.Reacted reacted) {
    boolean yes = YES.contains(reacted.emoji());
    if (!yes && !NO.contains(reacted.emoji())) {
      return;
    }
    Optional<Shown> shown = plan(reacted.place(), reacted.message());
    if (shown.isEmpty()) {
      pointed(reacted);
      return;
    }
    if (!bounds.changes(reacted)) {
      return;
    }
    Subject.OfPlan plan = (Subject.OfPlan) shown.get().subject();
    if (yes && !bounds.covers(reacted, plan.plan())) {
      return;
    }
    Optional<Action.Approve> approve =
        shown.get().offers().stream()
            .map(Offer::action)
            .filter(Action.Approve.class::isInstance)
            .map(Action.Approve.class::cast)
            .findFirst();
    if (shown.get().closed() || shown.get().edited()) {
      outOfDate(reacted, where(shown.get()));
    } else if (approve.isEmpty()) {
      voice.whisper(
          reacted,
          Notice.warn(
              "Your emoji decides nothing",
              plan.plan() + " v" + plan.revision() + " can't be approved as it is."));
    } else if (yes) {
      decisions.approve(reacted, approve.get(), Vote.Means.EMOJI);
    } else {
      decisions.askReason(
          reacted, new Action.AskReason(plan.plan(), plan.revision(), approve.get().proposal()));
    }
  }

  /** An emoji on the card in the channel means the plan in its thread, and decides nothing. */
  private void pointed(Inbound.Reacted reacted) {
    deck.at(reacted.place(), reacted.message())
        .filter(shown -> shown.subject() instanceof Subject.OfRoot)
        .ifPresent(
            _ ->
                voice.whisper(
                    reacted,
                    Notice.say(
                        "Nothing was decided",
                        "An emoji counts on the plan's own card in the thread, where low risk"
                            + " allows it; otherwise press the button there.")));
  }

  void unreacted(Inbound.Unreacted unreacted) {
    if (!YES.contains(unreacted.emoji())) {
      return;
    }
    Optional<User> user = decisions.user(unreacted.speaker().person());
    Optional<Shown> shown = plan(unreacted.place(), unreacted.message());
    if (user.isEmpty() || shown.isEmpty()) {
      return;
    }
    String plan = ((Subject.OfPlan) shown.get().subject()).plan();
    engine
        .approval(settings.tenant(), plan)
        .flatMap(
            approval ->
                approval.votes().stream()
                    .filter(v -> v.user().equals(user.get().id()) && v.means() == Vote.Means.EMOJI)
                    .findFirst())
        .ifPresent(vote -> decisions.withdraw(unreacted, plan, vote.proposal()));
  }

  private Optional<Shown> plan(Place place, String message) {
    return deck.at(place, message).filter(shown -> shown.subject() instanceof Subject.OfPlan);
  }

  // ---- answers

  private void known(Inbound pressed, Consumer<User> then) {
    Optional<User> user = decisions.user(pressed.speaker().person());
    user.ifPresentOrElse(
        then,
        () ->
            voice.whisper(
                pressed,
                Notice.warn(
                    "You are not linked",
                    "Ask an admin to link " + pressed.speaker().person() + ".")));
  }

  private void outOfDate(Inbound pressed, String why) {
    voice.whisper(pressed, Notice.warn("That is out of date; nothing changed", why));
  }

  private String where(Shown shown) {
    if (shown.subject() instanceof Subject.OfPlan(var plan, var revision)) {
      return engine
          .approval(settings.tenant(), plan)
          .map(
              now ->
                  now.revision() > revision
                      ? plan
                          + " v"
                          + revision
                          + " is superseded by v"
                          + now.revision()
                          + ": see its card below."
                      : plan
                          + " v"
                          + revision
                          + " is "
                          + now.state().name().toLowerCase(java.util.Locale.ROOT)
                          + ".")
          .orElse("The plan is not known any more.");
    }
    return "The card it belongs to is closed.";
  }

  private static boolean sameChannel(Place one, Place other) {
    return one.surface().equals(other.surface())
        && one.workspace().equals(other.workspace())
        && one.channel().equals(other.channel());
  }

  /** Where what belongs to a card is said. */
  private Place said(Shown shown) {
    return talks.get(shown.thread()).map(Talk::place).orElse(shown.place());
  }
}
