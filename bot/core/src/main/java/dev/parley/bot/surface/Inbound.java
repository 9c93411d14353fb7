package dev.parley.bot.surface;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that came from people. */
public sealed interface Inbound {
  /** The surface's id of the delivery; the same one twice is one. */
  String delivery();

  Speaker speaker();

  Place place();

  Instant at();

  /** The same, as if it had come from another place. */
  Inbound at(Place other);

  /**
   * A message, addressed to the bot or in a thread of its own; or a command.
   *
   * @param message empty for a command, which leaves no message behind
   * @param direct whether the bot was named, or nobody else can be meant
   * @param files names of what hangs on it
   */
  record Said(
      String delivery,
      Speaker speaker,
      Place place,
      String message,
      String text,
      boolean direct,
      Instant at,
      List<String> files)
      implements Inbound {
    public Said {
      files = files == null ? List.of() : List.copyOf(files);
    }

    /** Without files. */
    public Said(
        String delivery,
        Speaker speaker,
        Place place,
        String message,
        String text,
        boolean direct,
        Instant at) {
      this(delivery, speaker, place, message, text, direct, at, List.of());
    }

    @Override
    public Said at(Place other) {
      return new Said(delivery, speaker, other, message, text, direct, at, files);
    }
  }

  /** A message was changed afterwards. */
  record Edited(
      String delivery, Speaker speaker, Place place, String message, String text, Instant at)
      implements Inbound {
    @Override
    public Edited at(Place other) {
      return new Edited(delivery, speaker, other, message, text, at);
    }
  }

  /** A message was taken away. */
  record Deleted(String delivery, Speaker speaker, Place place, String message, Instant at)
      implements Inbound {
    @Override
    public Deleted at(Place other) {
      return new Deleted(delivery, speaker, other, message, at);
    }
  }

  /** A button was pressed. */
  record Pressed(
      String delivery, Speaker speaker, Place place, String message, String token, Instant at)
      implements Inbound {
    @Override
    public Pressed at(Place other) {
      return new Pressed(delivery, speaker, other, message, token, at);
    }
  }

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

    @Override
    public Submitted at(Place other) {
      return new Submitted(delivery, speaker, other, token, fields, at);
    }
  }

  /**
   * An emoji was put on a message; the name is the standard short one: {@code +1}, {@code -1},
   * {@code eyes}.
   */
  record Reacted(
      String delivery, Speaker speaker, Place place, String message, String emoji, Instant at)
      implements Inbound {
    @Override
    public Reacted at(Place other) {
      return new Reacted(delivery, speaker, other, message, emoji, at);
    }
  }

  /** An emoji was taken off. */
  record Unreacted(
      String delivery, Speaker speaker, Place place, String message, String emoji, Instant at)
      implements Inbound {
    @Override
    public Unreacted at(Place other) {
      return new Unreacted(delivery, speaker, other, message, emoji, at);
    }
  }
}
