package dev.parley.bot.outbox;

import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import java.util.Optional;

/** Who hands letters in, and hears what became of them. */
public interface Recipient {
  /** Where something said in a place is shown now. */
  Place destination(Place said);

  /**
   * Whether what was said in a place can be shown yet: not while the card is still to come that its
   * thread hangs on.
   *
   * @param place the place's key
   */
  default boolean ready(String place) {
    return true;
  }

  /** The message of an owner, if it has been shown. */
  Optional<MessageRef> message(String owner);

  /** A file as the surface takes it, made when its turn has come. */
  default Part.Attachment enclosed(Part.Attachment file) {
    return file;
  }

  /** A letter has arrived. May be told twice after a crash. */
  void delivered(Letter letter, MessageRef message);

  /** A letter will never arrive. */
  void failed(Letter letter, String why);
}
