package dev.parley.bot.talk;

import dev.parley.bot.card.Notice;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Part;
import dev.parley.engine.Engine;
import dev.parley.identity.Role;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What free text means: a wish becomes a plan, a question an answer, and what is unclear is asked
 * back.
 */
final class Understanding {
  private final Engine engine;
  private final BotSettings settings;
  private final Roots roots;
  private final Thinking thinking;
  private final Lookups lookups;
  private final Bounds bounds;
  private final Pondering pondering;
  private final Rush rush;
  private final Questions questions;
  private final Proposing proposing;
  private final Replies replies;

  Understanding(
      Engine engine,
      BotSettings settings,
      Roots roots,
      Thinking thinking,
      Lookups lookups,
      Bounds bounds,
      Pondering pondering,
      Rush rush,
      Questions questions,
      Proposing proposing,
      Replies replies) {
    this.engine = engine;
    this.settings = settings;
    this.roots = roots;
    this.thinking = thinking;
    this.lookups = lookups;
    this.bounds = bounds;
    this.pondering = pondering;
    this.rush = rush;
    this.questions = questions;
    this.proposing = proposing;
    this.replies = replies;
  }

  /**
   * Reads a text and does what it means.
   *
   * @param answers whether it may be the answer to the open question
   */
  void free(Inbound said, Talk talk, User user, String text, boolean answers) {
    roots.open(talk, user.id());
    if (roots.remote(talk)) {
      rush.moves();
      rush.pass();
    }
    Optional<Talk.Pending> pending =
        answers ? talk.pending().filter(p -> p.asked().equals(user.id())) : Optional.empty();
    String answer = pending.map(p -> Questions.choice(p.question(), text)).orElse(text);
    var understood = new AtomicReference<Card>(Notice.answered(text));
    Runnable done = pondering.begin(talk, text, understood);
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
        roots.told(talk, user.id(), "answered");
      }
      case Reading.Lost lost -> {
        lost(talk, lost);
        roots.told(talk, user.id(), "not understood");
      }
      case Reading.Question question -> {
        if (replies.may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
          questions.answered(talk, "asked anew");
          questions.ask(talk, user, words, question);
          roots.told(talk, user.id(), "waiting for an answer of " + user.id());
        }
      }
      case Reading.Wanted wanted -> {
        if (replies.may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
          understood.set(Notice.understood(wanted.restated()));
          questions.answered(talk, pending.isPresent() ? "answered" : "dropped");
          var notes = new ArrayList<>(wanted.notes());
          Draft draft = proposing.placed(talk, wanted.draft());
          proposing.propose(
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

  /** Answers a question; what turns out to be a wish is not planned. */
  void ask(Talk talk, User user, String question) {
    switch (thinking.read(talk, user, question, Optional.empty())) {
      case Reading.Asks asks -> answer(talk, user, asks);
      case Reading.Lost lost -> lost(talk, lost);
      case Reading.Wanted wanted ->
          replies.tell(
              talk,
              Notice.warn(
                  "That is a wish, not a question",
                  "Understood: "
                      + wanted.restated()
                      + ". Say `plan "
                      + question
                      + "` to plan it."));
      case Reading.Question unclear ->
          replies.tell(
              talk, Notice.warn("That is not clear", unclear.text() + " Ask with more words."));
    }
  }

  /** A question for the clouds, or for the graph. */
  private void answer(Talk talk, User user, Reading.Asks asks) {
    CloudCommands.of(asks)
        .ifPresentOrElse(
            look -> replies.tell(talk, lookups.clouds().look(look, user, talk.use())),
            () -> replies.tell(talk, lookups.asks(asks)));
  }

  /** Looks into a cloud; a call that may change something becomes a plan instead. */
  void look(Inbound.Said said, Talk talk, User user, CloudCommand look) {
    Optional<Draft> draft = Optional.empty();
    Runnable done =
        pondering.begin(talk, said.text(), new AtomicReference<>(Notice.answered(said.text())));
    try {
      if (look instanceof CloudCommand.Call call) {
        draft = lookups.clouds().planned(call, talk.use());
      }
      if (draft.isEmpty()) {
        replies.tell(talk, lookups.clouds().look(look, user, talk.use()));
      }
    } finally {
      done.run();
    }
    draft.ifPresent(
        wanted -> {
          if (replies.may(said, user, Role.OPERATOR, "ask for plans") && bounds.changes(said)) {
            proposing.propose(
                said,
                talk,
                () -> engine.propose(settings.tenant(), talk.thread(), user, said.text(), wanted),
                Optional.of(wanted),
                List.of(),
                Optional.empty());
          }
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
    replies.tell(talk, Notice.parts("That is not clear", parts));
  }
}
