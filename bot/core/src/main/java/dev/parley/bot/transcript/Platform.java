package dev.parley.bot.transcript;

import dev.parley.bot.surface.Button;
import dev.parley.bot.surface.Form;
import dev.parley.bot.surface.MessageRef;
import dev.parley.bot.surface.Place;
import dev.parley.bot.surface.Surface;
import dev.parley.identity.Person;
import java.util.Map;
import java.util.Optional;

/**
 * Where a script is played: a surface, and the hands of the people on it. What is shown there is
 * seen as it is handed to the surface; what people do goes through the platform's own outside.
 */
public interface Platform {
  /** The surface, not started; another one after a crash of the program. */
  Surface surface();

  /**
   * Somebody says something to the bot.
   *
   * @param thread the script's name of the thread
   * @param place where that thread is; empty if this begins it
   * @return the thread that it is in, or that hangs on it
   */
  Place say(String person, String thread, Optional<Place> place, String text);

  /**
   * Somebody presses a button that they see, and says yes to its question.
   *
   * @param message empty for a card that they alone see
   */
  void press(String person, Place place, String message, Button button);

  /** Somebody fills the form that opened for them. */
  void submit(String person, Place place, Form form, Map<String, String> fields);

  /** Somebody puts an emoji on a message, or takes it off. */
  void react(String person, MessageRef message, String emoji, boolean taken);

  /** A person's name in the script. */
  default String name(Person person) {
    return person.id();
  }
}
