package dev.parley.bot.talk;

import dev.parley.approval.Proposal;
import dev.parley.bot.card.RootCard;
import dev.parley.bot.surface.Card;
import dev.parley.engine.Engine;
import dev.parley.run.Run;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cards that stand for whole threads in shared channels of platforms beyond a network. One
 * thread's card is changed by one caller at a time, from what the engine knows then.
 */
final class Roots {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Deck deck;
  private final Talks talks;
  private final Object[] locks = Stream.generate(Object::new).limit(64).toArray();

  Roots(Engine engine, BotSettings settings, Voice voice, Deck deck, Talks talks) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.deck = deck;
    this.talks = talks;
  }

  /** Whether a thread is shown on a platform beyond a network. */
  boolean remote(Talk talk) {
    return voice.remote(talk.place());
  }

  /**
   * Opens a thread of its own for a request in a shared channel, under a card that stands for it.
   */
  void open(Talk talk, String owner) {
    synchronized (lock(talk)) {
      boolean stands = row(talk).isPresent() || talk.home().isPresent();
      if (remote(talk) && !talk.place().direct() && !stands) {
        voice.root(talk, RootCard.of(talk.title(), owner, "planning"));
      }
    }
  }

  /** Brings that card up to date, if there is one. */
  void update(Talk talk) {
    synchronized (lock(talk)) {
      Optional<Shown> row = row(talk);
      if (row.isPresent()) {
        standing(talk).ifPresent(card -> voice.root(row.get(), card));
      }
    }
  }

  /** A request that led to no plan says so in the channel. */
  void told(Talk talk, String owner, String state) {
    synchronized (lock(talk)) {
      Optional<Shown> row = row(talk);
      if (row.isPresent() && engine.latest(settings.tenant(), talk.thread()).isEmpty()) {
        voice.root(row.get(), RootCard.of(talk.title(), owner, state));
      }
    }
  }

  private Optional<Shown> row(Talk talk) {
    return talks.get(talk.thread()).flatMap(Talk::root).flatMap(deck::get);
  }

  private Optional<Card> standing(Talk talk) {
    Optional<Proposal> proposal = engine.latest(settings.tenant(), talk.thread());
    return proposal.flatMap(
        found ->
            engine
                .approval(settings.tenant(), found.plan().id())
                .map(approval -> RootCard.of(found, approval, ran(found))));
  }

  /** The newest run of a proposal's revision. */
  private Optional<Run> ran(Proposal proposal) {
    return engine.runs(settings.tenant()).stream()
        .filter(
            run ->
                run.plan().equals(proposal.plan().id())
                    && run.revision() == proposal.plan().revision())
        .findFirst();
  }

  private Object lock(Talk talk) {
    return locks[Math.floorMod(talk.thread().hashCode(), locks.length)];
  }
}
