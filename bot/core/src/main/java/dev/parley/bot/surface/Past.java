package dev.parley.bot.surface;

import java.time.Instant;
import java.util.List;

/**
 * A thread as it stood before a restart.
 *
 * @param place where it is; always with a thread
 * @param title its first message or its plan's title, one line
 * @param lines oldest first
 */
public record Past(Place place, String title, List<Line> lines) {
  public Past {
    lines = List.copyOf(lines);
  }

  /** One message of it. */
  public sealed interface Line {
    /** The surface's id of the message. */
    String message();

    /** When it was said. */
    Instant at();
  }

  /** Something a person said, secrets redacted. */
  public record Heard(String message, Speaker speaker, String text, Instant at) implements Line {}

  /** Something Parley said, in its last state. */
  public record Shown(String message, Card card, Instant at) implements Line {}
}
