package dev.parley.bot.discord;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Discord's buttons ask nothing. One that has a question is pressed twice: the first press shows
 * the question to that person alone, with a button that counts.
 */
final class Confirmations {
  private static final int KEPT = 20_000;

  private final Map<String, Button> buttons =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Button> eldest) {
              return size() > KEPT;
            }
          });

  /** Remembers the questions of a card's buttons. */
  void note(Card card) {
    for (Button button : card.buttons()) {
      if (button.confirm().isPresent()) {
        buttons.put(button.token(), button);
      }
    }
  }

  /** The question as a card of its own; a plain one if the words are no longer known. */
  Card question(String token, String label) {
    Button.Confirm confirm =
        Optional.ofNullable(buttons.get(token))
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
        List.of(dev.parley.bot.surface.Part.text(confirm.text())),
        List.of(),
        confirm.title(),
        dev.parley.value.Value.Fields.EMPTY);
  }

  /** The words with which somebody says yes, and backs out. */
  List<String> words(String token, String label) {
    return Optional.ofNullable(buttons.get(token))
        .flatMap(Button::confirm)
        .map(confirm -> List.of(confirm.yes(), confirm.no()))
        .orElse(List.of(label, "Cancel"));
  }
}
