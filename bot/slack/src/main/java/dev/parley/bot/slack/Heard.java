package dev.parley.bot.slack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person wrote, as they saw it: Slack's spelling of mentions, links and signs undone. */
final class Heard {
  private static final Pattern MARKED = Pattern.compile("<([^<>]*)>");

  private Heard() {}

  /**
   * The words.
   *
   * @param bot the bot's user id; its mention is left out
   */
  static String words(String text, String bot) {
    Matcher found = MARKED.matcher(text);
    String plain = found.replaceAll(one -> Matcher.quoteReplacement(marked(one.group(1), bot)));
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip();
  }

  private static String marked(String inside, String bot) {
    if (inside.equals("@" + bot) || inside.startsWith("@" + bot + "|")) {
      return "";
    }
    int bar = inside.indexOf('|');
    String head = bar < 0 ? inside : inside.substring(0, bar);
    String label = bar < 0 ? "" : inside.substring(bar + 1);
    if (head.startsWith("@")) {
      return head;
    }
    if (head.startsWith("#")) {
      return label.isEmpty() ? head : "#" + label;
    }
    if (head.startsWith("!")) {
      return label.isEmpty() ? "@" + head.substring(1) : label;
    }
    boolean same = label.isEmpty() || head.equals(label) || head.endsWith("//" + label);
    if (same || head.equals("mailto:" + label)) {
      return label.isEmpty() ? head : label;
    }
    return label + " (" + head + ")";
  }

  /** Whether the bot is mentioned in it. */
  static boolean mentions(String text, String bot) {
    return text.contains("<@" + bot + ">") || text.contains("<@" + bot + "|");
  }
}
