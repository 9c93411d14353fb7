package dev.parley.bot.memory;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.identity.Person;

/** One thing that the bot showed on the in-memory surface, in the order in which it did. */
public sealed interface Output {
  /** A new message. */
  record Posted(MessageRef message, Card card) implements Output {}

  /** A message in a new state. */
  record Edited(MessageRef message, Card card, long revision) implements Output {}

  /** Something only one person sees. */
  record Whispered(Person to, dev.parley.bot.surface.Place place, Card card) implements Output {}

  /** A form that one person sees. */
  record Opened(Person to, dev.parley.bot.surface.Place place, Form form) implements Output {}

  /** The bot's own emoji. */
  record Reacted(MessageRef message, String emoji) implements Output {}
}
