package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/** Short things said: a word to the person, a list, an error. */
public final class Notice {
  private Notice() {}

  /** A title and a paragraph. */
  public static Card say(String title, String text) {
    return of(
        Stage.NOTICE,
        Tone.NEUTRAL,
        title,
        text.isBlank() ? List.of() : List.of(Part.text(text)),
        text);
  }

  /** The same, as good news. */
  public static Card good(String title, String text) {
    return of(
        Stage.NOTICE,
        Tone.GOOD,
        title,
        text.isBlank() ? List.of() : List.of(Part.text(text)),
        text);
  }

  /** The same, as something to look at. */
  public static Card warn(String title, String text) {
    return of(
        Stage.NOTICE,
        Tone.WARNING,
        title,
        text.isBlank() ? List.of() : List.of(Part.text(text)),
        text);
  }

  /** Something to look out for, in which somebody is called. */
  public static Card warn(String title, Prose text) {
    return of(Stage.NOTICE, Tone.WARNING, title, List.of(new Part.Text(text)), text.words());
  }

  /** A title and parts. */
  public static Card parts(String title, List<Part> parts) {
    return of(Stage.NOTICE, Tone.NEUTRAL, title, parts, "");
  }

  /** That it was heard and is being thought about. */
  public static Card heard(String request) {
    return of(Stage.HEARD, Tone.NEUTRAL, "Planning…", List.of(Part.text(request)), request);
  }

  /** The heard card once the thinking is over. */
  public static Card understood(String restated) {
    return of(Stage.HEARD, Tone.NEUTRAL, "Understood", List.of(Part.text(restated)), restated);
  }

  /** The heard card once it was answered without a plan. */
  public static Card answered(String request) {
    return of(Stage.HEARD, Tone.NEUTRAL, "Answered below", List.of(Part.text(request)), request);
  }

  /** The heard card of a thought that a restart ended. */
  public static Card begunAnew() {
    String words =
        "Parley was started anew while it thought about this. What was asked is not lost.";
    return of(Stage.HEARD, Tone.NEUTRAL, "Begun anew", List.of(Part.text(words)), words);
  }

  /** What went wrong, all of it, and whether anything changed. */
  public static Card problems(String title, List<Problem> problems) {
    var parts = new ArrayList<Part>();
    for (Problem problem : problems) {
      parts.add(Part.text(what(title, problem)));
      if (!problem.next().isBlank()) {
        parts.add(new Part.Note(Prose.of("Next: " + Say.sentence(problem.next()))));
      }
    }
    parts.add(new Part.Note(Prose.of("Nothing was changed.")));
    var body =
        Body.event("error")
            .put("message", title)
            .list("problems", problems, PlanBody::problem)
            .put("changed", "no");
    return new Card(Stage.ERROR, Tone.BAD, title, parts, List.of(), title, body.fields());
  }

  /** Where, what and why; what the title says already is not said twice. */
  private static String what(String title, Problem problem) {
    String where = problem.where().isBlank() ? "" : problem.where() + ": ";
    return problem.what().equals(title)
        ? Say.sentence(where + problem.why())
        : Say.sentence(where + problem.what() + ": " + problem.why());
  }

  /** One mistake. */
  public static Card problem(Problem problem) {
    return problems(problem.what(), List.of(problem));
  }

  /** What a person gave can't be taken. */
  public static Card invalid(String title, Invalid invalid) {
    return problems(title, invalid.problems());
  }

  /**
   * Something broke on our side.
   *
   * @param reference by which the log names it
   */
  public static Card broken(String reference) {
    var problem =
        new Problem(
            "",
            "Something went wrong on our side",
            "it is in the log as " + reference,
            "say it again; if it stays so, ask an admin to look at the log");
    var body =
        Body.event("error")
            .put("message", problem.what())
            .list("problems", List.of(problem), PlanBody::problem)
            .put("changed", "unknown")
            .put("reference", reference);
    List<Part> parts =
        List.of(
            Part.text(problem.toString()),
            Part.text("Whether anything changed is not known: say `status`."));
    return new Card(
        Stage.ERROR, Tone.BAD, problem.what(), parts, List.of(), problem.what(), body.fields());
  }

  private static Card of(Stage stage, Tone tone, String title, List<Part> parts, String text) {
    var bare =
        new Card(
            stage,
            tone,
            title,
            parts,
            List.of(),
            text.isBlank() ? title : title + ": " + text,
            Fields.EMPTY);
    String all = text.isBlank() && !parts.isEmpty() ? CardText.words(bare) : text;
    var body = Body.event("message").put("title", title).put("text", all);
    return new Card(stage, tone, title, parts, List.of(), bare.fallback(), body.fields());
  }
}
