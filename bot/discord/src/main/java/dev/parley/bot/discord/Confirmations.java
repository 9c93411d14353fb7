package dev.parley.bot.discord;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.value.Value.Fields;
import java.util.List;

/**
 * Discord's buttons ask nothing. One that has a question is pressed twice: the first press shows
 * the question to that person alone, with a button that counts.
 */
final class Confirmations {
  private static final int KEPT = 20_000;

  private final Recent<Button> buttons = new Recent<>(KEPT);

  /** Remembers the questions of a card's buttons. */
  void note(Card card) {
    for (Button button : card.buttons()) {
      if (button.confirm().isPresent()) {
        buttons.note(button.token(), button);
      }
    }
  }

  /** The question as a card of its own; a plain one if the words are no longer known. */
  Card question(String token, String label) {
    Button.Confirm confirm =
        buttons
            .of(token)
            .flatMap(Button::confirm)
            .orElse(
                new Button.Confirm(
                    label + "?",
                    "What it does stands on the card above. It counts when you press it here.",
                    label,
                    "Cancel"));
    return new Card(
        Card.Stage.QUESTION,
        Card.Tone.WARNING,
        confirm.title(),
        List.of(Part.text(confirm.text())),
        List.of(),
        confirm.title(),
        Fields.EMPTY);
  }

  /** The words with which somebody says yes, and backs out. */
  List<String> words(String token, String label) {
    return buttons
        .of(token)
        .flatMap(Button::confirm)
        .map(confirm -> List.of(confirm.yes(), confirm.no()))
        .orElse(List.of(label, "Cancel"));
  }
}
