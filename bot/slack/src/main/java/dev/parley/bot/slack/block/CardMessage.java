package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.text.CardText;
import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A card as one message of Slack, measured before it is sent: what has no room is in a file beside
 * it, so that nothing is lost and nothing is refused.
 *
 * @param blocks at most 50, together within {@link Limits#MESSAGE}
 * @param text the whole card in one sentence, escaped
 * @param rest the whole card as text, if some of it has no room
 */
public record CardMessage(List<Fields> blocks, String text, Optional<Part.Attachment> rest) {
  private static final int WIDTH = 100;
  private static final int NOTE = 150;

  public CardMessage {
    blocks = List.copyOf(blocks);
  }

  /**
   * Draws a card.
   *
   * @param blockId names the row of buttons; another one for each state of a message
   */
  public static CardMessage of(Card card, Look look, String blockId) {
    Fields head = Block.header(Words.cut(mark(card.tone()) + title(card), Limits.HEADER));
    List<Fields> buttons = buttons(card, blockId);
    int room = Limits.MESSAGE - 2 - size(List.of(head)) - size(buttons) - NOTE;
    int free = Limits.BLOCKS - 2 - buttons.size();
    var blocks = new ArrayList<Fields>();
    blocks.add(head);
    boolean all = true;
    boolean table = false;
    boolean tasks = false;
    for (Part part : card.parts()) {
      boolean second = part instanceof Part.Table ? table : part instanceof Part.Tasks && tasks;
      Look now = second ? Look.CLASSIC : look;
      Optional<List<Fields>> drawn = new PartBlocks(now).of(part);
      boolean fits = drawn.isPresent() && drawn.get().size() <= free && size(drawn.get()) <= room;
      if (fits) {
        blocks.addAll(drawn.get());
        free -= drawn.get().size();
        room -= size(drawn.get());
        table |= part instanceof Part.Table;
        tasks |= part instanceof Part.Tasks;
      }
      all &= fits;
    }
    if (!all) {
      blocks.add(
          Block.context(
              List.of(Block.plain("Some of this has no room here; all of it is attached."))));
    }
    blocks.addAll(buttons);
    return new CardMessage(
        blocks,
        Words.escaped(fallback(card), Limits.FALLBACK),
        all ? Optional.empty() : whole(card));
  }

  /** The buttons in half of the room at most. */
  private static List<Fields> buttons(Card card, String blockId) {
    List<Fields> row = Buttons.of(card.buttons(), blockId, true);
    int number = card.buttons().size();
    while (size(row) > Limits.MESSAGE / 2 && number > 0) {
      row = Buttons.of(card.buttons().subList(0, number), blockId, false);
      number--;
    }
    return row;
  }

  /** The blocks as Slack takes them. */
  public String json() {
    return Json.write(Block.items(blocks));
  }

  private static int size(List<Fields> blocks) {
    return blocks.stream().mapToInt(block -> Json.write(block).length() + 1).sum();
  }

  private static String title(Card card) {
    String title = Words.line(card.title(), Limits.HEADER);
    return title.isBlank() ? "Parley" : title;
  }

  private static String fallback(Card card) {
    return card.fallback().isBlank() ? title(card) : card.fallback();
  }

  private static String mark(Card.Tone tone) {
    return switch (tone) {
      case NEUTRAL -> "";
      case GOOD -> "✅ ";
      case WARNING -> "⚠️ ";
      case BAD -> "❌ ";
    };
  }

  private static Optional<Part.Attachment> whole(Card card) {
    byte[] bytes =
        CardText.render(card.withButtons(List.of()), WIDTH).getBytes(StandardCharsets.UTF_8);
    return Optional.of(
        new Part.Attachment("card.txt", "text/plain; charset=utf-8", bytes, Optional.empty()));
  }
}
