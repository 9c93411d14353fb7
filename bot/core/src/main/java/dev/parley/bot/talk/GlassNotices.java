package dev.parley.bot.talk;

import dev.parley.approval.Approval;
import dev.parley.approval.Emergency;
import dev.parley.bot.card.GlassCard;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.surface.Speaker;
import dev.parley.engine.Engine;
import dev.parley.identity.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells of broken glass: everybody in the thread, the owners by name and each alone; and reminds
 * them when nobody has reviewed it in time. Doing it again changes nothing.
 */
final class GlassNotices {
  private final Engine engine;
  private final BotSettings settings;
  private final Voice voice;
  private final Deck deck;
  private final Talks talks;
  private final Calling calling;

  GlassNotices(
      Engine engine, BotSettings settings, Voice voice, Deck deck, Talks talks, Calling calling) {
    this.engine = engine;
    this.settings = settings;
    this.voice = voice;
    this.deck = deck;
    this.talks = talks;
    this.calling = calling;
  }

  /** The emergency that a plan's approval was. */
  Optional<Emergency> of(Approval approval) {
    return approval.brokenGlass().flatMap(_ -> of(approval.plan()));
  }

  Optional<Emergency> of(String plan) {
    return engine.emergencies(settings.tenant()).stream()
        .filter(one -> one.receipt().plan().equals(plan))
        .findFirst();
  }

  /** Shows it in a thread as it stands. */
  void show(Talk talk, Emergency emergency) {
    var subject = new Subject.OfGlass(emergency.receipt().plan());
    List<Shown> before =
        deck.about(subject).stream().filter(s -> s.thread().equals(talk.thread())).toList();
    String said = "glass:" + emergency.receipt().id();
    if (before.isEmpty() && fresh(talk, said)) {
      voice.post(talk.place(), card(emergency), subject, offers(emergency), key(talk, emergency));
      owners(talk, emergency).forEach(owner -> tell(talk, owner, emergency));
      said(talk, said);
    } else if (emergency.review().isPresent()) {
      before.stream()
          .filter(shown -> !shown.closed())
          .forEach(shown -> voice.close(shown, card(emergency)));
    }
  }

  /** The card of an emergency in this state. */
  Card card(Emergency emergency) {
    return emergency
        .review()
        .map(review -> GlassCard.reviewed(emergency, review))
        .orElseGet(() -> GlassCard.broken(emergency, called(emergency)));
  }

  /** Reminds of what is not reviewed in time. */
  void tick(Instant now) {
    for (Emergency emergency : engine.emergencies(settings.tenant())) {
      if (emergency.overdue(now)) {
        engine
            .proposal(settings.tenant(), emergency.receipt().plan())
            .flatMap(proposal -> talks.get(proposal.plan().thread()))
            .ifPresent(talk -> overdue(talk, emergency));
      }
    }
  }

  private void overdue(Talk talk, Emergency emergency) {
    String key = "glass-overdue:" + emergency.receipt().id();
    if (fresh(talk, key)) {
      Card card = GlassCard.overdue(emergency, called(talk, emergency));
      voice.post(talk.place(), card, new Subject.Other(), List.of(), key);
      said(talk, key);
    }
  }

  private static List<Offer> offers(Emergency emergency) {
    return emergency.review().isPresent()
        ? List.of()
        : List.of(Offer.primary("Reviewed", new Action.Review(emergency.receipt().plan())));
  }

  private static String key(Talk talk, Emergency emergency) {
    return "glass:" + emergency.receipt().id() + ":" + talk.thread();
  }

  private void tell(Talk talk, Person owner, Emergency emergency) {
    var answered =
        new Inbound.Said(
            "glass " + emergency.receipt().id() + " " + owner,
            new Speaker(owner, Speaker.Kind.HUMAN),
            talk.place(),
            "",
            "",
            false,
            emergency.vote().at());
    if (voice.whispers(talk.place())) {
      voice.whisper(answered, GlassCard.told(emergency));
    }
  }

  private List<Prose> called(Emergency emergency) {
    return engine
        .proposal(settings.tenant(), emergency.receipt().plan())
        .flatMap(proposal -> talks.get(proposal.plan().thread()))
        .map(talk -> called(talk, emergency))
        .orElseGet(() -> emergency.glass().reviewers().stream().map(Prose::of).toList());
  }

  private List<Prose> called(Talk talk, Emergency emergency) {
    return calling.each(talk.place(), emergency.glass().reviewers());
  }

  private Stream<Person> owners(Talk talk, Emergency emergency) {
    return emergency.glass().reviewers().stream()
        .flatMap(user -> calling.people(talk.place(), user).stream());
  }

  private boolean fresh(Talk talk, String key) {
    return talks.get(talk.thread()).map(known -> !known.announced().contains(key)).orElse(false);
  }

  /** Notes that something was said: behind the saying, so that a crash in between says it again. */
  private void said(Talk talk, String key) {
    talks.change(talk.thread(), known -> known.having(Set.of(key)));
  }
}
