package dev.parley.bot.card;

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

/**
 * Cuts a card down to what a surface can show. What can't be shown is said or attached, never lost.
 */
public final class Fit {
  private static final int NOTE = 200;

  private Fit() {}

  /** The same card within a surface's means. */
  public static Card to(Card card, Capabilities can) {
    Card fitting = card;
    if (!can.images()) {
      fitting = without(fitting);
    }
    if (fitting.buttons().size() > can.maxButtons()) {
      fitting = fitting.withButtons(fitting.buttons().subList(0, can.maxButtons()));
    }
    return length(fitting) <= can.maxText() ? fitting : shortened(fitting, can);
  }

  private static Card without(Card card) {
    List<Part> parts =
        card.parts().stream()
            .map(
                part ->
                    part instanceof Part.Image(_, var alt)
                        ? new Part.Note(Prose.of("Picture: " + alt))
                        : part)
            .toList();
    return new Card(
        card.stage(),
        card.tone(),
        card.title(),
        parts,
        card.buttons(),
        card.fallback(),
        card.body());
  }

  /** Keeps whole parts from the top; the whole card goes along as a file. */
  private static Card shortened(Card card, Capabilities can) {
    var kept = new ArrayList<Part>();
    int left = can.maxText() - card.title().length() - NOTE;
    for (Part part : card.parts()) {
      int length = length(part);
      if (length <= left) {
        kept.add(part);
        left -= length;
      }
    }
    kept.add(
        new Part.Note(
            Prose.of(
                "This card is longer than fits here"
                    + (can.files() ? "; all of it is attached." : "."))));
    if (can.files()) {
      byte[] whole =
          CardText.render(card.withButtons(List.of()), 100).getBytes(StandardCharsets.UTF_8);
      kept.add(
          new Part.Attached(
              new Attachment("card.txt", "text/plain; charset=utf-8", whole, Optional.empty())));
    }
    return new Card(
        card.stage(),
        card.tone(),
        card.title(),
        kept,
        card.buttons(),
        card.fallback(),
        card.body());
  }

  private static int length(Card card) {
    return card.title().length() + card.parts().stream().mapToInt(Fit::length).sum();
  }

  private static int length(Part part) {
    if (part instanceof Part.Image || part instanceof Part.Attached) {
      return 80;
    }
    var alone =
        new Card(
            Card.Stage.NOTICE,
            Card.Tone.NEUTRAL,
            "",
            List.of(part),
            List.of(),
            "",
            dev.parley.value.Value.Fields.EMPTY);
    return CardText.lines(alone, 100).stream().mapToInt(String::length).sum();
  }
}
