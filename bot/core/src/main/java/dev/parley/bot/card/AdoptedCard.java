package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.look.Adopted;
import java.util.ArrayList;
import java.util.List;

/** What an import took under care, and what it did not. */
public final class AdoptedCard {
  private static final int ROWS = 15;

  private AdoptedCard() {}

  /** The card. */
  public static Card of(String account, Adopted adopted) {
    var parts = new ArrayList<Part>();
    if (!adopted.imported().isEmpty()) {
      parts.add(
          new Part.Table(
              List.of("name", "type", "id"),
              adopted.imported().stream()
                  .limit(ROWS)
                  .map(
                      one ->
                          List.of(
                              one.at().name(), one.at().type().name(), one.resource().id().value()))
                  .toList(),
              Math.max(0, adopted.imported().size() - ROWS)));
    }
    adopted.refused().stream()
        .limit(ROWS)
        .forEach(problem -> parts.add(new Part.Note(Prose.of("Not imported: " + problem))));
    if (adopted.refused().size() > ROWS) {
      parts.add(
          new Part.Note(
              Prose.of("and " + (adopted.refused().size() - ROWS) + " more were not imported")));
    }
    parts.addAll(Gaps.parts("Not seen", adopted.gaps()));
    parts.add(new Part.Note(Prose.of("Nothing was changed in the cloud.")));
    return Notice.parts(
        adopted.imported().isEmpty()
            ? "Nothing to import from " + account
            : Say.count(adopted.imported().size(), "resource") + " imported from " + account,
        parts);
  }
}
