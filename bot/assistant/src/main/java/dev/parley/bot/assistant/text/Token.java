package dev.parley.bot.assistant.text;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One word, number, sign or quoted piece of a message.
 *
 * @param text as written, without quotes
 * @param key in lower case, for looking up
 * @param number its value, if it is a number in digits
 * @param glued whether it follows the token before without white space
 */
public record Token(
    Kind kind, String text, String key, Optional<BigDecimal> number, boolean glued) {

  /** What a token looks like. */
  public enum Kind {
    WORD,
    NUMBER,
    /** Somebody's data: never looked into for meaning. */
    QUOTED,
    /** A JSON object. */
    JSON,
    /** {@code key=value}. */
    PAIR,
    /** Punctuation. */
    SIGN
  }

  /** Whether it is this sign. */
  public boolean sign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Whether it is this word. */
  public boolean word(String word) {
    return kind == Kind.WORD && key.equals(word);
  }
}
