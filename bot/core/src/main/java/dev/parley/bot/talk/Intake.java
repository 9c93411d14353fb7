package dev.parley.bot.talk;

import dev.parley.value.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a message must be before anybody reads it: text, of a bearable length. */
final class Intake {
  private final int longest;

  Intake(int longest) {
    this.longest = longest;
  }

  /** Why a text can't be taken, if it can't. */
  Optional<Problem> refuse(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > longest) {
      return Optional.of(
          new Problem(
              "the message",
              bytes + " bytes",
              "a message has at most " + longest + " bytes",
              "say it shorter, or in several messages"));
    }
    int broken = text.indexOf('\uFFFD');
    if (broken >= 0 || loneSurrogate(text)) {
      return Optional.of(
          new Problem(
              "the message, " + place(text, Math.max(broken, 0)),
              "not UTF-8",
              "some of its bytes are no text",
              "send it as UTF-8"));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
        return Optional.of(
            new Problem(
                "the message, " + place(text, i),
                "a control character (U+%04X)".formatted((int) c),
                "only text, tabs and line breaks can be read",
                "take it out and say it again"));
      }
    }
    return Optional.empty();
  }

  private static boolean loneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static String place(String text, int index) {
    long line = text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    return "line "
        + line
        + ", character "
        + (index - text.lastIndexOf('\n', Math.max(0, index - 1)));
  }
}
