package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Proposal;
import dev.parley.bot.card.Notice;
import dev.parley.bot.card.QuestionCard;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.identity.Account;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Reading;
import dev.parley.run.Run;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What happens when somebody says something: a command is carried out, anything else is planned.
 */
final class Hearing {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Talks talks;
  private final Deck deck;
  private final Desk desk;
  private final Thinking thinking;
  private final Lookups lookups;
  private final CloudLookups clouds;
  private final Decisions decisions;
  private final Bounds bounds;
  private final Linking linking;

  /** Threads whose present message is answered to its author alone. */
  private final Map<String, Inbound.Said> asides = new ConcurrentHashMap<>();

  private final ScheduledExecutorService timer;
  private final Supplier<String> ids;

  Hearing(
      Engine engine,
      BotSettings settings,
      Voice voice,
      Talks talks,
      Deck deck,
      Desk desk,
      Thinking thinking,
      Lookups lookups,
      Decisions decisions,
      Bounds bounds,
      Linking linking,
      ScheduledExecutorService timer,
      Supplier<String> ids) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.talks = talks;
    this.deck = deck;
    this.desk = desk;
    this.thinking = thinking;
    this.lookups = lookups;
    this.clouds = lookups.clouds();
    this.decisions = decisions;
    this.bounds = bounds;
    this.linking = linking;
    this.timer = timer;
    this.ids = ids;
  }

  /** One message, secrets redacted, in its thread. */
  void said(Inbound.Said said) {
    Optional<User> user = engine.directory().user(settings.tenant(), said.speaker().person());
    Talk talk = talks.open(said.place(), title(said.text()));
    talks.heard(
        talk.thread(),
        said.message(),
        said.speaker(),
        user.map(User::id).orElse(said.speaker().person().toString()),
        said.text());
    Optional<Command> command =
        answers(talk, user, said.text()) ? Optional.empty() : Commands.parse(said.text());
    if (!bounds.at(said.place()).bound() && !personal(command)) {
      voice.whisper(
          said,
          Notice.warn(
              "This channel is not bound",
              "Nothing is planned or answered here. An admin binds a channel in the configuration"
                  + " (surfaces); `whoami` and `link` work everywhere."));
      return;
    }
    if (user.isEmpty() && !open(command, said.place())) {
      stranger(said);
      return;
    }
    if (!said.files().isEmpty()) {
      voice.whisper(
          said,
          Notice.say(
              "Files are not read",
              String.join(", ", said.files()) + ": say what matters of it as text."));
    }
    if (command.isPresent()) {
      aside(command.get(), said, talk);
      try {
        obey(command.get(), said, talk, user);
      } finally {
        asides.remove(talk.thread());
      }
    } else {
      user.ifPresent(known -> free(said, talk, known, said.text(), true));
    }
  }

  /** A word that the open question offers answers it, even if it is a command's word as well. */
  private static boolean answers(Talk talk, Optional<User> user, String text) {
    return talk.pending()
        .filter(pending -> user.map(User::id).equals(Optional.of(pending.asked())))
        .map(
            pending ->
                pending.question().choices().stream()
                    .anyMatch(choice -> choice.equalsIgnoreCase(text.strip())))
        .orElse(false);
  }

  /** What is only about whoever says it. */
  private static boolean personal(Optional<Command> command) {
    return command
        .map(
            one ->
                one instanceof Command.Help
                    || one instanceof Command.WhoAmI
                    || one instanceof Command.Link
                    || one instanceof Command.Unlink)
        .orElse(false);
  }

  /**
   * A command that leaves no message in the channel is answered to its author alone, unless it
   * begins something that others shall see.
   */
  private void aside(Command command, Inbound.Said said, Talk talk) {
    boolean begins =
        command instanceof Command.Plan
            || command instanceof Command.Ask
            || command instanceof Command.RollBack
            || command instanceof Command.Show
            || command instanceof Command.Waive
            || command instanceof Command.Cloud;
    boolean loose = said.message().isEmpty() && talk.home().isEmpty();
    boolean unbound = !bounds.at(said.place()).bound();
    if (unbound || (voice.remote(said.place()) && loose && !begins)) {
      asides.put(talk.thread(), said);
    }
  }

  /** An answer given by a button, as if it had been said. */
  void chosen(Inbound answered, User user, String choice) {
    Talk talk = talks.open(answered.place(), choice);
    talks.heard(talk.thread(), ids.get(), answered.speaker(), user.id(), choice);
    free(answered, talk, user, choice, true);
  }

  /** Plans a text, in place of a message that was edited. */
  void planAgain(Inbound answered, User user, String text) {
    Talk talk = talks.open(answered.place(), title(text));
    talks.heard(talk.thread(), ids.get(), answered.speaker(), user.id(), text);
    free(answered, talk, user, text, false);
  }

  // ---- commands

  private boolean open(Optional<Command> command, dev.parley.bot.surface.Place place) {
    return command
        .map(
            one ->
                switch (one) {
                  case Command.Help _, Command.WhoAmI _, Command.Misused _ -> true;
                  case Command.Link(var code, _) -> code.isEmpty();
                  case Command.Status _,
                      Command.Show _,
                      Command.Diff _,
                      Command.Rules _,
                      Command.Blueprints _,
                      Command.Sparql _,
                      Command.Receipt _,
                      Command.Waivers _ ->
                      bounds.at(place).strangersRead();
                  default -> false;
                })
        .orElse(false);
  }

  private void stranger(Inbound said) {
    voice.whisper(
        said,
        Notice.warn(
            "You are not linked",
            "Nobody of this tenant is linked to "
                + said.speaker().person()
                + ", so nothing can be done for you here. Say `link` to be linked, or ask an admin;"
                + " `whoami` says what is known."));
  }

  private void obey(Command command, Inbound.Said said, Talk talk, Optional<User> user) {
    if (changes(command) && !bounds.changes(said)) {
      return;
    }
    switch (command) {
      case Command.Link(var code, var as) ->
          code.ifPresentOrElse(
              known -> user.ifPresent(u -> linking.show(said, u, known, as)),
              () -> linking.ask(said, user));
      case Command.Unlink(var person) -> user.ifPresent(u -> linking.end(said, u, person));
      case Command.Help _ -> tell(talk, lookups.help());
      case Command.WhoAmI _ ->
          tell(talk, lookups.whoAmI(said.speaker().person(), user, talk.use()));
      case Command.Misused(var usage, var why) -> misused(talk, usage, why);
      case Command.Decisive(var words) -> decisive(talk, words);
      case Command.Status _ -> tell(talk, lookups.status(desk.open()));
      case Command.Show(var plan) -> show(talk, plan);
      case Command.Diff(var plan) -> tell(talk, lookups.details(plan));
      case Command.Rules(var id) -> tell(talk, lookups.rules(id));
      case Command.Blueprints _ -> tell(talk, lookups.blueprints());
      case Command.Waivers _ -> tell(talk, lookups.waivers());
      case Command.Receipt(var plan) -> tell(talk, lookups.receipt(plan));
      case Command.Sparql(var query) -> tell(talk, lookups.sparql(query));
      case Command.Audit _ -> tell(talk, lookups.audit());
      case Command.Cloud(var look) -> user.ifPresent(u -> look(said, talk, u, look));
      case Command.Use(var account) -> use(talk, account);
      case Command.Plan(var text) -> user.ifPresent(u -> free(said, talk, u, text, false));
      case Command.Ask(var question) -> user.ifPresent(u -> ask(talk, u, question));
      case Command.Approve(var plan) -> decisions.confirm(said, plan);
      case Command.Reject(var plan, var reason) -> decisions.reject(said, plan, reason);
      case Command.Discard(var plan) -> decisions.discard(said, plan);
      case Command.Waive waive -> user.ifPresent(u -> decisions.askWaiver(said, talk, u, waive));
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
      case Command.RollBack(var run) -> user.ifPresent(u -> rollback(said, talk, u, run));
      case Command.Keep(var name) -> user.ifPresent(u -> keep(talk, u, name));
    }
  }

  /** A question for the clouds, or for the graph. */
  private void answer(Talk talk, User user, Reading.Asks asks) {
    CloudCommands.of(asks)
        .ifPresentOrElse(
            look -> tell(talk, clouds.look(look, user, talk.use())),
            () -> tell(talk, lookups.asks(asks)));
  }

  /** Looks into a cloud; a call that may change something becomes a plan instead. */
  private void look(Inbound.Said said, Talk talk, User user, CloudCommand look) {
    Optional<Draft> draft = Optional.empty();
    Runnable done =
        thinkingAloud(talk, said.text(), new AtomicReference<>(Notice.answered(said.text())));
    try {
      if (look instanceof CloudCommand.Call call) {
        draft = clouds.planned(call, talk.use());
      }
      if (draft.isEmpty()) {
        tell(talk, clouds.look(look, user, talk.use()));
      }
    } finally {
      done.run();
    }
    draft.ifPresent(
        wanted -> {
          if (may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
            propose(
                said,
                talk,
                () -> engine.propose(settings.tenant(), talk.thread(), user, said.text(), wanted),
                Optional.of(wanted),
                List.of(),
                Optional.empty());
          }
        });
  }

  /** What asks for a change, or decides on one. */
  private static boolean changes(Command command) {
    return switch (command) {
      case Command.Plan _,
          Command.Approve _,
          Command.Reject _,
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

  private void tell(Talk talk, Card card) {
    Inbound.Said alone = asides.get(talk.thread());
    if (alone == null) {
      voice.post(talk.place(), card);
    } else {
      voice.whisper(alone, card);
    }
  }

  private void misused(Talk talk, String usage, String why) {
    if (usage.equals("help")) {
      Card help = lookups.help();
      var parts = new ArrayList<Part>();
      parts.add(Part.text(why + ". These there are:"));
      parts.addAll(help.parts());
      tell(talk, Notice.parts(help.title(), parts));
    } else {
      tell(
          talk,
          Notice.problem(
              new Problem("", why, "the command is incomplete or wrong", "say `" + usage + "`")));
    }
  }

  private void decisive(Talk talk, String words) {
    Optional<Proposal> latest = engine.latest(settings.tenant(), talk.thread());
    String plan = latest.map(p -> p.plan().id()).orElse("p-42");
    String text =
        "“"
            + words
            + "” changes nothing: words never approve or reject. Press Approve or Reject on the"
            + " card, or say `approve "
            + plan
            + "` or `reject "
            + plan
            + " <why>`.";
    tell(talk, Notice.warn("Nothing was decided", text));
  }

  private void show(Talk talk, String plan) {
    Optional<Proposal> proposal = engine.proposal(settings.tenant(), plan);
    Optional<Approval> approval = engine.approval(settings.tenant(), plan);
    if (proposal.isEmpty() || approval.isEmpty()) {
      tell(talk, lookups.unknownPlan(plan));
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
      tell(talk, Notice.say("Any account", "This thread plans for whichever account fits."));
      return;
    }
    Optional<Account> found =
        all.stream().filter(one -> one.id().equalsIgnoreCase(account)).findFirst();
    if (found.isEmpty()) {
      String known = String.join(", ", all.stream().map(Account::id).toList());
      tell(
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
    tell(
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

  private void ask(Talk talk, User user, String question) {
    switch (thinking.read(talk, user, question, Optional.empty())) {
      case Reading.Asks asks -> answer(talk, user, asks);
      case Reading.Lost lost -> lost(talk, lost);
      case Reading.Wanted wanted ->
          tell(
              talk,
              Notice.warn(
                  "That is a wish, not a question",
                  "Understood: "
                      + wanted.restated()
                      + ". Say `plan "
                      + question
                      + "` to plan it."));
      case Reading.Question unclear ->
          tell(talk, Notice.warn("That is not clear", unclear.text() + " Ask with more words."));
    }
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
    tell(
        talk,
        Notice.problem(
            new Problem(
                "",
                "No such run in this thread",
                "nothing here can be stopped or retried",
                "say `status` and name the run")));
  }

  void rollback(Inbound said, Talk talk, User user, String run) {
    if (!may(said, user, Role.OPERATOR, "ask for a rollback") || !bounds.changes(said)) {
      return;
    }
    if (engine.run(settings.tenant(), run).isEmpty()) {
      tell(talk, lookups.unknownRun(run));
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

  private void keep(Talk talk, User user, String name) {
    Optional<Proposal> latest = engine.latest(settings.tenant(), talk.thread());
    if (latest.isEmpty()) {
      tell(
          talk,
          Notice.problem(
              new Problem(
                  "",
                  "There is no plan in this thread",
                  "only a plan can be kept",
                  "plan something first")));
      return;
    }
    guarded(
        talk,
        () -> {
          Blueprint kept = engine.keep(settings.tenant(), latest.get().plan().id(), name, user);
          tell(
              talk,
              Notice.good(
                  "Kept as " + kept.name(),
                  "Say `plan blueprint " + kept.name() + "` to ask for the like."));
        });
  }

  // ---- free text

  private void free(Inbound said, Talk talk, User user, String text, boolean answers) {
    desk.open(talk, user.id());
    Optional<Talk.Pending> pending =
        answers ? talk.pending().filter(p -> p.asked().equals(user.id())) : Optional.empty();
    String answer = pending.map(p -> choice(p.question(), text)).orElse(text);
    var understood = new AtomicReference<Card>(Notice.answered(text));
    Runnable done = thinkingAloud(talk, text, understood);
    try {
      Reading reading = thinking.read(talk, user, answer, pending.map(Talk.Pending::question));
      String words = pending.map(p -> p.words() + " — " + answer).orElse(text);
      understood(said, talk, user, words, reading, pending, understood);
    } finally {
      done.run();
    }
  }

  private void understood(
      Inbound said,
      Talk talk,
      User user,
      String words,
      Reading reading,
      Optional<Talk.Pending> pending,
      AtomicReference<Card> understood) {
    switch (reading) {
      case Reading.Asks asks -> {
        answer(talk, user, asks);
        desk.told(talk, user.id(), "answered");
      }
      case Reading.Lost lost -> {
        lost(talk, lost);
        desk.told(talk, user.id(), "not understood");
      }
      case Reading.Question question -> {
        if (may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
          answered(talk, "asked anew");
          question(talk, user, words, question);
          desk.told(talk, user.id(), "waiting for an answer of " + user.id());
        }
      }
      case Reading.Wanted wanted -> {
        if (may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
          understood.set(Notice.understood(wanted.restated()));
          answered(talk, pending.isPresent() ? "answered" : "dropped");
          var notes = new ArrayList<>(wanted.notes());
          Draft draft = placed(talk, wanted.draft());
          propose(
              said,
              talk,
              () -> engine.propose(settings.tenant(), talk.thread(), user, words, draft),
              Optional.of(draft),
              notes,
              wanted.suggestion());
        }
      }
    }
  }

  /** With {@code use}, what was left open goes to the chosen account. */
  private Draft placed(Talk talk, Draft draft) {
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
            draft.planner());
  }

  /** A number or a name stands for the choice; anything else for itself. */
  private static String choice(Reading.Question question, String text) {
    String said = text.strip();
    if (said.matches("#?\\d{1,2}[.)]?")) {
      int number = Integer.parseInt(said.replaceAll("\\D", ""));
      boolean isChoice = question.choices().stream().anyMatch(c -> c.equals(said));
      if (!isChoice && number >= 1 && number <= question.choices().size()) {
        return question.choices().get(number - 1);
      }
    }
    return question.choices().stream()
        .filter(choice -> choice.equalsIgnoreCase(said))
        .findFirst()
        .orElse(text);
  }

  private void question(Talk talk, User user, String words, Reading.Question question) {
    List<Offer> offers =
        question.choices().stream()
            .limit(5)
            .map(choice -> Offer.plain(choice, new Action.Choose(choice)))
            .toList();
    voice
        .post(
            talk.place(), QuestionCard.open(question), new Subject.OfQuestion(), offers, ids.get())
        .ifPresent(
            shown ->
                talks.change(
                    talk.thread(),
                    t ->
                        t.waiting(
                            Optional.of(
                                new Talk.Pending(question, user.id(), words, shown.id())))));
  }

  private void answered(Talk talk, String how) {
    talks
        .get(talk.thread())
        .flatMap(Talk::pending)
        .ifPresent(
            pending -> {
              deck.get(pending.card())
                  .filter(shown -> !shown.closed())
                  .ifPresent(
                      shown -> voice.close(shown, QuestionCard.closed(pending.question(), how)));
              talks.change(talk.thread(), t -> t.waiting(Optional.empty()));
            });
  }

  private void lost(Talk talk, Reading.Lost lost) {
    var parts = new ArrayList<Part>();
    if (!lost.understood().isEmpty()) {
      parts.add(Part.text("Understood: " + String.join(", ", lost.understood()) + "."));
    }
    if (!lost.unclear().isEmpty()) {
      parts.add(Part.text("Not understood: " + String.join(", ", lost.unclear()) + "."));
    }
    parts.add(
        Part.text(lost.hint().isBlank() ? "Say it another way, or say `help`." : lost.hint()));
    tell(talk, Notice.parts("That is not clear", parts));
  }

  // ---- plans

  void propose(
      Inbound said,
      Talk talk,
      Supplier<Engine.Outcome> asked,
      Optional<Draft> draft,
      List<String> notes,
      Optional<String> suggestion) {
    guarded(
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
              tell(talk, Notice.problems("It can't be planned like that", problems));
            }
            case Engine.Outcome.Nothing(var proposal) ->
                tell(
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
    tell(
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

  /** Says what a person can mend; anything else is for the lane to report. */
  void guarded(Talk talk, Runnable work) {
    try {
      work.run();
    } catch (Invalid e) {
      tell(talk, Notice.invalid("That can't be done", e));
    } catch (IllegalArgumentException e) {
      tell(
          talk,
          Notice.problem(
              new Problem(
                  "",
                  "That can't be done",
                  String.valueOf(e.getMessage()),
                  "change it and say it again")));
    }
  }

  private boolean may(Inbound said, User user, Role role, String what) {
    if (user.is(role)) {
      return true;
    }
    voice.whisper(
        said,
        Notice.warn(
            "You may not " + what,
            "That takes the role "
                + role.name().toLowerCase(java.util.Locale.ROOT)
                + "; you have "
                + roles(user)
                + ". Ask an admin."));
    return false;
  }

  private static String roles(User user) {
    return user.roles().isEmpty()
        ? "none"
        : String.join(
            ", ",
            user.roles().stream()
                .map(r -> r.name().toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .toList());
  }

  // ---- a card while it takes long

  /** Posts a "planning" card if the work is not over in time; the returned action ends it. */
  private Runnable thinkingAloud(Talk talk, String text, AtomicReference<Card> understood) {
    var over = new AtomicBoolean();
    var lock = new Object();
    var shown = new AtomicReference<Optional<Shown>>(Optional.empty());
    Duration wait = settings.heardAfter();
    var waiting =
        timer.schedule(
            () ->
                Thread.ofVirtual()
                    .start(
                        () -> {
                          synchronized (lock) {
                            if (!over.get()) {
                              shown.set(
                                  voice.post(
                                      talk.place(),
                                      Notice.heard(text),
                                      new Subject.Heard(),
                                      List.of(),
                                      ids.get()));
                            }
                          }
                        }),
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> {
      waiting.cancel(false);
      synchronized (lock) {
        over.set(true);
        shown.get().ifPresent(card -> voice.close(card, understood.get()));
      }
    };
  }

  private static String title(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() <= 80 ? line : line.substring(0, 79) + "…";
  }
}
