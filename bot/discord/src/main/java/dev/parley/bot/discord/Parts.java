package dev.parley.bot.discord;

import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One block of a card in Discord's markdown. */
final class Parts {
  /** What a phone shows of a code block without scrolling sideways. */
  private static final int PHONE = 54;

  private Parts() {}

  static String text(Part part) {
    return switch (part) {
      case Part.Text(Prose prose) -> DiscordText.of(prose);
      case Part.Facts(var facts) ->
          facts.stream()
              .map(
                  fact ->
                      "**"
                          + DiscordText.escaped(Inert.line(fact.label()))
                          + "** "
                          + DiscordText.of(fact.value()))
              .collect(Collectors.joining("\n"));
      case Part.Changes changes -> changes(changes);
      case Part.Tasks tasks -> tasks(tasks);
      case Part.Findings findings -> findings(findings);
      case Part.Table _, Part.Bars _ ->
          DiscordText.code("", String.join("\n", CardText.part(part, PHONE)));
      case Part.Code(var language, var text) -> DiscordText.code(language, text);
      case Part.Note(Prose prose) ->
          DiscordText.of(prose)
              .lines()
              .filter(line -> !line.isBlank())
              .map(line -> "-# " + line)
              .collect(Collectors.joining("\n"));
      case Part.Link(var label, var url) -> DiscordText.link(label, url);
      case Part.Image _, Part.Attached _ -> "";
    };
  }

  /** Signs in the colours of a diff: green for what comes, red for what goes. */
  private static String changes(Part.Changes changes) {
    var lines = new ArrayList<String>();
    for (Part.ChangeLine line : changes.lines()) {
      String sign =
          switch (line.sign()) {
            case "+" -> "+ ";
            case "-" -> "- ";
            case "±" -> "-+ ";
            case "~" -> "! ~ ";
            default -> "  " + line.sign() + " ";
          };
      String detail = line.detail().isBlank() ? "" : "  " + Inert.line(line.detail());
      lines.add(sign + Inert.line(line.name()) + "  " + Inert.line(line.type()) + detail);
    }
    String block = DiscordText.code("diff", String.join("\n", lines));
    return changes.more() > 0 ? block + "\n-# and " + changes.more() + " more" : block;
  }

  private static String tasks(Part.Tasks tasks) {
    var lines = new ArrayList<String>();
    for (Part.Task task : tasks.tasks()) {
      String detail =
          task.detail().isBlank() ? "" : " — " + DiscordText.escaped(Inert.line(task.detail()));
      lines.add(mark(task.state()) + " " + DiscordText.escaped(Inert.line(task.name())) + detail);
    }
    more(tasks.more(), lines);
    return String.join("\n", lines);
  }

  private static String mark(String state) {
    return switch (state) {
      case "done" -> "✅";
      case "running" -> "▶️";
      case "failed" -> "❌";
      case "delayed" -> "⏳";
      case "skipped" -> "⏭️";
      case "unknown" -> "❓";
      default -> "▫️";
    };
  }

  private static String findings(Part.Findings findings) {
    var lines = new ArrayList<String>();
    for (Part.FindingLine line : findings.lines()) {
      String where = line.where().isBlank() ? "" : DiscordText.mono(line.where()) + " ";
      lines.add(
          "**"
              + DiscordText.escaped(line.severity() + " " + line.rule())
              + "** ("
              + DiscordText.escaped(line.enforcement())
              + ") "
              + where
              + DiscordText.escaped(Inert.line(line.message())));
      if (!line.remedy().isBlank()) {
        lines.add("→ " + DiscordText.escaped(Inert.line(line.remedy())));
      }
    }
    more(findings.more(), lines);
    return String.join("\n", lines);
  }

  private static void more(int more, List<String> lines) {
    if (more > 0) {
      lines.add("-# and " + more + " more");
    }
  }

  /** Whom a part calls by name. */
  static Set<String> called(Part part) {
    return switch (part) {
      case Part.Text(Prose prose) -> DiscordText.called(prose);
      case Part.Note(Prose prose) -> DiscordText.called(prose);
      case Part.Facts(var facts) -> {
        var all = new LinkedHashSet<String>();
        facts.forEach(fact -> all.addAll(DiscordText.called(fact.value())));
        yield all;
      }
      default -> Set.of();
    };
  }

  /** Whether Discord shows a picture of this kind in a message. */
  static boolean shows(Part.Attachment picture) {
    return switch (picture.mediaType()) {
      case "image/png", "image/jpeg", "image/gif", "image/webp" -> true;
      default -> false;
    };
  }
}
