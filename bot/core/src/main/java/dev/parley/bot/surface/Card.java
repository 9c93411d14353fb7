package dev.parley.bot.surface;

import dev.parley.value.Value.Fields;
import java.util.List;

/**
 * One message in neutral form.
 *
 * @param stage heard, question, plan, approval, progress, result, answer, error, notice
 * @param title one line
 * @param buttons at most five
 * @param fallback the whole card in one sentence, for notifications and screen readers
 * @param body the same facts for programs: what the transcript prints as JSON
 */
public record Card(
    Stage stage,
    Tone tone,
    String title,
    List<Part> parts,
    List<Button> buttons,
    String fallback,
    Fields body) {
  public Card {
    parts = List.copyOf(parts);
    buttons = List.copyOf(buttons);
  }

  /** The same card with these buttons. */
  public Card withButtons(List<Button> others) {
    return new Card(stage, tone, title, parts, others, fallback, body);
  }

  /** The same card with this part at its end. */
  public Card with(Part part) {
    var more = new java.util.ArrayList<>(parts);
    more.add(part);
    return new Card(stage, tone, title, more, buttons, fallback, body);
  }

  /** What it is about. */
  public enum Stage {
    HEARD,
    QUESTION,
    PLAN,
    APPROVAL,
    PROGRESS,
    RESULT,
    ANSWER,
    ERROR,
    NOTICE
  }

  /** How it feels. */
  public enum Tone {
    NEUTRAL,
    GOOD,
    WARNING,
    BAD
  }
}
