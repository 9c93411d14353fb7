package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.plan.Reading;
import java.util.ArrayList;
import java.util.List;

/** One short question; a number, a name, a button or free text answers it. */
public final class QuestionCard {
  private QuestionCard() {}

  /** The open question. */
  public static Card open(Reading.Question question) {
    var parts = new ArrayList<Part>();
    if (!question.choices().isEmpty()) {
      var lines = new StringBuilder();
      for (int i = 0; i < question.choices().size(); i++) {
        lines
            .append(i == 0 ? "" : "\n")
            .append(i + 1)
            .append(". ")
            .append(question.choices().get(i))
            .append(i == 0 ? " (usual)" : "");
      }
      parts.add(Part.text(lines.toString()));
      parts.add(
          new Part.Note(Prose.of("Press one, or answer with a number, a name or your own words.")));
    }
    return card(question, question.text(), parts);
  }

  /** The question once it was answered or dropped. */
  public static Card closed(Reading.Question question, String how) {
    return card(question, question.text() + " · " + how, List.of());
  }

  private static Card card(Reading.Question question, String title, List<Part> parts) {
    var body =
        Body.event("question")
            .put("topic", question.topic())
            .put("text", question.text())
            .texts("choices", question.choices());
    return new Card(Stage.QUESTION, Tone.NEUTRAL, title, parts, List.of(), title, body.fields());
  }
}
