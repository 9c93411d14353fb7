package dev.parley.bot.discord;

import dev.parley.bot.surface.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a button's custom id says: what the first press does, where it counts if it is shown
 * elsewhere, which message asked, and the token. At most 100 characters.
 *
 * @param channel where the press counts, if its button was sent to somebody directly
 * @param thread in that channel
 * @param message the message whose question it answers
 */
record ButtonId(
    Kind kind,
    Optional<String> channel,
    Optional<String> thread,
    Optional<String> message,
    String token) {
  private static final Pattern FORM =
      Pattern.compile("([?!=x])(?:@([0-9]{1,20})(?:\\.([0-9]{1,20}))?:)?(?:#([0-9]{1,20}):)?(.*)");

  /** What a press does. */
  enum Kind {
    /** Asks first. */
    ASKS('?'),
    /** Counts. */
    TELLS('!'),
    /** Counts, and was asked for. */
    ANSWERS('='),
    /** Only takes a question away. */
    NEVER_MIND('x');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }

    private static Kind of(char sign) {
      for (Kind kind : values()) {
        if (kind.sign == sign) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of button: " + sign);
    }
  }

  static ButtonId of(Kind kind, String token) {
    return new ButtonId(kind, Optional.empty(), Optional.empty(), Optional.empty(), token);
  }

  /** The same, for a press that counts in another place than where the button is shown. */
  ButtonId in(Place place) {
    return new ButtonId(kind, Optional.of(place.channel()), place.thread(), message, token);
  }

  /** The button that answers what this one asks. */
  ButtonId answering(String asked) {
    return new ButtonId(Kind.ANSWERS, channel, thread, Optional.of(asked), token);
  }

  /** The same where no message is to be named: the button was sent to one person. */
  ButtonId answering() {
    return new ButtonId(Kind.ANSWERS, channel, thread, Optional.empty(), token);
  }

  /** Reads an id; one that is not ours counts as a token that nobody knows. */
  static ButtonId read(String id) {
    Matcher parts = FORM.matcher(id);
    return parts.matches()
        ? new ButtonId(
            Kind.of(parts.group(1).charAt(0)),
            Optional.ofNullable(parts.group(2)),
            Optional.ofNullable(parts.group(3)),
            Optional.ofNullable(parts.group(4)),
            parts.group(5))
        : of(Kind.TELLS, id);
  }

  @Override
  public String toString() {
    return kind.sign
        + channel.map(in -> "@" + in + thread.map(t -> "." + t).orElse("") + ":").orElse("")
        + message.map(asked -> "#" + asked + ":").orElse("")
        + token;
  }
}
