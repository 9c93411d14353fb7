package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.identity.Account;
import dev.parley.identity.User;
import dev.parley.plan.Blueprint;
import dev.parley.run.Run;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out commands. */
final class Obeying {
  private final Engine engine;
  private final BotSettings settings;
  private final Talks talks;
  private final Desk desk;
  private final Lookups lookups;
  private final Decisions decisions;
  private final Waivers waivers;
  private final Emergencies emergencies;
  private final Bounds bounds;
  private final Linking linking;
  private final Supplier<String> ids;
  private final Understanding understanding;
  private final Proposing proposing;
  private final Replies replies;

  Obeying(
      Engine engine,
      BotSettings settings,
      Talks talks,
      Desk desk,
      Lookups lookups,
      Decisions decisions,
      Waivers waivers,
      Emergencies emergencies,
      Bounds bounds,
      Linking linking,
      Supplier<String> ids,
      Understanding understanding,
      Proposing proposing,
      Replies replies) {
    this.engine = engine;
    this.settings = settings;
    this.talks = talks;
    this.desk = desk;
    this.lookups = lookups;
    this.decisions = decisions;
    this.waivers = waivers;
    this.emergencies = emergencies;
    this.bounds = bounds;
    this.linking = linking;
    this.ids = ids;
    this.understanding = understanding;
    this.proposing = proposing;
    this.replies = replies;
  }

  /** Carries out a command, if it may be said here. */
  void obey(Command command, Inbound.Said said, Talk talk, Optional<User> user) {
    if (changes(command) && !bounds.changes(said)) {
      return;
    }
    switch (command) {
      case Command.Link(var code, var as) ->
          code.ifPresentOrElse(
              known -> user.ifPresent(u -> linking.show(said, u, known, as)),
              () -> linking.ask(said, user));
      case Command.Unlink(var person) -> user.ifPresent(u -> linking.end(said, u, person));
      case Command.Help _ -> replies.tell(talk, lookups.help());
      case Command.WhoAmI _ ->
          replies.tell(talk, lookups.whoAmI(said.speaker().person(), user, talk.use()));
      case Command.Misused(var usage, var why) -> misused(talk, usage, why);
      case Command.Decisive(var words) -> decisive(talk, words);
      case Command.Status _ -> replies.tell(talk, lookups.status(desk.open()));
      case Command.Show(var plan) -> show(talk, plan);
      case Command.Diff(var plan) -> replies.tell(talk, lookups.details(plan));
      case Command.Rules(var id) -> replies.tell(talk, lookups.rules(id));
      case Command.Blueprints _ -> replies.tell(talk, lookups.blueprints());
      case Command.Waivers _ -> replies.tell(talk, lookups.waivers());
      case Command.Receipt(var plan) -> replies.tell(talk, lookups.receipt(plan));
      case Command.Sparql(var query) -> replies.tell(talk, lookups.sparql(query));
      case Command.Audit _ -> replies.tell(talk, lookups.audit());
      case Command.Cloud(var look) -> user.ifPresent(u -> understanding.look(said, talk, u, look));
      case Command.Use(var account) -> use(talk, account);
      case Command.Plan(var text) ->
          user.ifPresent(u -> understanding.free(said, talk, u, text, false));
      case Command.Ask(var question) -> user.ifPresent(u -> understanding.ask(talk, u, question));
      case Command.Approve(var plan) -> decisions.confirm(said, plan);
      case Command.Reject(var plan, var reason) -> decisions.reject(said, plan, reason);
      case Command.BreakGlass glass -> emergencies.ask(said, glass);
      case Command.Review(var plan) -> emergencies.review(said, plan);
      case Command.Discard(var plan) -> decisions.discard(said, plan);
      case Command.Waive waive -> user.ifPresent(u -> waivers.ask(said, talk, u, waive));
      case Command.Cancel(var run) ->
          user.ifPresent(
              u ->
                  latestRun(talk, run, true)
                      .ifPresentOrElse(r -> decisions.cancel(said, u, r), () -> noRun(talk)));
      case Command.Retry(var run) ->
          user.ifPresent(
              u ->
                  latestRun(talk, run, false)
                      .ifPresentOrElse(r -> retry(said, u, r), () -> noRun(talk)));
      case Command.RollBack(var run) -> user.ifPresent(u -> proposing.rollback(said, talk, u, run));
      case Command.Keep(var name) -> user.ifPresent(u -> keep(talk, u, name));
    }
  }

  /** What asks for a change, or decides on one. */
  private static boolean changes(Command command) {
    return switch (command) {
      case Command.Plan _,
          Command.Approve _,
          Command.Reject _,
          Command.BreakGlass _,
          Command.Review _,
          Command.Discard _,
          Command.Waive _,
          Command.Cancel _,
          Command.Retry _,
          Command.RollBack _,
          Command.Keep _ ->
          true;
      case Command.Cloud(var look) -> look instanceof CloudCommand.Import;
      default -> false;
    };
  }

  private void misused(Talk talk, String usage, String why) {
    if (usage.equals("help")) {
      Card help = lookups.help();
      var parts = new ArrayList<Part>();
      parts.add(Part.text(why + ". These there are:"));
      parts.addAll(help.parts());
      replies.tell(talk, Notice.parts(help.title(), parts));
    } else {
      replies.tell(
          talk,
          Notice.problem(
              new Problem("", why, "the command is incomplete or wrong", "say `" + usage + "`")));
    }
  }

  private void decisive(Talk talk, String words) {
    Optional<Proposal> latest = engine.latest(settings.tenant(), talk.thread());
    String plan = latest.map(p -> p.plan().id()).orElse("p-42");
    String glass =
        words.toLowerCase(Locale.ROOT).contains("glass")
            ? " In an emergency, `break-glass " + plan + "` opens its form."
            : "";
    String text =
        "“"
            + words
            + "” changes nothing: words never approve or reject. Press Approve or Reject on the"
            + " card, or say `approve "
            + plan
            + "` or `reject "
            + plan
            + " <why>`."
            + glass;
    replies.tell(talk, Notice.warn("Nothing was decided", text));
  }

  private void show(Talk talk, String plan) {
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    Optional<Approval> approval = engine.approval(settings.tenant(), plan);
    if (proposal.isEmpty() || approval.isEmpty()) {
      replies.tell(talk, lookups.unknownPlan(plan));
    } else {
      desk.again(
          talk,
          proposal.get(),
          approval.get(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          ids.get());
    }
  }

  private void use(Talk talk, String account) {
    List<Account> all = engine.accounts().accounts(settings.tenant());
    if (account.equalsIgnoreCase("any")) {
      talks.change(talk.thread(), t -> t.using(Optional.empty()));
      replies.tell(
          talk, Notice.say("Any account", "This thread plans for whichever account fits."));
      return;
    }
    Optional<Account> found =
        all.stream().filter(one -> one.id().equalsIgnoreCase(account)).findFirst();
    if (found.isEmpty()) {
      String known = String.join(", ", all.stream().map(Account::id).toList());
      replies.tell(
          talk,
          Notice.problem(
              new Problem(
                  "",
                  "No account " + account,
                  "there is none by that name",
                  "there are " + known)));
      return;
    }
    talks.change(talk.thread(), t -> t.using(Optional.of(found.get().id())));
    replies.tell(
        talk,
        Notice.say(
            "Using " + found.get().id(),
            "This thread plans for "
                + found.get().id()
                + " ("
                + found.get().environment()
                + ", "
                + found.get().region()
                + ") unless you say otherwise. `use any` ends it."));
  }

  private Optional<String> latestRun(Talk talk, Optional<String> named, boolean running) {
    return named.or(
        () ->
            engine.runs(settings.tenant()).stream()
                .filter(run -> run.thread().equals(talk.thread()))
                .filter(run -> run.state().ended() != running)
                .map(Run::id)
                .findFirst());
  }

  private void retry(Inbound said, User user, String run) {
    if (bounds.coversRun(said, run)) {
      decisions.retry(said, user, run);
    }
  }

  private void noRun(Talk talk) {
    replies.tell(
        talk,
        Notice.problem(
            new Problem(
                "",
                "No such run in this thread",
                "nothing here can be stopped or retried",
                "say `status` and name the run")));
  }

  private void keep(Talk talk, User user, String name) {
    Optional<Proposal> latest = engine.latest(settings.tenant(), talk.thread());
    if (latest.isEmpty()) {
      replies.tell(
          talk,
          Notice.problem(
              new Problem(
                  "",
                  "There is no plan in this thread",
                  "only a plan can be kept",
                  "plan something first")));
      return;
    }
    replies.guarded(
        talk,
        () -> {
          Blueprint kept = engine.keep(settings.tenant(), latest.get().plan().id(), name, user);
          replies.tell(
              talk,
              Notice.good(
                  "Kept as " + kept.name(),
                  "Say `plan blueprint " + kept.name() + "` to ask for the like."));
        });
  }
}
