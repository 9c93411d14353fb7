package dev.parley.bot.outbox;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing on its way to a surface.
 *
 * @param id orders the letters of one outbox
 * @param place where it was said; where it goes is asked when it is sent
 * @param key the same key is shown once
 * @param owner what it belongs to: the row of a card
 * @param card empty for a file
 * @param file empty for a card
 * @param words what goes with a file
 * @param written when it was handed in
 */
public record Letter(
    String id,
    Kind kind,
    Place place,
    String key,
    String owner,
    Optional<Card> card,
    Optional<Part.Attachment> file,
    String words,
    Instant written) {
  /** The same with another card. */
  Letter saying(Card other) {
    return new Letter(id, kind, place, key, owner, Optional.of(other), file, words, written);
  }

  /** What is to be done with it. */
  public enum Kind {
    /** A new message. */
    POST,
    /** A former message in its newest state. */
    EDIT,
    /** A file as a message of its own. */
    FILE
  }
}
