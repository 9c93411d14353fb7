package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Card.Stage;
import dev.parley.bot.surface.Card.Tone;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Part.Attachment;
import dev.parley.bot.surface.Prose;
import dev.parley.knowledge.Answer;
import dev.parley.knowledge.Term;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the graph said: a short answer, at most ten rows, the query, "as of", and all rows as CSV.
 */
public final class AnswerCard {
  private static final int ROWS = 10;

  /** A query of more lines than this is a file beside the answer. */
  private static final int LINES = 12;

  private static final int DIGITS = 2;
  private static final String OWN = "urn:parley:";

  private AnswerCard() {}

  /** The card of an answer. */
  public static Card of(Answer answer, Optional<Part> map) {
    var parts = new ArrayList<Part>();
    if (!answer.rows().isEmpty()) {
      List<List<String>> rows =
          answer.rows().stream()
              .limit(ROWS)
              .map(row -> row.stream().map(AnswerCard::shown).toList())
              .toList();
      parts.add(new Part.Table(answer.columns(), rows, Math.max(0, answer.rows().size() - ROWS)));
    }
    map.ifPresent(parts::add);
    String cut = answer.complete() ? "" : "; there is more than the limit allows";
    parts.add(
        new Part.Note(
            Prose.of(
                "As of "
                    + Say.time(answer.asOf())
                    + ", "
                    + Say.count(answer.rows().size(), "row")
                    + cut
                    + ", "
                    + Say.lasting(answer.took())
                    + ".")));
    parts.add(query(answer.query().strip()));
    if (!answer.rows().isEmpty()) {
      parts.add(
          new Part.Attached(
              new Attachment(
                  "answer.csv",
                  "text/csv",
                  csv(answer).getBytes(StandardCharsets.UTF_8),
                  Optional.empty())));
    }
    var rows = new ArrayList<Value>();
    answer
        .rows()
        .forEach(row -> rows.add(new Value.Items(row.stream().map(AnswerCard::json).toList())));
    var body =
        Body.event("answer")
            .put("headline", answer.headline())
            .texts("columns", answer.columns())
            .put("rows", new Value.Items(rows))
            .put("complete", answer.complete())
            .put("query", answer.query())
            .put("asOf", answer.asOf().toString());
    return new Card(
        Stage.ANSWER,
        Tone.NEUTRAL,
        answer.headline(),
        parts,
        List.of(),
        answer.headline(),
        body.fields());
  }

  /**
   * All rows as CSV (RFC 4180); a cell that a spreadsheet would take for a formula is quoted with
   * '.
   */
  static String csv(Answer answer) {
    var out = new StringBuilder();
    out.append(answer.columns().stream().map(AnswerCard::quoted).collect(Collectors.joining(",")))
        .append("\r\n");
    for (List<Optional<Term>> row : answer.rows()) {
      out.append(
              row.stream()
                  .map(AnswerCard::cell)
                  .map(AnswerCard::quoted)
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return out.toString();
  }

  private static String quoted(String text) {
    String safe = !text.isEmpty() && "=+@\t".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static Part query(String sparql) {
    return sparql.lines().count() <= LINES
        ? new Part.Code("sparql", sparql)
        : new Part.Attached(
            new Attachment(
                "query.rq",
                "application/sparql-query",
                (sparql + "\n").getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
  }

  /** As on the card: amounts to the cent; the file has every digit. */
  private static String shown(Optional<Term> term) {
    return term.filter(one -> one instanceof Term.Number(var n) && n.scale() > DIGITS)
        .map(one -> ((Term.Number) one).number().setScale(DIGITS, RoundingMode.HALF_UP))
        .map(BigDecimal::toPlainString)
        .orElseGet(() -> cell(term));
  }

  private static String cell(Optional<Term> term) {
    return term.map(
            found ->
                switch (found) {
                  case Term.Iri(var iri) -> name(iri);
                  case Term.Text(var text) -> text;
                  case Term.Number(var number) -> number.toPlainString();
                  case Term.Flag(var flag) -> String.valueOf(flag);
                  case Term.Time(var time) -> Say.time(time);
                })
        .orElse("");
  }

  private static Value json(Optional<Term> term) {
    return term.<Value>map(
            found ->
                switch (found) {
                  case Term.Iri(var iri) -> Value.text(iri);
                  case Term.Text(var text) -> Value.text(text);
                  case Term.Number(var number) -> Value.num(number);
                  case Term.Flag(var flag) -> Value.bool(flag);
                  case Term.Time(var time) -> Value.text(time.toString());
                })
        .orElse(Value.NULL);
  }

  /** Our own names by their last part, decoded; others by what stands behind the last # or /. */
  private static String name(String iri) {
    if (iri.startsWith(OWN)) {
      String last = iri.substring(iri.lastIndexOf(':') + 1);
      return last.startsWith("vocabulary#")
          ? last.substring(11)
          : URLDecoder.decode(last, StandardCharsets.UTF_8);
    }
    int cut = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/'));
    return cut < 0 || cut == iri.length() - 1 ? iri : iri.substring(cut + 1);
  }
}
