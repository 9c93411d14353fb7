package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A card about which nothing can be done any more: the same facts, no buttons, and why. */
public final class Closing {
  private Closing() {}

  /**
   * The card, closed.
   *
   * @param state one word for programs: superseded, approved, rejected, expired, discarded,
   *     answered
   * @param how the same for people
   */
  public static Card of(Card open, String state, String how) {
    return of(open, state, how, tone(state));
  }

  /** How a state feels, usually. */
  public static Card.Tone tone(String state) {
    return switch (state) {
      case "approved" -> Card.Tone.GOOD;
      case "rejected" -> Card.Tone.BAD;
      default -> Card.Tone.NEUTRAL;
    };
  }

  /** The same, feeling otherwise than its state usually does. */
  public static Card of(Card open, String state, String how, Card.Tone tone) {
    var parts = new ArrayList<Part>();
    parts.add(new Part.Text(new Prose.Bold(how)));
    boolean headed =
        open.stage() == Card.Stage.PLAN
            && !open.parts().isEmpty()
            && open.parts().getFirst() instanceof Part.Text;
    open.parts().stream()
        .skip(headed ? 1 : 0) // what was to be done next is over
        .filter(part -> !(part instanceof Part.Image))
        .forEach(parts::add);
    var body = open.body().with("state", Value.text(state)).with("closed", Value.text(how));
    return new Card(
        open.stage(),
        tone,
        open.title() + " · " + how,
        parts,
        List.of(),
        open.title() + ": " + how,
        body);
  }
}
