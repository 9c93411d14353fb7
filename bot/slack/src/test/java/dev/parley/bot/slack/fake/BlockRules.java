package dev.parley.bot.slack.fake;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Slack's rules for blocks: known types and fields, and every limit. Written from the published
 * reference and not from our renderer, so that a mistake in one shows in the other.
 */
final class BlockRules {
  private static final int SUM = 13_200;
  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry("section", Set.of("text", "fields", "accessory", "expand")),
          Map.entry("header", Set.of("text")),
          Map.entry("context", Set.of("elements")),
          Map.entry("divider", Set.of()),
          Map.entry("actions", Set.of("elements")),
          Map.entry("image", Set.of("image_url", "slack_file", "alt_text", "title")),
          Map.entry("rich_text", Set.of("elements")),
          Map.entry("table", Set.of("rows", "column_settings")),
          Map.entry("plan", Set.of("title", "tasks")),
          Map.entry(
              "task_card", Set.of("task_id", "title", "details", "output", "sources", "status")),
          Map.entry("input", Set.of("label", "element", "optional", "hint", "dispatch_action")),
          Map.entry("markdown", Set.of("text")));
  private static final Set<String> NEWER = Set.of("table", "plan", "task_card");
  private static final Set<String> STATES = Set.of("pending", "in_progress", "complete", "error");

  private final boolean newer;
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * Rules of a workspace.
   *
   * @param newer whether it knows tables and plans
   */
  BlockRules(boolean newer) {
    this.newer = newer;
  }

  /** What is wrong with the blocks of a message; the first word is Slack's error code. */
  static Optional<String> message(List<Value> blocks, boolean newer) {
    var rules = new BlockRules(newer);
    rules.all(blocks, 50, "input");
    if (rules.count(blocks, "table") > 1) {
      rules.wrong.add("only_one_table_allowed");
    }
    if (!rules.wrong.isEmpty()) {
      return Optional.of("invalid_blocks " + rules.wrong);
    }
    int size = Json.write(new Items(blocks)).length();
    return size > SUM
        ? Optional.of("msg_blocks_too_long " + size + " characters")
        : Optional.empty();
  }

  /** What is wrong with a modal. */
  static Optional<String> view(Fields view) {
    var rules = new BlockRules(true);
    rules.fields(
        "view",
        view,
        Set.of(
            "callback_id",
            "title",
            "submit",
            "close",
            "private_metadata",
            "blocks",
            "clear_on_close",
            "notify_on_close",
            "external_id"));
    for (String name : List.of("title", "submit", "close")) {
      view.get(name).ifPresent(_ -> rules.plain(name, view.fieldsAt(name), 24));
    }
    rules.length("private_metadata", view.text("private_metadata").orElse(""), 0, 3000);
    rules.length("callback_id", view.text("callback_id").orElse(""), 0, 255);
    rules.all(view.itemsAt("blocks"), 100, "actions-only");
    boolean inputs = rules.count(view.itemsAt("blocks"), "input") > 0;
    if (inputs && view.get("submit").isEmpty()) {
      rules.wrong.add("a view with inputs needs submit");
    }
    return rules.wrong.isEmpty()
        ? Optional.empty()
        : Optional.of("invalid_arguments " + rules.wrong);
  }

  private long count(List<Value> blocks, String type) {
    return blocks.stream()
        .filter(block -> block instanceof Fields f && f.text("type").equals(Optional.of(type)))
        .count();
  }

  private void all(List<Value> blocks, int most, String not) {
    if (blocks.size() > most) {
      wrong.add("no more than " + most + " items allowed");
    }
    for (Value block : blocks) {
      if (!(block instanceof Fields fields)) {
        wrong.add("a block is no object");
      } else if (fields.text("type").equals(Optional.of(not))) {
        wrong.add("unsupported block " + not);
      } else {
        block(fields);
      }
    }
  }

  private void block(Fields block) {
    String type = block.text("type").orElse("");
    Set<String> known = FIELDS.get(type);
    if (known == null || (!newer && NEWER.contains(type))) {
      wrong.add("unsupported block type " + type);
      return;
    }
    fields(type, block, known);
    block
        .text("block_id")
        .ifPresent(
            id -> {
              length("block_id", id, 1, 255);
              unique("block_id", id);
            });
    switch (type) {
      case "section" -> section(block);
      case "header" -> plain("header", block.fieldsAt("text"), 150);
      case "context" -> context(block);
      case "actions" -> actions(block);
      case "image" -> image(block);
      case "rich_text" -> richText(block);
      case "table" -> table(block);
      case "plan" -> plan(block);
      case "task_card" -> task(block);
      case "input" -> input(block);
      case "markdown" -> length("markdown", block.text("text").orElse(""), 1, 12_000);
      default -> {}
    }
  }

  private void fields(String what, Fields object, Set<String> known) {
    for (String name : object.fields().keySet()) {
      if (!known.contains(name) && !name.equals("type") && !name.equals("block_id")) {
        wrong.add(what + ": unknown field " + name);
      }
    }
  }

  private void length(String what, String text, int least, int most) {
    if (text.length() < least || text.length() > most) {
      wrong.add(what + " must be " + least + " to " + most + " characters, is " + text.length());
    }
  }

  private void unique(String what, String id) {
    if (!ids.add(what + " " + id)) {
      wrong.add(what + " " + id + " is there twice");
    }
  }

  private void plain(String what, Fields text, int most) {
    if (!text.text("type").equals(Optional.of("plain_text"))) {
      wrong.add(what + " must be plain_text");
    }
    fields(what, text, Set.of("text", "emoji"));
    length(what, text.text("text").orElse(""), 1, most);
  }

  private void text(String what, Fields text, int most) {
    if (text.text("type").equals(Optional.of("mrkdwn"))) {
      fields(what, text, Set.of("text", "verbatim"));
      length(what, text.text("text").orElse(""), 1, most);
    } else {
      plain(what, text, most);
    }
  }

  private void section(Fields block) {
    if (block.get("text").isEmpty() && block.get("fields").isEmpty()) {
      wrong.add("a section needs text or fields");
    }
    block.get("text").ifPresent(_ -> text("section", block.fieldsAt("text"), 3000));
    if (block.itemsAt("fields").size() > 10) {
      wrong.add("a section has at most 10 fields");
    }
    block.itemsAt("fields").forEach(field -> text("section field", (Fields) field, 2000));
  }

  private void context(Fields block) {
    List<Value> elements = block.itemsAt("elements");
    if (elements.isEmpty() || elements.size() > 10) {
      wrong.add("a context has 1 to 10 elements");
    }
    elements.forEach(
        one -> {
          if (((Fields) one).text("type").equals(Optional.of("image"))) {
            image((Fields) one);
          } else {
            text("context", (Fields) one, 2000);
          }
        });
  }

  private void image(Fields block) {
    length("alt_text", block.text("alt_text").orElse(""), 1, 2000);
    boolean source = block.text("image_url").isPresent() || block.get("slack_file").isPresent();
    if (!source) {
      wrong.add("an image needs image_url or slack_file");
    }
    length("image_url", block.text("image_url").orElse(""), 0, 3000);
  }

  private void actions(Fields block) {
    List<Value> elements = block.itemsAt("elements");
    if (elements.isEmpty() || elements.size() > 25) {
      wrong.add("actions have 1 to 25 elements");
    }
    elements.forEach(one -> button((Fields) one));
  }

  private void button(Fields button) {
    if (!button.text("type").equals(Optional.of("button"))) {
      wrong.add("only buttons are known here");
    }
    fields(
        "button",
        button,
        Set.of("text", "action_id", "url", "value", "style", "confirm", "accessibility_label"));
    plain("button", button.fieldsAt("text"), 75);
    length("action_id", button.text("action_id").orElse(""), 1, 255);
    unique("action_id", button.text("action_id").orElse(""));
    length("value", button.text("value").orElse(""), 0, 2000);
    style(button);
    if (button.get("confirm").isPresent()) {
      Fields confirm = button.fieldsAt("confirm");
      fields("confirm", confirm, Set.of("title", "text", "confirm", "deny", "style"));
      plain("confirm title", confirm.fieldsAt("title"), 100);
      text("confirm text", confirm.fieldsAt("text"), 300);
      plain("confirm", confirm.fieldsAt("confirm"), 30);
      plain("deny", confirm.fieldsAt("deny"), 30);
      style(confirm);
    }
  }

  private void style(Fields object) {
    object
        .text("style")
        .filter(style -> !Set.of("primary", "danger").contains(style))
        .ifPresent(style -> wrong.add("unknown style " + style));
  }

  private void richText(Fields block) {
    if (block.itemsAt("elements").isEmpty()) {
      wrong.add("a rich_text is empty");
    }
    for (Value value : block.itemsAt("elements")) {
      Fields section = (Fields) value;
      switch (section.text("type").orElse("")) {
        case "rich_text_section", "rich_text_quote", "rich_text_preformatted" -> {
          fields("rich_text", section, Set.of("elements", "border", "language"));
          inline(section.itemsAt("elements"));
        }
        case "rich_text_list" -> {
          fields(
              "rich_text_list", section, Set.of("elements", "style", "indent", "border", "offset"));
          section.itemsAt("elements").forEach(one -> inline(((Fields) one).itemsAt("elements")));
        }
        default -> wrong.add("unknown rich text " + section.text("type").orElse("nothing"));
      }
    }
  }

  private void inline(List<Value> elements) {
    if (elements.isEmpty()) {
      wrong.add("a rich text element is empty");
    }
    for (Value value : elements) {
      Fields one = (Fields) value;
      switch (one.text("type").orElse("")) {
        case "text" -> {
          fields("text", one, Set.of("text", "style"));
          length("rich text", one.text("text").orElse(""), 1, 4000);
          fields("style", one.fieldsAt("style"), Set.of("bold", "italic", "strike", "code"));
        }
        case "link" -> {
          fields("link", one, Set.of("url", "text", "unsafe", "style"));
          length("url", one.text("url").orElse(""), 1, 3000);
          if (!one.text("url").orElse("").matches("https?://[^\\s]+")) {
            wrong.add("not a url: " + one.text("url").orElse(""));
          }
        }
        case "emoji" -> fields("emoji", one, Set.of("name", "unicode"));
        case "user" -> fields("user", one, Set.of("user_id", "style"));
        case "date" -> {
          fields("date", one, Set.of("timestamp", "format", "url", "fallback"));
          if (!(one.get("timestamp").orElse(Value.NULL) instanceof Value.Num)
              || !one.text("format").orElse("").matches(".*\\{(date|time|ago)[a-z_]*}.*")) {
            wrong.add("a date needs its timestamp and a format with a token");
          }
        }
        default -> wrong.add("not meant to be sent: " + one.text("type").orElse("nothing"));
      }
    }
  }

  private void table(Fields block) {
    List<Value> rows = block.itemsAt("rows");
    if (rows.isEmpty() || rows.size() > 100) {
      wrong.add("a table has 1 to 100 rows");
    }
    int sum = 0;
    for (Value row : rows) {
      List<Value> cells = row instanceof Items(var items) ? items : List.of();
      if (cells.isEmpty() || cells.size() > 20) {
        wrong.add("a row has 1 to 20 cells");
      }
      for (Value value : cells) {
        Fields cell = (Fields) value;
        if (cell.text("type").equals(Optional.of("raw_text"))) {
          length("cell", cell.text("text").orElse(""), 1, 10_000);
          sum += cell.text("text").orElse("").length();
        } else {
          richText(cell);
        }
      }
    }
    if (sum > 10_000) {
      wrong.add("a table has at most 10000 characters");
    }
  }

  private void plan(Fields block) {
    length("plan title", block.text("title").orElse(""), 1, 3000);
    if (block.itemsAt("tasks").size() > 50) {
      wrong.add("a plan has at most 50 tasks");
    }
    block.itemsAt("tasks").forEach(task -> block((Fields) task));
  }

  private void task(Fields block) {
    length("task_id", block.text("task_id").orElse(""), 1, 255);
    unique("task_id", block.text("task_id").orElse(""));
    length("task title", block.text("title").orElse(""), 1, 3000);
    if (!STATES.contains(block.text("status").orElse(""))) {
      wrong.add("no such status: " + block.text("status").orElse("nothing"));
    }
    block.get("details").ifPresent(_ -> richText(block.fieldsAt("details")));
    block.get("output").ifPresent(_ -> richText(block.fieldsAt("output")));
  }

  private void input(Fields block) {
    plain("label", block.fieldsAt("label"), 2000);
    Fields element = block.fieldsAt("element");
    length("action_id", element.text("action_id").orElse(""), 1, 255);
    switch (element.text("type").orElse("")) {
      case "plain_text_input" ->
          fields(
              "plain_text_input",
              element,
              Set.of(
                  "action_id",
                  "multiline",
                  "max_length",
                  "min_length",
                  "placeholder",
                  "initial_value",
                  "focus_on_load"));
      case "static_select" -> {
        List<Value> options = element.itemsAt("options");
        if (options.isEmpty() || options.size() > 100) {
          wrong.add("a select has 1 to 100 options");
        }
        options.forEach(
            one -> {
              plain("option", ((Fields) one).fieldsAt("text"), 75);
              length("option value", ((Fields) one).text("value").orElse(""), 1, 150);
            });
      }
      default -> wrong.add("unknown input " + element.text("type").orElse("nothing"));
    }
  }
}
