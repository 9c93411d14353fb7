package dev.parley.bot.slack.block;

import dev.parley.bot.card.Pages;
import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.text.CardText;
import dev.parley.bot.text.Inert;
import dev.parley.engine.json.Json;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
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
    if (look == Look.WORDS) {
      return words(card);
    }
    Row row = Row.of(card, blockId);
    var page = new Page(card, look, row.blocks());
    boolean all = row.whole();
    for (Part part : card.parts()) {
      all &= page.add(part) && !page.cut(part);
    }
    if (!all) {
      page.note("Some of this has no room here; all of it is attached.");
    }
    return page.message(card, row.blocks(), all ? Optional.empty() : Optional.of(whole(card)));
  }

  /**
   * Draws a card for one person alone, to whom no file can be sent: as several messages where it
   * has no room in one. The buttons are on the last.
   *
   * @param blockId a name for the row of buttons
   */
  public static List<CardMessage> pages(Card card, Look look, String blockId) {
    if (look == Look.WORDS) {
      CardMessage words = words(card);
      return List.of(new CardMessage(List.of(), words.text(), Optional.empty()));
    }
    Row row = Row.of(card, blockId);
    var out = new ArrayList<CardMessage>();
    var page = new Page(card, look, row.blocks());
    var waiting = new ArrayDeque<Part>(card.parts());
    while (!waiting.isEmpty()) {
      Part part = waiting.removeFirst();
      boolean added = page.add(part);
      if (!added && !page.isEmpty()) {
        out.add(page.message(card, List.of(), Optional.empty()));
        page = new Page(card, look, row.blocks());
        added = page.add(part);
      }
      List<Part> halves = added ? List.of() : Pages.halves(part);
      if (halves.size() == 1) {
        page.note("Something here has no room in a private message.");
      }
      if (halves.size() == 2) {
        halves.reversed().forEach(waiting::addFirst);
      }
    }
    out.add(page.message(card, row.blocks(), Optional.empty()));
    return out;
  }

  /** Without a block: better than nothing, since the whole card goes along as a file. */
  private static CardMessage words(Card card) {
    String text = fallback(card) + "\n" + CardText.words(card.withButtons(List.of()));
    String lost =
        card.buttons().isEmpty() ? "" : "\n(Slack did not take the buttons of this: say `help`.)";
    return new CardMessage(
        List.of(),
        Words.escaped(Words.cut(text, Limits.FALLBACK / 2) + lost, Limits.FALLBACK),
        Optional.of(whole(card)));
  }

  /**
   * The row of buttons, in half of the room at most.
   *
   * @param whole whether all that their questions say can be read
   */
  private record Row(List<Fields> blocks, boolean whole) {
    static Row of(Card card, String blockId) {
      boolean explained = Buttons.explained(card.buttons());
      List<Fields> row = Buttons.of(card.buttons(), blockId, explained);
      int number = card.buttons().size();
      while (size(row) > Limits.MESSAGE / 2 && number > 0) {
        row = Buttons.of(card.buttons().subList(0, number), blockId, false);
        explained = false;
        number--;
      }
      return new Row(row, explained);
    }
  }

  /** A message that is being filled. */
  private static final class Page {
    private final Fields head;
    private final Look look;
    private final List<Fields> blocks = new ArrayList<>();
    private List<Fields> latest = List.of();
    private int room;
    private int free;
    private boolean table;
    private boolean tasks;

    Page(Card card, Look look, List<Fields> buttons) {
      head = Block.header(Words.cut(mark(card.tone()) + title(card), Limits.HEADER));
      this.look = look;
      room = Limits.MESSAGE - 2 - size(List.of(head)) - size(buttons) - NOTE;
      free = Limits.BLOCKS - 2 - buttons.size();
    }

    /** Adds a part; false if it has no room, and then nothing is added. */
    boolean add(Part part) {
      boolean second = part instanceof Part.Table ? table : part instanceof Part.Tasks && tasks;
      Optional<List<Fields>> drawn = new PartBlocks(second ? Look.CLASSIC : look).of(part);
      boolean fits = drawn.isPresent() && drawn.get().size() <= free && size(drawn.get()) <= room;
      latest = fits ? drawn.get() : List.of();
      blocks.addAll(latest);
      free -= latest.size();
      room -= size(latest);
      table |= fits && part instanceof Part.Table;
      tasks |= fits && part instanceof Part.Tasks;
      return fits;
    }

    /**
     * Whether the part that was added last was shortened: then there are more ellipses than in it.
     */
    boolean cut(Part part) {
      return ellipses(Json.write(Block.items(latest))) > ellipses(String.valueOf(part));
    }

    void note(String words) {
      Fields note = Block.context(List.of(Block.plain(words)));
      if (!blocks.contains(note)) {
        blocks.add(note);
      }
    }

    boolean isEmpty() {
      return blocks.isEmpty();
    }

    CardMessage message(Card card, List<Fields> buttons, Optional<Part.Attachment> rest) {
      var all = new ArrayList<Fields>();
      all.add(head);
      all.addAll(blocks);
      all.addAll(buttons);
      return new CardMessage(all, Words.escaped(fallback(card), Limits.FALLBACK), rest);
    }
  }

  private static long ellipses(String text) {
    return text.chars().filter(c -> c == '…').count();
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

  /** All of it as text without breaks, with what the buttons ask before they act. */
  public static Part.Attachment whole(Card card) {
    var text = new StringBuilder(CardText.words(card.withButtons(List.of())));
    for (Button button : card.buttons()) {
      button
          .confirm()
          .filter(confirm -> confirm.text().length() > Limits.CONFIRM_TEXT)
          .ifPresent(
              confirm ->
                  text.append("\n\n")
                      .append(Inert.line(button.label()))
                      .append(":\n")
                      .append(Inert.lines(confirm.text())));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Part.Attachment("card.txt", "text/plain; charset=utf-8", bytes, Optional.empty());
  }
}
