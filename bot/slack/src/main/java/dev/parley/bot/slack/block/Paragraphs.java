package dev.parley.bot.slack.block;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;

/** Breaks prose that is longer than one block: at a paragraph, else a line, else a space. */
final class Paragraphs {
  private static final int MOST = Limits.SECTION - 100;

  private Paragraphs() {}

  /** The elements in groups, each of which fits in one block. */
  static List<List<Fields>> of(List<Fields> elements) {
    var groups = new ArrayList<List<Fields>>();
    var group = new ArrayList<Fields>();
    int used = 0;
    for (Fields element : elements) {
      String text = element.text("text").orElse("");
      if (used > 0 && used + text.length() > MOST) {
        groups.add(List.copyOf(group));
        group.clear();
        used = 0;
      }
      String rest = text;
      while (rest.length() > MOST) {
        int end = end(rest);
        group.add(element.with("text", Value.text(rest.substring(0, end))));
        groups.add(List.copyOf(group));
        group.clear();
        used = 0;
        rest = rest.substring(end).stripLeading();
      }
      if (text.isEmpty() || !rest.isEmpty()) {
        group.add(text.isEmpty() ? element : element.with("text", Value.text(rest)));
        used += rest.length();
      }
    }
    if (!group.isEmpty()) {
      groups.add(List.copyOf(group));
    }
    return groups;
  }

  private static int end(String text) {
    for (String border : List.of("\n\n", "\n", " ")) {
      int at = text.lastIndexOf(border, MOST - border.length());
      if (at > MOST / 2) {
        return at + border.length();
      }
    }
    return Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
  }
}
