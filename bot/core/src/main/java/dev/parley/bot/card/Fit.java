package dev.parley.bot.card;

import dev.parley.bot.picture.BarsPicture;
import dev.parley.bot.picture.Raster;
import dev.parley.bot.surface.Capabilities;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a card down to what a surface can show. What can't be shown is said or attached, never lost.
 */
public final class Fit {
  private static final Logger LOG = LoggerFactory.getLogger(Fit.class);
  private static final int NOTE = 200;

  private static final String TEXT = "text/plain; charset=utf-8";

  private Fit() {}

  /**
   * A card within a surface's means, and what follows it.
   *
   * @param files empty where files are part of the card
   */
  public record Fitted(Card card, List<Enclosed> files) {
    public Fitted {
      files = List.copyOf(files);
    }
  }

  /**
   * A file that follows its card.
   *
   * @param words what it is, or what a picture shows
   */
  public record Enclosed(Attachment file, String words) {}

  /** The same card within a surface's means. */
  public static Fitted to(Card card, Capabilities can) {
    return to(card, can, true);
  }

  /** The same for a message that stands already: no file follows an edit. */
  public static Card again(Card card, Capabilities can) {
    return to(card, can, !can.apart()).card();
  }

  private static Fitted to(Card card, Capabilities can, boolean filed) {
    Card fitting = with(card, parts(card, can));
    if (fitting.buttons().size() > can.maxButtons()) {
      fitting = fitting.withButtons(fitting.buttons().subList(0, can.maxButtons()));
    }
    Card shown = can.apart() ? apart(fitting).card() : fitting;
    if (length(shown) > can.maxText() || shown.parts().size() > can.maxParts()) {
      fitting = shortened(card, fitting, can, filed && can.files());
    }
    return can.apart() ? apart(fitting) : new Fitted(fitting, List.of());
  }

  /** Its parts, as the surface can show them. */
  static List<Part> parts(Card card, Capabilities can) {
    return card.parts().stream().flatMap(part -> part(part, can).stream()).toList();
  }

  private static List<Part> part(Part part, Capabilities can) {
    return switch (part) {
      case Part.Image(_, var alt) when !can.images() -> List.of(note("Picture: " + alt));
      case Part.Image(var picture, var alt) when can.png() && !can.apart() ->
          List.of(png(picture, alt));
      case Part.Bars bars when can.png() && can.images() && !bars.bars().isEmpty() ->
          List.of(bars(bars, can));
      case Part.Attached(var file) when !can.files() ->
          List.of(note("File: " + file.name() + ", " + file.bytes().length + " bytes"));
      case Part.Text(var prose) ->
          Paragraphs.split(prose, can.maxPart()).stream().<Part>map(Part.Text::new).toList();
      case Part.Code(_, var text) when text.length() > can.maxPart() -> code(text, can);
      default -> List.of(part);
    };
  }

  /** A block of code is whole or a file. */
  private static List<Part> code(String text, Capabilities can) {
    return can.files()
        ? List.of(
            note("The text is longer than fits here; it is attached."),
            new Part.Attached(
                new Attachment(
                    "text.txt", TEXT, text.getBytes(StandardCharsets.UTF_8), Optional.empty())))
        : List.of(note("A text of " + text.length() + " characters is too long to be shown here."));
  }

  private static Part bars(Part.Bars bars, Capabilities can) {
    var svg = new Attachment("cost.svg", "image/svg+xml", BarsPicture.draw(bars), Optional.empty());
    String words = BarsPicture.words(bars);
    return can.apart() ? new Part.Image(svg, words) : png(svg, words);
  }

  private static Part png(Attachment picture, String alt) {
    return drawn(picture)
        .<Part>map(one -> new Part.Image(one, alt))
        .orElseGet(() -> note("Picture: " + alt));
  }

  /**
   * A file that follows its card, as a surface takes it. Drawing takes longer than all else about a
   * card, so it is done only when the file's turn has come.
   */
  public static Attachment enclosed(Attachment file, Capabilities can) {
    return can.png() ? drawn(file).orElse(file) : file;
  }

  private static Optional<Attachment> drawn(Attachment picture) {
    if (!picture.mediaType().startsWith("image/svg")) {
      return Optional.of(picture);
    }
    try {
      String name = picture.name().replaceAll("\\.svg$", "") + ".png";
      return Optional.of(
          new Attachment(name, "image/png", Raster.png(picture.bytes()), Optional.empty()));
    } catch (RuntimeException | LinkageError | InternalError e) {
      LOG.warn("no picture can be drawn on this machine: {}", e.toString());
      return Optional.empty();
    }
  }

  private static Fitted apart(Card card) {
    var kept = new ArrayList<Part>();
    var files = new ArrayList<Enclosed>();
    for (Part part : card.parts()) {
      switch (part) {
        case Part.Image(var picture, var alt) -> files.add(new Enclosed(picture, alt));
        case Part.Attached(var file) -> files.add(new Enclosed(file, card.title()));
        default -> kept.add(part);
      }
    }
    return new Fitted(with(card, kept), files);
  }

  /** Keeps the files, then whole parts from the top; the whole card goes along as a file. */
  private static Card shortened(Card whole, Card card, Capabilities can, boolean filed) {
    var kept = new boolean[card.parts().size()];
    int left = can.maxText() - card.title().length() - NOTE;
    int room = Math.max(0, can.maxParts() - 2);
    int lost = 0;
    for (int i = 0; i < kept.length; i++) {
      Part part = card.parts().get(i);
      if (!file(part)) {
        continue;
      }
      int length = can.apart() ? 0 : CardText.length(part);
      kept[i] = can.apart() || (length <= left && room > 0);
      if (!kept[i]) {
        lost++;
      } else if (!can.apart()) {
        left -= length;
        room--;
      }
    }
    for (int i = 0; i < kept.length; i++) {
      Part part = card.parts().get(i);
      int length = file(part) ? 0 : CardText.length(part);
      if (!file(part) && length <= left && room > 0) {
        kept[i] = true;
        left -= length;
        room--;
      }
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        parts.add(card.parts().get(i));
      }
    }
    parts.add(
        note(
            "This card is longer than fits here"
                + (filed ? "; all of it is attached." : ".")
                + (lost > 0 ? " Files left out: " + lost + "." : "")));
    if (filed) {
      byte[] text =
          CardText.render(whole.withButtons(List.of()), 100).getBytes(StandardCharsets.UTF_8);
      parts.add(new Part.Attached(new Attachment("card.txt", TEXT, text, Optional.empty())));
    }
    return with(card, parts);
  }

  private static boolean file(Part part) {
    return part instanceof Part.Attached || part instanceof Part.Image;
  }

  private static Part note(String words) {
    return new Part.Note(Prose.of(words));
  }

  private static Card with(Card card, List<Part> parts) {
    return new Card(
        card.stage(),
        card.tone(),
        card.title(),
        parts,
        card.buttons(),
        card.fallback(),
        card.body());
  }

  private static int length(Card card) {
    return card.title().length() + card.parts().stream().mapToInt(CardText::length).sum();
  }
}
