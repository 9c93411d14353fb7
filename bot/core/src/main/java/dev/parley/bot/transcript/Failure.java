package dev.parley.bot.transcript;

/**
 * A line that did not go as written.
 *
 * @param line counts from 1
 */
public record Failure(String script, int line, String why) {
  @Override
  public String toString() {
    return script + ", line " + line + ": " + why;
  }
}
