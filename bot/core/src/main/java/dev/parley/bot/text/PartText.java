package dev.parley.bot.text;

import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One block of a card as lines. */
final class PartText {
  private static final int BAR = 24;
  private static final double TOO_WIDE = 1.3;

  private PartText() {}

  static List<String> lines(Part part, int columns) {
    return switch (part) {
      case Part.Text(Prose prose) -> Columns.wrap(words(prose), columns);
      case Part.Facts(var facts) -> facts(facts, columns);
      case Part.Table table -> table(table, columns);
      case Part.Changes changes -> changes(changes, columns);
      case Part.Tasks tasks -> tasks(tasks, columns);
      case Part.Findings findings -> findings(findings, columns);
      case Part.Bars bars -> bars(bars, columns);
      case Part.Image(_, var alt) -> Columns.wrap("(picture: " + Inert.line(alt) + ")", columns);
      case Part.Code(_, var text) -> code(text, columns);
      case Part.Note(Prose prose) -> hang("· ", words(prose), columns);
      case Part.Link(var label, var url) ->
          Columns.wrap(Inert.line(label) + ": " + Inert.line(url), columns);
      case Part.Attached(var file) ->
          Columns.wrap(
              "(file: " + Inert.line(file.name()) + ", " + file.bytes().length + " bytes)",
              columns);
    };
  }

  private static String words(Prose prose) {
    return switch (prose) {
      case Prose.Plain(var text) -> Inert.lines(text);
      case Prose.Bold(var text) -> Inert.lines(text);
      case Prose.Mono(var text) -> "`" + Inert.line(text) + "`";
      case Prose.Link(var label, var url) -> Inert.line(label) + " (" + Inert.line(url) + ")";
      case Prose.Time _ -> prose.words();
      case Prose.Mention(var person) -> "@" + Inert.line(person.id());
      case Prose.Run(var parts) ->
          parts.stream().map(PartText::words).collect(Collectors.joining());
    };
  }

  private static List<String> facts(List<Part.Fact> facts, int columns) {
    int label =
        Math.min(
            columns * 2 / 5,
            facts.stream().mapToInt(fact -> Columns.width(fact.label())).max().orElse(0));
    var out = new ArrayList<String>();
    for (Part.Fact fact : facts) {
      String head = Columns.pad(Columns.cut(Inert.line(fact.label()), label), label) + "  ";
      out.addAll(hang(head, words(fact.value()), columns));
    }
    return out;
  }

  private static List<String> changes(Part.Changes changes, int columns) {
    int name =
        Math.min(
            28,
            changes.lines().stream()
                .mapToInt(line -> Columns.width(Inert.line(line.name())))
                .max()
                .orElse(0));
    var out = new ArrayList<String>();
    for (Part.ChangeLine line : changes.lines()) {
      String head =
          line.sign() + " " + Columns.pad(Columns.cut(Inert.line(line.name()), name), name) + "  ";
      String rest =
          Inert.line(line.type())
              + (line.detail().isBlank() ? "" : "  " + Inert.line(line.detail()));
      out.addAll(hang(head, rest, columns));
    }
    more(changes.more(), out);
    return out;
  }

  private static List<String> tasks(Part.Tasks tasks, int columns) {
    var out = new ArrayList<String>();
    for (Part.Task task : tasks.tasks()) {
      String detail = task.detail().isBlank() ? "" : "  " + Inert.line(task.detail());
      out.addAll(hang(mark(task.state()) + " ", Inert.line(task.name()) + detail, columns));
    }
    more(tasks.more(), out);
    return out;
  }

  private static String mark(String state) {
    return switch (state) {
      case "done" -> "✓";
      case "running" -> "▸";
      case "failed" -> "✗";
      case "delayed" -> "…";
      case "skipped" -> "-";
      case "unknown" -> "?";
      default -> "·";
    };
  }

  private static List<String> findings(Part.Findings findings, int columns) {
    var out = new ArrayList<String>();
    for (Part.FindingLine line : findings.lines()) {
      String where = line.where().isBlank() ? "" : Inert.line(line.where()) + ": ";
      String head = line.severity() + " " + line.rule() + " (" + line.enforcement() + ")  ";
      out.addAll(hang("■ ", head + where + Inert.line(line.message()), columns));
      if (!line.remedy().isBlank()) {
        out.addAll(hang("  → ", Inert.line(line.remedy()), columns));
      }
    }
    more(findings.more(), out);
    return out;
  }

  private static List<String> bars(Part.Bars bars, int columns) {
    var out = new ArrayList<String>();
    if (!bars.title().isBlank()) {
      out.addAll(Columns.wrap(Inert.line(bars.title()), columns));
    }
    int value = bars.bars().stream().mapToInt(bar -> Columns.width(bar.value())).max().orElse(0);
    int bar = Math.min(BAR, Math.max(6, (columns - value - 4) / 2));
    int label = Math.max(6, columns - bar - value - 4);
    int longest =
        bars.bars().stream()
            .mapToInt(one -> Columns.width(Inert.line(one.label())))
            .max()
            .orElse(0);
    label = Math.min(label, longest);
    for (Part.Bar one : bars.bars()) {
      String drawn = bar(one.share(), bar);
      out.add(
          Columns.pad(Columns.cut(Inert.line(one.label()), label), label)
              + "  "
              + Columns.pad(drawn, bar)
              + "  "
              + " ".repeat(value - Columns.width(one.value()))
              + one.value());
    }
    return out;
  }

  private static String bar(double share, int columns) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * columns * 8);
    String part = eighths % 8 == 0 ? "" : String.valueOf((char) (0x2590 - eighths % 8));
    String drawn = "█".repeat(eighths / 8) + part;
    return drawn.isEmpty() && share > 0 ? "▏" : drawn;
  }

  private static List<String> table(Part.Table table, int columns) {
    int count = table.columns().size();
    if (count == 0) {
      return List.of();
    }
    int[] widths = new int[count];
    for (int c = 0; c < count; c++) {
      widths[c] = Columns.width(Inert.line(table.columns().get(c)));
      for (List<String> row : table.rows()) {
        widths[c] = Math.max(widths[c], c < row.size() ? Columns.width(Inert.line(row.get(c))) : 0);
      }
    }
    int room = columns - 2 * (count - 1);
    if (count > 4 && java.util.Arrays.stream(widths).sum() > room * TOO_WIDE) {
      return records(table, columns);
    }
    shrink(widths, room);
    var out = new ArrayList<String>();
    out.add(row(table.columns(), widths));
    out.add(row(java.util.Arrays.stream(widths).mapToObj("─"::repeat).toList(), widths));
    table.rows().forEach(cells -> out.add(row(cells, widths)));
    more(table.more(), out);
    return out;
  }

  /** A table that is far too wide: each row is a paragraph, its first cell in front. */
  private static List<String> records(Part.Table table, int columns) {
    var out = new ArrayList<String>();
    for (List<String> row : table.rows()) {
      var rest = new ArrayList<String>();
      for (int c = 1; c < Math.min(row.size(), table.columns().size()); c++) {
        if (!row.get(c).isBlank()) {
          rest.add(Inert.line(table.columns().get(c)) + " " + Inert.line(row.get(c)));
        }
      }
      out.addAll(hang("■ ", Inert.line(row.isEmpty() ? "" : row.getFirst()), columns));
      out.addAll(hang("  ", String.join(" · ", rest), columns));
    }
    more(table.more(), out);
    return out;
  }

  /** Takes columns from the widest until the row fits. */
  private static void shrink(int[] widths, int columns) {
    while (java.util.Arrays.stream(widths).sum() > Math.max(columns, widths.length * 3)) {
      int widest = 0;
      for (int c = 1; c < widths.length; c++) {
        widest = widths[c] > widths[widest] ? c : widest;
      }
      widths[widest]--;
    }
  }

  private static String row(List<String> cells, int[] widths) {
    var out = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String cell = c < cells.size() ? Inert.line(cells.get(c)) : "";
      out.append(c == 0 ? "" : "  ").append(Columns.pad(Columns.cut(cell, widths[c]), widths[c]));
    }
    return out.toString().stripTrailing();
  }

  private static List<String> code(String text, int columns) {
    var out = new ArrayList<String>();
    for (String line : Inert.lines(text).split("\n", -1)) {
      out.addAll(line.isEmpty() ? List.of("  ") : hard(line, columns - 2));
    }
    return out;
  }

  /** Code is broken only where it must be, and keeps its indent. */
  private static List<String> hard(String line, int columns) {
    var out = new ArrayList<String>();
    var part = new StringBuilder("  ");
    int used = 0;
    for (int c : line.codePoints().toArray()) {
      String one = Character.toString(c);
      if (used + Columns.width(one) > columns) {
        out.add(part.toString());
        part.setLength(0);
        part.append("  ");
        used = 0;
      }
      part.append(one);
      used += Columns.width(one);
    }
    out.add(part.toString());
    return out;
  }

  private static List<String> hang(String head, String text, int columns) {
    int indent = Columns.width(head);
    List<String> lines = Columns.wrap(text, columns - indent);
    var out = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      out.add((i == 0 ? head : " ".repeat(indent)) + lines.get(i));
    }
    return out;
  }

  private static void more(int more, List<String> out) {
    if (more > 0) {
      out.add("  and " + more + " more");
    }
  }
}
