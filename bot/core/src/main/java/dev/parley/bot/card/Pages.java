package dev.parley.bot.card;

import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A card for one person alone, who can be sent no file on a platform where files are messages of
 * their own: as several cards, one after another, each within the surface's means. Lists are broken
 * between their lines and prose at paragraphs; a block of code that has no room is said to have
 * none.
 */
public final class Pages {
  private static final int MOST = 6;
  private static final int MARGIN = 200;

  private Pages() {}

  /** The cards; the buttons are on the last one. */
  public static List<Card> of(Card card, Capabilities can) {
    if (!can.apart()) {
      return List.of(Fit.to(card, can).card());
    }
    Capabilities bare = can.withoutFiles();
    int room = bare.maxText() - card.title().length() - MARGIN;
    var pages = new ArrayList<List<Part>>();
    var page = new ArrayList<Part>();
    int left = room;
    for (Part part : pieces(Fit.parts(card, bare), room)) {
      int length = CardText.length(part);
      if (!page.isEmpty() && (length > left || page.size() >= bare.maxParts() - 2)) {
        pages.add(List.copyOf(page));
        page.clear();
        left = room;
      }
      page.add(part);
      left -= length;
    }
    pages.add(List.copyOf(page));
    return numbered(card, pages, bare);
  }

  private static List<Card> numbered(Card card, List<List<Part>> pages, Capabilities can) {
    int shown = Math.min(pages.size(), MOST);
    var out = new ArrayList<Card>();
    for (int i = 0; i < shown; i++) {
      var parts = new ArrayList<>(pages.get(i));
      boolean last = i == shown - 1;
      if (last && pages.size() > shown) {
        int more = pages.subList(shown, pages.size()).stream().mapToInt(List::size).sum();
        parts.add(note("There is more than can be shown to one person alone: " + more + " parts."));
      }
      String title = card.title() + (shown > 1 ? " (" + (i + 1) + " of " + shown + ")" : "");
      out.add(
          new Card(
              card.stage(),
              card.tone(),
              title,
              parts,
              last
                  ? card.buttons().subList(0, Math.min(card.buttons().size(), can.maxButtons()))
                  : List.of(),
              card.fallback(),
              card.body()));
    }
    return out;
  }

  private static List<Part> pieces(List<Part> parts, int room) {
    return parts.stream().flatMap(part -> pieces(part, room).stream()).toList();
  }

  /** A part as it is, or broken between its lines. */
  private static List<Part> pieces(Part part, int room) {
    if (CardText.length(part) <= room) {
      return List.of(part);
    }
    List<Part> halves = halves(part);
    return halves.size() < 2 ? List.of(tooLong(part)) : pieces(halves, room);
  }

  /** A list broken in two between its lines; what is no list, or has one line, as it is. */
  public static List<Part> halves(Part part) {
    return switch (part) {
      case Part.Facts(var facts) -> halves(part, facts, (some, _) -> new Part.Facts(some), 0);
      case Part.Table(var columns, var rows, var more) ->
          halves(part, rows, (some, rest) -> new Part.Table(columns, some, rest), more);
      case Part.Changes(var lines, var more) -> halves(part, lines, Part.Changes::new, more);
      case Part.Tasks(var tasks, var more) -> halves(part, tasks, Part.Tasks::new, more);
      case Part.Findings(var lines, var more) -> halves(part, lines, Part.Findings::new, more);
      case Part.Bars(var title, var bars) ->
          halves(part, bars, (some, _) -> new Part.Bars(title, some), 0);
      case Part.Text _, Part.Image _, Part.Code _, Part.Note _, Part.Link _, Part.Attached _ ->
          List.of(part);
    };
  }

  /**
   * Two parts.
   *
   * @param more what is not even named; said at the end of the second
   */
  private static <T> List<Part> halves(
      Part whole, List<T> lines, BiFunction<List<T>, Integer, Part> make, int more) {
    if (lines.size() < 2) {
      return List.of(whole);
    }
    int middle = lines.size() / 2;
    return List.of(
        make.apply(lines.subList(0, middle), 0),
        make.apply(lines.subList(middle, lines.size()), more));
  }

  private static Part tooLong(Part part) {
    return note("Something of " + CardText.length(part) + " characters has no room here.");
  }

  private static Part note(String words) {
    return new Part.Note(Prose.of(words));
  }
}
