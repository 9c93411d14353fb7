package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.approval.Vote;
import dev.parley.bot.card.GlassCard;
import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.engine.Engine.Ballot;
import dev.parley.engine.approve.ReviewRuling;
import dev.parley.identity.User;
import dev.parley.policy.BreakGlassRule;
import java.util.List;
import java.util.Optional;

/**
 * Break-glass and its review. Nothing but the form breaks it: the command shows what it would mean,
 * a button on that opens the form, and the form asks why and for the environment's name.
 */
final class Emergencies {
  static final String REASON = "reason";
  static final String ENVIRONMENT = "environment";

  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Desk desk;
  private final Bounds bounds;
  private final Decisions decisions;

  Emergencies(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Desk desk,
      Bounds bounds,
      Decisions decisions) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.desk = desk;
    this.bounds = bounds;
    this.decisions = decisions;
  }

  /** {@code break-glass p-42}: shows what it means, and the way to the form. */
  void ask(Inbound said, Command.BreakGlass command) {
    String plan = command.plan();
    Optional<BreakGlassRule> rule = engine.breakGlassRule(settings.tenant());
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    Optional<Approval> approval = engine.approval(settings.tenant(), plan);
    Optional<User> user = decisions.user(said.speaker().person());
    if (rule.isEmpty()) {
      voice.whisper(said, GlassCard.off(settings.tenant(), plan));
      return;
    }
    if (proposal.isEmpty() || approval.isEmpty()) {
      voice.whisper(
          said, Notice.warn("No plan " + plan, "There is none by that name: say `status`."));
      return;
    }
    if (user.isEmpty() || !bounds.covers(said, plan)) {
      return;
    }
    Optional<Card> refused =
        unfit(rule.get(), proposal.get(), user.get())
            .or(() -> decisions.closed(proposal.get(), approval.get()));
    if (refused.isPresent()) {
      voice.whisper(said, refused.get());
      return;
    }
    var action =
        new Action.BreakGlass(plan, proposal.get().plan().revision(), proposal.get().digest());
    if (voice.asks(said.place())) {
      voice.whisper(
          said,
          GlassCard.ask(proposal.get(), approval.get(), rule.get(), user.get().id()),
          List.of(again(action), Offer.plain("Not now", new Action.Dismiss())));
    } else if (command.form().isPresent()) {
      Command.GlassForm form = command.form().get();
      broken(said, action, form.reason(), form.environment());
    } else {
      voice.whisper(
          said,
          GlassCard.ask(proposal.get(), approval.get(), rule.get(), user.get().id())
              .with(Part.text(written(plan))));
    }
  }

  private static Optional<Card> unfit(BreakGlassRule rule, Proposal proposal, User user) {
    String plan = proposal.plan().id();
    if (!rule.may(user)) {
      return Optional.of(
          Notice.warn(
              "You may not break the glass",
              "It is for those whom the configuration names for it. The owners are "
                  + String.join(", ", rule.owners())
                  + "; nothing changed."));
    }
    if (!rule.requester() && proposal.plan().requester().equals(user.id())) {
      return Optional.of(
          Notice.warn(
              "You asked for " + plan,
              "Break-glass is not for one's own requests here: somebody else must do it."));
    }
    return Optional.empty();
  }

  /** Opens the form. */
  void open(Inbound pressed, Action.AskGlass ask) {
    var action = new Action.BreakGlass(ask.plan(), ask.revision(), ask.proposal());
    var fields =
        List.of(
            new Form.Field(REASON, "Why can't it wait?", true, List.of()),
            new Form.Field(ENVIRONMENT, "Type the environment's name", true, List.of()));
    String title = "Break the glass for " + ask.plan() + " v" + ask.revision();
    if (!voice.open(pressed, title, fields, "Break the glass", action)) {
      voice.whisper(pressed, Notice.say(title, written(ask.plan())));
    }
  }

  /** The form was sent. */
  void broken(Inbound from, Action.BreakGlass action, String reason, String environment) {
    if (!bounds.changes(from) || !bounds.covers(from, action.plan())) {
      return;
    }
    Ballot ballot =
        engine.breakGlass(
            new Engine.GlassCast(
                settings.tenant(),
                action.plan(),
                action.proposal(),
                from.speaker().person(),
                reason,
                environment));
    Optional<Card> mistaken = mistaken(ballot, action);
    if (mistaken.isPresent()) {
      voice.whisper(
          from, mistaken.get(), voice.asks(from.place()) ? List.of(again(action)) : List.of());
    } else {
      decisions.settle(from, action.plan(), ballot, answer(ballot, action));
    }
  }

  /** What can be mended by filling the form in once more. */
  private static Optional<Card> mistaken(Ballot ballot, Action.BreakGlass action) {
    return switch (ballot.result()) {
      case NEEDS_REASON ->
          Optional.of(
              Notice.warn(
                  "The glass is whole: break-glass says why",
                  ballot.message() + " Nothing changed."));
      case WRONG_NAME ->
          Optional.of(
              Notice.warn(
                  "The glass is whole: that is not where " + action.plan() + " runs",
                  ballot.message() + " Type it to the letter. Nothing changed."));
      default -> Optional.empty();
    };
  }

  private Card answer(Ballot ballot, Action.BreakGlass action) {
    return switch (ballot.result()) {
      case COUNTED ->
          Notice.warn(
              "You broke the glass for " + action.plan() + " v" + action.revision(),
              ballot.message() + " The owners are told.");
      case OFF -> GlassCard.off(settings.tenant(), action.plan());
      case NOT_ELIGIBLE ->
          Notice.warn("You may not break the glass", ballot.message() + " Nothing changed.");
      case REQUESTER -> Notice.warn("You asked for " + action.plan(), ballot.message());
      case NOT_NEEDED -> Notice.say("The glass is whole: it is not needed", ballot.message());
      default -> Decisions.answer(ballot, action.plan(), action.revision(), Vote.Decision.APPROVE);
    };
  }

  private static Offer again(Action.BreakGlass action) {
    return Offer.danger(
        "Break the glass",
        new Action.AskGlass(action.plan(), action.revision(), action.proposal()));
  }

  private static String written(String plan) {
    return "There are no forms here: say `break-glass "
        + plan
        + " in <environment> because <why it can't wait>`.";
  }

  /** {@code review p-42}, or the button on the notice. */
  void review(Inbound from, String plan) {
    ReviewRuling ruling = engine.review(settings.tenant(), plan, from.speaker().person());
    String why = ruling.message();
    voice.whisper(
        from,
        switch (ruling.kind()) {
          case REVIEWED -> Notice.good("Reviewed", why);
          case STRANGER -> Notice.warn("You are not linked, so you can't review it", why);
          case OWN -> Notice.warn("You broke this glass yourself", why);
          case NOT_OWNER -> Notice.warn("You are not an owner", why);
          case ALREADY -> Notice.say("It is reviewed already", why);
          case NOT_BROKEN -> Notice.say("There is nothing to review", why);
          case UNKNOWN_PLAN -> Notice.warn("No plan " + plan, why);
        });
    desk.threadOf(plan).ifPresent(desk::sync);
  }
}
