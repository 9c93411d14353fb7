package dev.parley.bot.transcript;

import dev.parley.bot.talk.Bot;
import java.time.Duration;

/** The program in which a script is played. */
public interface Host {
  /** The bot as it runs now; another one after a crash. */
  Bot bot();

  /** The surface id that the people of the script are known by. */
  default String surface() {
    return "transcript";
  }

  /**
   * Dies without any goodbye, and starts again on what was kept.
   *
   * @return false if it can't do that
   */
  default boolean crash() {
    return false;
  }

  /**
   * Moves its clock.
   *
   * @return false if it can't do that
   */
  default boolean advance(Duration by) {
    return false;
  }
}
