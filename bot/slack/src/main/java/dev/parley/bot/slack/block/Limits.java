package dev.parley.bot.slack.block;

/**
 * What Slack takes, in characters (UTF-16 units) or pieces. From Slack's reference for blocks and
 * views; {@link #MESSAGE} from bolt-js#2509 and #2867, since the reference has no number.
 */
public final class Limits {
  /** Blocks of a message. */
  public static final int BLOCKS = 50;

  /**
   * Characters of all blocks of a message together, as JSON. What exactly is counted is not
   * published; the JSON is more than any way of counting, so what fits here fits there.
   */
  public static final int MESSAGE = 13_200;

  /** A section's text, and by analogy one rich text block. */
  public static final int SECTION = 3000;

  /** The text beside the blocks: notifications, screen readers. */
  public static final int FALLBACK = 3000;

  public static final int HEADER = 150;
  public static final int BUTTONS = 25;
  public static final int LABEL = 75;
  public static final int VALUE = 2000;
  public static final int ACTION_ID = 255;
  public static final int BLOCK_ID = 255;
  public static final int CONFIRM_TITLE = 100;
  public static final int CONFIRM_TEXT = 300;
  public static final int CONFIRM_ANSWER = 30;
  public static final int TASKS = 50;
  public static final int TABLE_ROWS = 100;
  public static final int TABLE_COLUMNS = 20;
  public static final int TABLE = 10_000;
  public static final int CONTEXT = 10;
  public static final int ALT_TEXT = 2000;

  /** Title, submit and close of a modal. */
  public static final int VIEW_TITLE = 24;

  public static final int VIEW_BLOCKS = 100;
  public static final int VIEW_METADATA = 3000;
  public static final int FIELD_LABEL = 2000;
  public static final int FIELD_TEXT = 3000;
  public static final int CHOICES = 100;

  /** What comes back for a choice. */
  public static final int CHOICE = 150;

  private Limits() {}
}
