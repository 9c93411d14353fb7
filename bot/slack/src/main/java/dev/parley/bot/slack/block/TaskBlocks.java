package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Part;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/** What runs, as Slack's {@code plan} block with one {@code task_card} for each step. */
final class TaskBlocks {
  private static final int TITLE = 200;
  private static final int DETAIL = 500;

  private TaskBlocks() {}

  static Fields plan(Part.Tasks tasks) {
    List<Part.Task> all = tasks.tasks();
    long done = all.stream().filter(task -> task.state().equals("done")).count();
    var cards = new ArrayList<Fields>();
    for (int i = 0; i < all.size(); i++) {
      cards.add(card("t" + (i + 1), all.get(i)));
    }
    String title = done + " of " + all.size() + (tasks.more() > 0 ? " shown here" : "") + " done";
    return Block.of("plan").with("title", Value.text(title)).with("tasks", Block.items(cards));
  }

  private static Fields card(String id, Part.Task task) {
    Fields card =
        Block.of("task_card")
            .with("task_id", Value.text(id))
            .with("title", Value.text(title(task)))
            .with("status", Value.text(status(task.state())));
    String detail = detail(task);
    return detail.isBlank()
        ? card
        : card.with("details", Block.richText(List.of(Block.section(List.of(Rich.text(detail))))));
  }

  private static String title(Part.Task task) {
    String title = Words.line(task.name(), TITLE);
    return title.isBlank() ? "step" : title;
  }

  /** States that Slack has no word for are said. */
  private static String detail(Part.Task task) {
    String detail = Words.line(task.detail(), DETAIL);
    return switch (task.state()) {
      case "waiting", "running", "done", "failed" -> detail;
      default -> detail.isBlank() ? task.state() : task.state() + ": " + detail;
    };
  }

  /** Slack's four. */
  private static String status(String state) {
    return switch (state) {
      case "running", "delayed" -> "in_progress";
      case "done" -> "complete";
      case "failed", "unknown" -> "error";
      default -> "pending";
    };
  }

  /** A character for a state. */
  static String mark(String state) {
    return switch (state) {
      case "done" -> "✅";
      case "running" -> "▶";
      case "failed" -> "❌";
      case "delayed" -> "⏳";
      case "skipped" -> "–";
      case "unknown" -> "❔";
      default -> "·";
    };
  }
}
