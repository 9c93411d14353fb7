package dev.parley.bot.discord;

import java.util.Map;
import java.util.Optional;

/** The standard short names of the emoji that mean something to Parley, and their characters. */
final class Emojis {
  private static final Map<String, String> CHARACTERS =
      Map.of(
          "+1", "\ud83d\udc4d",
          "-1", "\ud83d\udc4e",
          "eyes", "\ud83d\udc40",
          "white_check_mark", "\u2705",
          "heavy_check_mark", "\u2714\ufe0f",
          "x", "\u274c",
          "warning", "\u26a0\ufe0f",
          "hourglass", "\u231b",
          "tada", "\ud83c\udf89",
          "no_entry", "\u26d4");

  private Emojis() {}

  /** The short name of a character; skin tones count as the plain one. Others stay as they are. */
  static String name(String character) {
    String plain = character.replaceAll("[\\x{1F3FB}-\\x{1F3FF}]", "").replace("\ufe0f", "");
    return CHARACTERS.entrySet().stream()
        .filter(entry -> entry.getValue().replace("\ufe0f", "").equals(plain))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(character);
  }

  /** The character of a short name. */
  static Optional<String> character(String name) {
    return Optional.ofNullable(CHARACTERS.get(name));
  }
}
