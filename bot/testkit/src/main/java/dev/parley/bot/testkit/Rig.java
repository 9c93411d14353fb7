package dev.parley.bot.testkit;

import dev.parley.bot.surface.Surface;
import java.util.List;

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
   * The same, and answers the form that opens with one text.
   *
   * @param text goes into the form's first field
   */
  void pressAndFill(String person, String thread, String label, String text);

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

  @Override
  void close();
}
