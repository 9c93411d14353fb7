package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One part of a card as blocks.
 *
 * @param look which blocks may be used
 */
record PartBlocks(Look look) {
  private static final int DRAWN = 76;
  private static final int LINE = 1000;

  /** The blocks, or empty if the part fits in no block and belongs in a file. */
  Optional<List<Fields>> of(Part part) {
    return switch (part) {
      case Part.Text(Prose prose) -> Optional.of(prose(prose));
      case Part.Facts(var facts) -> sections(facts.stream().map(PartBlocks::fact).toList());
      case Part.Table table -> table(table);
      case Part.Changes(var lines, var more) ->
          sections(with(lines.stream().map(PartBlocks::change).toList(), more));
      case Part.Tasks tasks -> tasks(tasks);
      case Part.Findings(var lines, var more) ->
          sections(with(lines.stream().flatMap(line -> finding(line).stream()).toList(), more));
      case Part.Bars bars -> drawn(bars);
      case Part.Image(var picture, var alt) -> Optional.of(List.of(image(picture, alt)));
      case Part.Code(_, var text) -> code(Inert.lines(text));
      case Part.Note(Prose prose) -> Optional.of(note(prose));
      case Part.Link(var label, var url) -> {
        var out = new ArrayList<Fields>();
        Rich.link(label, url, out);
        yield sections(List.of(out));
      }
      case Part.Attached(var file) ->
          Optional.of(note(Prose.of("Attached: " + Inert.line(file.name()))));
    };
  }

  private static List<Fields> prose(Prose prose) {
    return Paragraphs.of(Rich.of(prose)).stream()
        .map(group -> Block.richText(List.of(Block.section(group))))
        .toList();
  }

  private static Optional<List<Fields>> sections(List<List<Fields>> lines) {
    boolean tooLong =
        lines.stream()
            .flatMap(List::stream)
            .anyMatch(one -> one.text("text").orElse("").length() > Limits.SECTION);
    if (tooLong) {
      return Optional.empty();
    }
    List<Fields> sections =
        lines.stream()
            .map(line -> line.stream().filter(PartBlocks::says).toList())
            .filter(line -> !line.isEmpty())
            .map(PartBlocks::newLine)
            .toList();
    return Optional.of(sections.isEmpty() ? List.of() : List.of(Block.richText(sections)));
  }

  /** Slack takes no empty text; what is left of invisible characters can be just that. */
  private static boolean says(Fields element) {
    return !isText(element) || !element.text("text").orElse("").isEmpty();
  }

  private static Fields newLine(List<Fields> line) {
    return Block.section(line);
  }

  private static List<List<Fields>> with(List<List<Fields>> lines, int more) {
    if (more <= 0) {
      return lines;
    }
    var out = new ArrayList<>(lines);
    out.add(List.of(Rich.italic("and " + more + " more")));
    return out;
  }

  private static List<Fields> fact(Part.Fact fact) {
    var out = new ArrayList<Fields>();
    out.add(Rich.bold(Words.line(fact.label(), LINE) + ":"));
    out.add(Rich.text(" "));
    out.addAll(Rich.of(fact.value()));
    return merged(out);
  }

  private static List<Fields> change(Part.ChangeLine line) {
    String rest =
        "  "
            + Words.line(line.type(), LINE)
            + (line.detail().isBlank() ? "" : "  " + Words.line(line.detail(), LINE));
    return List.of(
        Rich.code(sign(line.sign())),
        Rich.bold(" " + Words.line(line.name(), LINE)),
        Rich.text(rest));
  }

  private static String sign(String sign) {
    return sign.isBlank() ? "·" : Words.line(sign, 4);
  }

  private static List<List<Fields>> finding(Part.FindingLine line) {
    var first = new ArrayList<Fields>();
    first.add(Rich.emoji(light(line.severity())));
    first.add(
        Rich.bold(
            " "
                + Words.line(line.severity(), 20)
                + " "
                + Words.line(line.rule(), 100)
                + " ("
                + Words.line(line.enforcement(), 40)
                + ")  "));
    if (!line.where().isBlank()) {
      first.add(Rich.code(Words.line(line.where(), LINE)));
      first.add(Rich.text(": "));
    }
    first.add(Rich.text(Words.line(line.message().isBlank() ? "-" : line.message(), LINE)));
    if (line.remedy().isBlank()) {
      return List.of(merged(first));
    }
    return List.of(merged(first), List.of(Rich.italic("→ " + Words.line(line.remedy(), LINE))));
  }

  private static String light(String severity) {
    return switch (severity.toLowerCase(Locale.ROOT)) {
      case "critical", "high" -> "red_circle";
      case "medium" -> "large_orange_circle";
      case "low" -> "large_yellow_circle";
      default -> "white_circle";
    };
  }

  /** Neighbours of one style become one element: less JSON for the same look. */
  private static List<Fields> merged(List<Fields> elements) {
    var out = new ArrayList<Fields>();
    for (Fields element : elements) {
      Optional<Fields> last = out.isEmpty() ? Optional.empty() : Optional.of(out.getLast());
      boolean same =
          last.isPresent()
              && last.get().get("type").equals(element.get("type"))
              && element.text("type").equals(Optional.of("text"))
              && last.get().get("style").equals(element.get("style"));
      if (same) {
        String both = last.get().text("text").orElse("") + element.text("text").orElse("");
        out.set(out.size() - 1, element.with("text", Value.text(both)));
      } else {
        out.add(element);
      }
    }
    return out;
  }

  private Optional<List<Fields>> tasks(Part.Tasks tasks) {
    if (look == Look.CLASSIC || tasks.tasks().isEmpty() || tasks.tasks().size() > Limits.TASKS) {
      return sections(with(tasks.tasks().stream().map(PartBlocks::task).toList(), tasks.more()));
    }
    var out = new ArrayList<Fields>();
    out.add(TaskBlocks.plan(tasks));
    if (tasks.more() > 0) {
      out.addAll(note(Prose.of("and " + tasks.more() + " more")));
    }
    return Optional.of(out);
  }

  private static List<Fields> task(Part.Task task) {
    String detail = task.detail().isBlank() ? "" : "  " + Words.line(task.detail(), LINE);
    return merged(
        List.of(
            Rich.text(TaskBlocks.mark(task.state()) + " "),
            Rich.text(Words.line(task.name(), LINE) + detail)));
  }

  private Optional<List<Fields>> table(Part.Table table) {
    if (look == Look.CLASSIC || !TableBlock.fits(table)) {
      return drawn(table);
    }
    var out = new ArrayList<Fields>();
    out.add(TableBlock.of(table));
    if (table.more() > 0) {
      out.addAll(note(Prose.of("and " + table.more() + " more")));
    }
    return Optional.of(out);
  }

  /** As characters of one width. */
  private static Optional<List<Fields>> drawn(Part part) {
    var card =
        new Card(
            Card.Stage.NOTICE, Card.Tone.NEUTRAL, "", List.of(part), List.of(), "", Fields.EMPTY);
    List<String> boxed = CardText.lines(card, DRAWN);
    List<String> lines =
        boxed.subList(1, boxed.size() - 1).stream()
            .map(line -> line.substring(2, line.length() - 2).stripTrailing())
            .toList();
    return lines.isEmpty() ? Optional.of(List.of()) : code(Inert.lines(String.join("\n", lines)));
  }

  private static Optional<List<Fields>> code(String text) {
    if (text.isBlank()) {
      return Optional.of(List.of());
    }
    return text.length() > Limits.SECTION
        ? Optional.empty()
        : Optional.of(List.of(Block.preformatted(text)));
  }

  private static Fields image(Part.Attachment picture, String alt) {
    return picture
        .url()
        .filter(Words::isWeb)
        .filter(url -> url.startsWith("https:"))
        .map(
            url ->
                Block.of("image")
                    .with("image_url", Value.text(url))
                    .with("alt_text", Value.text(Words.line(alt, Limits.ALT_TEXT))))
        .orElseGet(
            () ->
                Block.context(
                    List.of(Block.plain(Words.line("Picture: " + alt, Limits.ALT_TEXT)))));
  }

  /** Small print: plain, unless it holds a link or a mention. */
  private static List<Fields> note(Prose prose) {
    String words = Inert.lines(prose.words());
    if (words.isBlank()) {
      return List.of();
    }
    return Rich.of(prose).stream().allMatch(PartBlocks::isText)
        ? List.of(Block.context(List.of(Block.plain(Words.cut(words, Limits.ALT_TEXT)))))
        : prose(prose);
  }

  private static boolean isText(Fields element) {
    return element.text("type").equals(Optional.of("text"));
  }
}
