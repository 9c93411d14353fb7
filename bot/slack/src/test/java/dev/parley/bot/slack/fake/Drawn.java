package dev.parley.bot.slack.fake;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Blocks as a person reads them, line by line. */
final class Drawn {
  private Drawn() {}

  static String blocks(List<Value> blocks, String text) {
    return blocks.isEmpty()
        ? text
        : blocks.stream().map(block -> block((Fields) block)).collect(Collectors.joining("\n"));
  }

  private static String block(Fields block) {
    return switch (block.text("type").orElse("")) {
      case "header" -> text(block.fieldsAt("text"));
      case "context" -> join(block.itemsAt("elements"), " ");
      case "section" -> text(block.fieldsAt("text"));
      case "rich_text" -> join(block.itemsAt("elements"), "\n");
      case "actions" ->
          block.itemsAt("elements").stream()
              .map(one -> "[" + text(((Fields) one).fieldsAt("text")) + "]")
              .collect(Collectors.joining(" "));
      case "table" ->
          block.itemsAt("rows").stream()
              .map(row -> join(((Items) row).items(), "  "))
              .collect(Collectors.joining("\n"));
      case "plan" ->
          block.text("title").orElse("")
              + "\n"
              + block.itemsAt("tasks").stream()
                  .map(task -> task((Fields) task))
                  .collect(Collectors.joining("\n"));
      case "image" -> "(picture: " + block.text("alt_text").orElse("") + ")";
      case "input" ->
          text(block.fieldsAt("label"))
              + block.fieldsAt("element").itemsAt("options").stream()
                  .map(one -> " | " + text(((Fields) one).fieldsAt("text")))
                  .collect(Collectors.joining());
      default -> "";
    };
  }

  private static String task(Fields task) {
    String details = block(task.fieldsAt("details"));
    return "("
        + task.text("status").orElse("")
        + ") "
        + task.text("title").orElse("")
        + (details.isEmpty() ? "" : "  " + details);
  }

  private static String join(List<Value> elements, String between) {
    return elements.stream().map(one -> element((Fields) one)).collect(Collectors.joining(between));
  }

  private static String element(Fields element) {
    return switch (element.text("type").orElse("")) {
      case "rich_text" -> block(element);
      case "rich_text_section", "rich_text_preformatted", "rich_text_quote" ->
          join(element.itemsAt("elements"), "");
      case "rich_text_list" -> join(element.itemsAt("elements"), "\n");
      case "emoji" -> ":" + element.text("name").orElse("") + ":";
      case "user" -> "@" + element.text("user_id").orElse("");
      case "date" -> element.text("fallback").orElse("");
      case "link" -> {
        String url = element.text("url").orElse("");
        yield element.text("text").map(label -> label + " (" + url + ")").orElse(url);
      }
      default -> text(element);
    };
  }

  private static String text(Fields object) {
    String text = object.text("text").orElse("");
    return object.text("type").equals(Optional.of("mrkdwn"))
        ? text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        : text;
  }
}
