package dev.parley.bot.text;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * A card as text: a box of a given width, signs in front of resources, bars of block characters,
 * buttons with numbers.
 */
public final class CardText {
  private static final int LEAST = 40;
  private static final int UNBROKEN = 5_000;

  private CardText() {}

  /** The card in lines, each at most so many columns wide. */
  public static List<String> lines(Card card, int columns) {
    int inner = Math.max(LEAST, columns) - 4;
    var body = new ArrayList<String>();
    for (Part part : card.parts()) {
      List<String> lines = PartText.lines(part, inner);
      if (!body.isEmpty() && !lines.isEmpty() && !(part instanceof Part.Note)) {
        body.add("");
      }
      body.addAll(lines);
    }
    var out = new ArrayList<String>();
    String title = mark(card.tone()) + Columns.cut(Inert.line(card.title()), inner - 4);
    out.add("╭─ " + title + " " + "─".repeat(Math.max(1, inner - Columns.width(title) - 1)) + "╮");
    body.forEach(line -> out.add("│ " + Columns.pad(line, inner) + " │"));
    if (!card.buttons().isEmpty()) {
      if (!body.isEmpty()) {
        out.add("│ " + Columns.pad("", inner) + " │");
      }
      Columns.wrap(buttons(card.buttons()), inner)
          .forEach(line -> out.add("│ " + Columns.pad(line, inner) + " │"));
    }
    out.add("╰" + "─".repeat(inner + 2) + "╯");
    return out;
  }

  /** One part alone, in lines of at most so many columns. */
  public static List<String> part(Part part, int columns) {
    return PartText.lines(part, columns);
  }

  /** The card as one text. */
  public static String render(Card card, int columns) {
    return String.join("\n", lines(card, columns));
  }

  /** How many characters a part adds to the {@link #words} of its card. */
  public static int length(Part part) {
    return PartText.lines(part, UNBROKEN).stream().mapToInt(line -> line.length() + 1).sum();
  }

  /** All words of a card, unbroken: title, parts, one line for each paragraph, no box. */
  public static String words(Card card) {
    var out = new StringBuilder(Inert.line(card.title()));
    card.parts()
        .forEach(
            part -> PartText.lines(part, UNBROKEN).forEach(line -> out.append('\n').append(line)));
    card.buttons()
        .forEach(
            button -> out.append('\n').append('[').append(Inert.line(button.label())).append(']'));
    return out.toString();
  }

  private static String buttons(List<Button> buttons) {
    var out = new StringBuilder();
    for (int i = 0; i < buttons.size(); i++) {
      String label = Inert.line(buttons.get(i).label()).replace(' ', '\u00a0');
      out.append(i == 0 ? "" : "  ").append('[').append(i + 1).append("]\u00a0").append(label);
    }
    return out.toString();
  }

  private static String mark(Card.Tone tone) {
    return switch (tone) {
      case NEUTRAL -> "";
      case GOOD -> "✓ ";
      case WARNING -> "! ";
      case BAD -> "✗ ";
    };
  }
}
