package dev.parley.bot.slack;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.surface.SurfaceFailure;
import dev.parley.identity.Person;

/**
 * Where the bot does not read the channel, cards that words may be said to end with how they reach
 * it: else people answer, and nobody hears them.
 */
record Reminder(Web web) {
  Card on(Place place, Card card) {
    boolean asks =
        switch (card.stage()) {
          case QUESTION -> true;
          case PLAN -> !card.buttons().isEmpty();
          case HEARD, APPROVAL, PROGRESS, RESULT, ANSWER, ERROR, NOTICE -> false;
        };
    return asks && !overhears(place) ? card.with(note(place)) : card;
  }

  private boolean overhears(Place place) {
    try {
      return web.overhears(place);
    } catch (SurfaceFailure e) {
      return true; // nobody can say now; the card itself is of more use than the reminder
    }
  }

  private Part note(Place place) {
    String bot = web.identity(place.workspace()).user();
    return new Part.Note(
        Prose.of(
            Prose.of("Words reach me only with a mention: "),
            new Prose.Mention(new Person(SlackSurface.ID, place.workspace(), bot)),
            Prose.of(" and what you want.")));
  }
}
