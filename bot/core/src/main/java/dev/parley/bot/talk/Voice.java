package dev.parley.bot.talk;

import dev.parley.bot.outbox.Outbox;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.Inbound;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.identity.Person;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Says things: posts cards with working buttons, changes them, whispers, opens forms. */
final class Voice {
  private static final Duration LIVES = Duration.ofDays(2);

  private final Deck deck;
  private final Talks talks;
  private final Clock clock;
  private final Supplier<String> ids;
  private final AtomicLong counter;
  private final Map<String, Mouth> mouths = new ConcurrentHashMap<>();
  private final Map<String, Card> last = new ConcurrentHashMap<>();

  private record Mouth(Surface surface, Outbox outbox) {}

  Voice(Deck deck, Talks talks, Clock clock, Supplier<String> ids) {
    this.deck = deck;
    this.talks = talks;
    this.clock = clock;
    this.ids = ids;
    counter = new AtomicLong(deck.all(_ -> true).stream().mapToLong(Shown::number).max().orElse(0));
  }

  void attach(Surface surface, Outbox outbox) {
    mouths.put(surface.id(), new Mouth(surface, outbox));
  }

  boolean idle() {
    return mouths.values().stream().allMatch(mouth -> mouth.outbox().idle());
  }

  void flush() {
    mouths.values().forEach(mouth -> mouth.outbox().flush());
  }

  /** Whether somebody listens there. */
  boolean reaches(Place place) {
    return mouths.containsKey(place.surface());
  }

  /** Posts a card that only tells. */
  void post(Place place, Card card) {
    post(place, card, new Subject.Other(), List.of(), ids.get());
  }

  /**
   * Posts a card and keeps what its buttons do.
   *
   * @param key the same key posts once
   */
  Optional<Shown> post(Place place, Card card, Subject subject, List<Offer> offers, String key) {
    Mouth mouth = mouths.get(place.surface());
    if (mouth == null) {
      return Optional.empty();
    }
    Shown shown = fresh(place, subject, offers, Optional.empty());
    deck.announce(shown);
    last.put(shown.id(), card);
    MessageRef message;
    try {
      message = mouth.outbox().post(place, fit(mouth, card.withButtons(shown.buttons())), key);
    } catch (Outbox.Undelivered e) {
      deck.forget(shown);
      last.remove(shown.id());
      throw e;
    }
    Shown bound = shown.at(message);
    if (subject instanceof Subject.Other && offers.isEmpty()) {
      deck.forget(shown);
      last.remove(shown.id());
    } else {
      deck.keep(bound);
    }
    talks.shown(place.key(), message, card);
    return Optional.of(bound);
  }

  /** Changes a card and its buttons in place. */
  void edit(Shown shown, Card card, List<Offer> offers) {
    Shown now = shown.offering(offers);
    if (!offers.equals(shown.offers()) || !shown.edited() || shown.closed()) {
      deck.keep(now);
    }
    last.put(shown.id(), card);
    send(now, card.withButtons(now.buttons()));
  }

  /** Changes a card for the last time; its buttons go. */
  void close(Shown shown, Card card) {
    deck.keep(shown.close());
    last.remove(shown.id());
    send(shown, card);
    shown.ref().ifPresent(message -> talks.edited(shown.thread(), message, card));
  }

  /** The card as it was last sent, if that was since the start. */
  Optional<Card> last(Shown shown) {
    return Optional.ofNullable(last.get(shown.id()));
  }

  /** Takes a card as the one that stands, after a restart. */
  void standing(Shown shown, Card card) {
    last.put(shown.id(), card);
  }

  /** Tells one person only. */
  void whisper(Inbound answered, Card card) {
    whisper(answered, card, List.of());
  }

  /** Tells one person only, with buttons that only they may press. */
  void whisper(Inbound answered, Card card, List<Offer> offers) {
    Mouth mouth = mouths.get(answered.place().surface());
    if (mouth == null) {
      return;
    }
    Shown shown =
        fresh(
            answered.place(),
            new Subject.Other(),
            offers,
            Optional.of(answered.speaker().person()));
    if (!offers.isEmpty()) {
      deck.keep(shown);
    }
    Card whole = fit(mouth, card.withButtons(shown.buttons()));
    if (mouth.surface().capabilities().whisper()) {
      mouth.surface().whisper(answered, whole);
    } else {
      mouth.outbox().post(answered.place(), whole, ids.get());
    }
  }

  /** Opens a form for one person; false if the surface has none. */
  boolean open(Inbound answered, String title, Form.Field field, String submit, Action action) {
    Mouth mouth = mouths.get(answered.place().surface());
    if (mouth == null || !mouth.surface().capabilities().form()) {
      return false;
    }
    Person person = answered.speaker().person();
    Shown shown =
        fresh(
            answered.place(),
            new Subject.Other(),
            List.of(Offer.plain(submit, action)),
            Optional.of(person));
    deck.keep(shown);
    mouth
        .surface()
        .open(
            answered, new Form(shown.buttons().getFirst().token(), title, List.of(field), submit));
    return true;
  }

  /** Shows that a message was seen. */
  void react(Place place, String message, String emoji) {
    Mouth mouth = mouths.get(place.surface());
    if (mouth != null && mouth.surface().capabilities().reactions()) {
      mouth.surface().react(new MessageRef(place, message), emoji);
    }
  }

  private void send(Shown shown, Card card) {
    Mouth mouth = mouths.get(shown.place().surface());
    if (mouth != null) {
      shown.ref().ifPresent(message -> mouth.outbox().edit(message, fit(mouth, card)));
    }
  }

  private Shown fresh(Place place, Subject subject, List<Offer> offers, Optional<Person> only) {
    var now = clock.instant();
    return new Shown(
        ids.get(),
        place,
        place.key(),
        subject,
        offers,
        Optional.empty(),
        only,
        now,
        now.plus(LIVES),
        false,
        false,
        counter.incrementAndGet());
  }

  private static Card fit(Mouth mouth, Card card) {
    return dev.parley.bot.card.Fit.to(card, mouth.surface().capabilities());
  }
}
