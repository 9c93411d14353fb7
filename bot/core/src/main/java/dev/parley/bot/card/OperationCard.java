package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.engine.json.Json;
import dev.parley.provider.OperationInfo;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations of a cloud by name, and what one that reads has answered. */
public final class OperationCard {
  private static final int LINES = 24;
  private static final int INPUTS = 5;

  private OperationCard() {}

  /** What a search found. */
  public static Card found(String account, String words, List<OperationInfo> operations) {
    if (operations.isEmpty()) {
      return Notice.warn(
          "No operation fits", "Nothing in " + account + " is called like “" + words + "”.");
    }
    return Notice.parts(
        Say.count(operations.size(), "operation") + " of " + account,
        List.of(
            new Part.Table(
                List.of("operation", "", "takes"),
                operations.stream()
                    .map(
                        one ->
                            List.of(
                                one.name(), one.reading() ? "reads" : "needs a plan", takes(one)))
                    .toList(),
                0),
            new Part.Note(
                Prose.of(
                    "Say `call "
                        + operations.getFirst().name()
                        + " {…} in "
                        + account
                        + "`. What may change something becomes a plan first."))));
  }

  private static String takes(OperationInfo operation) {
    List<String> names =
        operation.input().fieldsAt("properties").fields().keySet().stream().toList();
    String first = String.join(", ", names.subList(0, Math.min(INPUTS, names.size())));
    return names.size() > INPUTS ? first + ", …" : first;
  }

  /** What it answered. */
  public static Card answer(String account, String operation, Fields answer) {
    List<String> text = Json.pretty(answer).lines().toList();
    var parts = new ArrayList<Part>();
    parts.add(
        new Part.Code("json", String.join("\n", text.subList(0, Math.min(LINES, text.size())))));
    if (text.size() > LINES) {
      parts.add(new Part.Note(Prose.of("and " + (text.size() - LINES) + " more lines")));
      parts.add(
          new Part.Attached(
              new Attachment(
                  operation + ".json",
                  "application/json",
                  String.join("\n", text).getBytes(StandardCharsets.UTF_8),
                  Optional.empty())));
    }
    parts.add(
        new Part.Note(
            Prose.of(
                "Asked of "
                    + account
                    + "; what looks like a credential is taken out. It is in the audit log.")));
    return Notice.parts(operation, parts);
  }
}
