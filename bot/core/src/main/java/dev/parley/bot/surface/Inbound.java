package dev.parley.bot.surface;

import java.time.Instant;
import java.util.Map;

/** Something that came from people. */
public sealed interface Inbound {
  /** The surface's id of the delivery; the same one twice is one. */
  String delivery();

  Speaker speaker();

  Place place();

  Instant at();

  /** A message, addressed to the bot or in a thread of its own. */
  record Said(
      String delivery,
      Speaker speaker,
      Place place,
      String message,
      String text,
      boolean direct,
      Instant at)
      implements Inbound {}

  /** A message was changed afterwards. */
  record Edited(
      String delivery, Speaker speaker, Place place, String message, String text, Instant at)
      implements Inbound {}

  /** A message was taken away. */
  record Deleted(String delivery, Speaker speaker, Place place, String message, Instant at)
      implements Inbound {}

  /** A button was pressed. */
  record Pressed(
      String delivery, Speaker speaker, Place place, String message, String token, Instant at)
      implements Inbound {}

  /** A form was sent. */
  record Submitted(
      String delivery,
      Speaker speaker,
      Place place,
      String token,
      Map<String, String> fields,
      Instant at)
      implements Inbound {
    public Submitted {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * An emoji was put on a message; the name is the standard short one: {@code +1}, {@code -1},
   * {@code eyes}.
   */
  record Reacted(
      String delivery, Speaker speaker, Place place, String message, String emoji, Instant at)
      implements Inbound {}

  /** An emoji was taken off. */
  record Unreacted(
      String delivery, Speaker speaker, Place place, String message, String emoji, Instant at)
      implements Inbound {}
}
