package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.catalog.Catalog;
import dev.parley.engine.look.CatalogNews;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Types of a catalog, and what a reading anew has changed. */
public final class CatalogCard {
  private static final int ROWS = 15;
  private static final int NAMES = 8;

  private CatalogCard() {}

  /** A type of an account's catalog. */
  public record Row(String account, ResourceType type, String title) {}

  /** What a search found. */
  public static Card found(String words, List<Row> rows) {
    if (rows.isEmpty()) {
      return Notice.warn("No type fits", "No catalog has anything like “" + words + "”.");
    }
    return Notice.parts(
        Say.count(rows.size(), "type") + " like “" + words + "”",
        List.of(
            new Part.Table(
                List.of("account", "type", "what"),
                rows.stream()
                    .limit(ROWS)
                    .map(row -> List.of(row.account(), row.type().name(), row.title()))
                    .toList(),
                Math.max(0, rows.size() - ROWS))));
  }

  /** What is new. */
  public static Card news(CatalogNews news) {
    Catalog.Difference difference = news.difference();
    var parts = new ArrayList<Part>();
    if (difference.any()) {
      var facts = new ArrayList<Part.Fact>();
      if (!difference.added().isEmpty()) {
        facts.add(Say.fact("added", names(difference.added())));
      }
      if (!difference.removed().isEmpty()) {
        facts.add(Say.fact("removed", names(difference.removed())));
      }
      if (!difference.changed().isEmpty()) {
        facts.add(Say.fact("changed", names(difference.changed().keySet())));
      }
      parts.add(new Part.Facts(facts));
    }
    difference.warnings().forEach(warning -> parts.add(new Part.Note(Prose.of(warning))));
    if (!news.outdated().isEmpty()) {
      parts.add(
          new Part.Note(
              Prose.of(
                  "Out of date now: "
                      + String.join(", ", news.outdated())
                      + ". Ask for them again; they can't be approved as they are.")));
    }
    if (parts.isEmpty()) {
      parts.add(Part.text("It says what it said before."));
    }
    return Notice.parts("The catalog of " + news.account() + " was read anew", parts);
  }

  private static String names(Collection<ResourceType> types) {
    String first =
        types.stream().limit(NAMES).map(ResourceType::name).collect(Collectors.joining(", "));
    return types.size() > NAMES ? Say.count(types.size(), "type") + ": " + first + ", …" : first;
  }
}
