package dev.parley.bot.talk;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.identity.Person;
import dev.parley.value.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A card that is shown, and what its buttons do. A button's token is the id, 128 random bits, a
 * dot, and the place of the button in the list.
 *
 * @param thread the conversation's name
 * @param message the surface's id; empty for a whisper
 * @param only the one person who may press; empty means whoever is allowed to
 * @param edited whether the message was changed since it was posted
 * @param closed whether its buttons are gone
 * @param number counts the cards, so that those of one instant keep their order
 * @param stands the digest of what was handed in last; kept of cards in a channel only
 */
record Shown(
    String id,
    Place place,
    String thread,
    Subject subject,
    List<Offer> offers,
    Optional<String> message,
    Optional<Person> only,
    Instant posted,
    Instant expires,
    boolean edited,
    boolean closed,
    long number,
    Optional<Digest> stands) {
  Shown {
    offers = List.copyOf(offers);
  }

  List<Button> buttons() {
    var buttons = new ArrayList<Button>();
    for (int i = 0; i < offers.size(); i++) {
      Offer offer = offers.get(i);
      buttons.add(new Button(offer.style(), offer.label(), id + "." + i, offer.confirm()));
    }
    return buttons;
  }

  Optional<MessageRef> ref() {
    return message.map(id -> new MessageRef(place, id));
  }

  Shown at(MessageRef ref) {
    return new Shown(
        id,
        ref.place(),
        thread,
        subject,
        offers,
        Optional.of(ref.id()),
        only,
        posted,
        expires,
        edited,
        closed,
        number,
        stands);
  }

  Shown offering(List<Offer> others) {
    return new Shown(
        id, place, thread, subject, others, message, only, posted, expires, true, false, number,
        stands);
  }

  Shown standing(Digest card) {
    return new Shown(
        id,
        place,
        thread,
        subject,
        offers,
        message,
        only,
        posted,
        expires,
        edited,
        closed,
        number,
        Optional.of(card));
  }

  Shown close() {
    return new Shown(
        id, place, thread, subject, offers, message, only, posted, expires, true, true, number,
        stands);
  }
}
