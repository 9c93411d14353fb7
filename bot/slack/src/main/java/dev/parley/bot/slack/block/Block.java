package dev.parley.bot.slack.block;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.List;

/** The blocks of Block Kit that are used here, as JSON objects. */
final class Block {
  private Block() {}

  static Fields of(String type) {
    return Fields.of("type", Value.text(type));
  }

  static Items items(List<Fields> all) {
    return new Items(List.copyOf(all));
  }

  /** Text that Slack shows as it is: no markup, no emoji codes, no mentions. */
  static Fields plain(String text) {
    return of("plain_text").with("text", Value.text(text)).with("emoji", Value.bool(false));
  }

  static Fields header(String text) {
    return of("header").with("text", plain(text));
  }

  static Fields context(List<Fields> elements) {
    return of("context").with("elements", items(elements));
  }

  static Fields actions(String blockId, List<Fields> elements) {
    return of("actions").with("block_id", Value.text(blockId)).with("elements", items(elements));
  }

  static Fields richText(List<Fields> sections) {
    return of("rich_text").with("elements", items(sections));
  }

  static Fields section(List<Fields> elements) {
    return of("rich_text_section").with("elements", items(elements));
  }

  static Fields preformatted(String text) {
    return richText(
        List.of(of("rich_text_preformatted").with("elements", items(List.of(Rich.text(text))))));
  }
}
