package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Button;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The buttons of a card. A button's value is its token and nothing else; what it means is looked up
 * by the bot.
 */
final class Buttons {
  /** What the action ids of our buttons begin with. */
  static final String PRESS = "parley.press.";

  private static final String FULL = " … (all of it stands above the buttons)";

  /** Characters of a question that have room above the buttons. */
  private static final int EXPLAINED = Limits.SECTION - 200;

  private Buttons() {}

  /** Whether all that the questions say has room in them or above the buttons. */
  static boolean explained(List<Button> buttons) {
    return buttons.stream()
        .flatMap(button -> button.confirm().stream())
        .allMatch(confirm -> confirm.text().length() <= EXPLAINED);
  }

  /**
   * The row of buttons.
   *
   * @param explained whether what a question says and has no room in it stands above
   */
  static List<Fields> of(List<Button> buttons, String blockId, boolean explained) {
    if (buttons.isEmpty()) {
      return List.of();
    }
    var out = new ArrayList<Fields>();
    var row = new ArrayList<Fields>();
    List<Button> some = buttons.subList(0, Math.min(buttons.size(), Limits.BUTTONS));
    for (int i = 0; i < some.size(); i++) {
      Button button = some.get(i);
      row.add(button(button, i, explained ? FULL : "…"));
      button
          .confirm()
          .map(confirm -> Words.cut(confirm.text(), EXPLAINED))
          .filter(text -> explained && text.length() > Limits.CONFIRM_TEXT)
          .ifPresent(text -> out.add(whole(button, text)));
    }
    out.add(Block.actions(blockId, row));
    return out;
  }

  private static Fields button(Button button, int number, String cut) {
    Fields made =
        Block.of("button")
            .with("action_id", Value.text(PRESS + number))
            .with("text", Block.plain(label(button.label(), Limits.LABEL)))
            .with("value", Value.text(button.token()));
    Fields styled =
        switch (button.style()) {
          case PRIMARY -> made.with("style", Value.text("primary"));
          case DANGER -> made.with("style", Value.text("danger"));
          case PLAIN -> made;
        };
    Optional<Fields> confirm = button.confirm().map(asked -> confirm(asked, button.style(), cut));
    return confirm.map(question -> styled.with("confirm", question)).orElse(styled);
  }

  private static String label(String text, int most) {
    String label = Words.line(text, most);
    return label.isBlank() ? "…" : label;
  }

  private static Fields confirm(Button.Confirm asked, Button.Style style, String cut) {
    String text = dev.parley.bot.text.Inert.lines(asked.text());
    String shown =
        text.length() <= Limits.CONFIRM_TEXT
            ? text
            : Words.cut(text, Limits.CONFIRM_TEXT - cut.length()) + cut;
    Fields confirm =
        Fields.of("title", Block.plain(label(asked.title(), Limits.CONFIRM_TITLE)))
            .with("text", Block.plain(shown.isBlank() ? "…" : shown))
            .with("confirm", Block.plain(label(asked.yes(), Limits.CONFIRM_ANSWER)))
            .with("deny", Block.plain(label(asked.no(), Limits.CONFIRM_ANSWER)));
    boolean danger = style == Button.Style.DANGER || asked.text().contains("- ");
    return danger ? confirm.with("style", Value.text("danger")) : confirm;
  }

  private static Fields whole(Button button, String text) {
    return Block.richText(
        List.of(
            Block.section(
                List.of(
                    Rich.bold(Words.line(button.label(), Limits.LABEL) + ": "),
                    Rich.text(dev.parley.bot.text.Inert.lines(text))))));
  }
}
