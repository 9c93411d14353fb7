package dev.parley.bot.surface;

import dev.parley.identity.Person;

/** Who said it, and what kind of being that is on the surface. */
public record Speaker(Person person, Kind kind) {
  /** Only humans are heard. */
  public enum Kind {
    HUMAN,
    BOT,
    GUEST,
    EXTERNAL
  }
}
