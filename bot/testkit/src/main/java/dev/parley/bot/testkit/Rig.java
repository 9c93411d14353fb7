package dev.parley.bot.testkit;

import dev.parley.bot.surface.Speaker;
import dev.parley.bot.surface.Surface;
import java.util.List;
import java.util.Optional;

/**
 * A surface under test, and the hands and eyes of the people on it: everything goes through its
 * outside.
 */
public interface Rig extends AutoCloseable {
  /** The surface, not started. */
  Surface surface();

  /** Somebody says something in a thread, which is opened by its first message. */
  void say(String person, String thread, String text);

  /**
   * Somebody presses the newest button with a label that they see in a thread, and says yes to its
   * question.
   */
  void press(String person, String thread, String label);

  /**
   * The same, and answers the form that opens.
   *
   * @param texts go into the form's fields, in their order
   */
  void pressAndFill(String person, String thread, String label, String... texts);

  /** Somebody puts an emoji on the newest plan card of a thread. */
  void emoji(String person, String thread, String emoji);

  /** Somebody takes it off again. */
  void noEmoji(String person, String thread, String emoji);

  /**
   * All that everybody in a thread has been shown so far, as text, oldest first; edits appear as
   * they came.
   */
  String shown(String thread);

  /** All that one person alone has been shown. */
  String privately(String person);

  /** Labels of the buttons that can be pressed in a thread now. */
  List<String> buttons(String thread);

  // What only some surfaces offer. Each does nothing and says false where it is not offered; the
  // promise is then skipped, and the report says so.

  /**
   * The cards that stand in the channel itself, outside its threads.
   *
   * @return empty on a surface whose requests have no card in a channel
   */
  default Optional<List<String>> channelCards() {
    return Optional.empty();
  }

  /** Something that is no ordinary member of the house says something, addressed to the bot. */
  default boolean sayAs(Speaker.Kind kind, String person, String thread, String text) {
    return false;
  }

  /** Somebody says something to the bot in private. */
  default boolean sayDirectly(String person, String text) {
    return false;
  }

  /** One press that the platform delivers twice. */
  default boolean pressTwiceDelivered(String person, String thread, String label) {
    return false;
  }

  /** Everybody presses the same button at once; returns when all have. */
  default boolean pressAtOnce(List<String> people, String thread, String label) {
    return false;
  }

  /** What is false about a press. */
  enum Forgery {
    /** The button's token comes from another message. */
    OTHER_MESSAGE,
    /** It comes from another channel. */
    OTHER_CHANNEL,
    /** There is no such token. */
    UNKNOWN
  }

  /** A press that no button of the bot makes. */
  default boolean pressForged(String person, String thread, String label, Forgery forgery) {
    return false;
  }

  /** The bot itself puts an emoji on the newest plan card. */
  default boolean emojiOfBot(String thread, String emoji) {
    return false;
  }

  /** Somebody puts an emoji on the oldest plan card of a thread. */
  default boolean emojiOnOldest(String person, String thread, String emoji) {
    return false;
  }

  /** The platform refuses the next calls as too many. */
  default boolean slow(int times) {
    return false;
  }

  /** The platform is out of reach for the next calls. */
  default boolean unreachable(int times) {
    return false;
  }

  /** What people do no longer reaches the bot, until {@link #join}. */
  default boolean cut() {
    return false;
  }

  /** The bot can be reached again. */
  default void join() {}

  /**
   * The platform takes nothing any more, until it is told to be back; what people do there still
   * arrives.
   */
  default boolean down(boolean now) {
    return false;
  }

  @Override
  void close();
}
