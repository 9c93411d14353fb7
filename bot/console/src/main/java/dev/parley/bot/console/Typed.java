package dev.parley.bot.console;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a typed line means to the console itself. */
sealed interface Typed {
  /** Nothing. */
  record Blank() implements Typed {}

  /** {@code as bob}. */
  record As(String person) implements Typed {}

  /** {@code #3}, or {@code #3 text}; {@code #new} is 0. */
  record Thread(int number, String rest) implements Typed {}

  /** {@code threads}. */
  record Threads() implements Typed {}

  /** {@code 2}. */
  record Number(int number) implements Typed {}

  /** {@code [Approve]}. */
  record Label(String label) implements Typed {}

  /** {@code +ok}, {@code :+1:}, {@code -:+1:}. */
  record Emoji(String name, boolean taken) implements Typed {}

  /** {@code ?}. */
  record Help() implements Typed {}

  /** {@code quit}. */
  record Quit() implements Typed {}

  /** Anything else goes to the bot. */
  record Text(String text) implements Typed {}

  Pattern AS = Pattern.compile("(?i)/?as\\s+([A-Za-z0-9_.-]{1,40})");
  Pattern THREAD = Pattern.compile("(?is)#(new|\\d{1,6})(?:\\s+(.*))?");
  Pattern LABEL = Pattern.compile("\\[([^\\]]{1,75})\\]");
  Pattern EMOJI = Pattern.compile("(-?):([a-z0-9_+-]{1,40}):");

  static Typed read(String line) {
    String text = line.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher as = AS.matcher(text);
    Matcher thread = THREAD.matcher(text);
    Matcher label = LABEL.matcher(text);
    Matcher emoji = EMOJI.matcher(text);
    if (text.isEmpty()) {
      return new Blank();
    } else if (as.matches()) {
      return new As(as.group(1));
    } else if (thread.matches()) {
      int number = thread.group(1).equalsIgnoreCase("new") ? 0 : Integer.parseInt(thread.group(1));
      String rest = thread.group(2);
      return new Thread(number, rest == null ? "" : rest.strip());
    } else if (label.matches()) {
      return new Label(label.group(1).strip());
    } else if (emoji.matches()) {
      return new Emoji(emoji.group(2), !emoji.group(1).isEmpty());
    }
    return switch (lower) {
      case "+ok", "+1" -> new Emoji("+1", false);
      case "-ok" -> new Emoji("+1", true);
      case "+no" -> new Emoji("-1", false);
      case "threads" -> new Threads();
      case "?" -> new Help();
      case "quit", "exit", "bye" -> new Quit();
      default -> text.matches("\\d{1,2}") ? new Number(Integer.parseInt(text)) : new Text(line);
    };
  }
}
