package dev.parley.bot.text;

import java.util.ArrayList;
import java.util.List;

/** How wide text is on a terminal, and where it is broken. */
public final class Columns {
  private Columns() {}

  /** Columns that a text takes. */
  public static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  /** The text, filled up with spaces. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** The text, or its beginning and an ellipsis. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var out = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      if (used + width(c) > columns - 1) {
        break;
      }
      out.appendCodePoint(c);
      used += width(c);
    }
    return out.append('…').toString();
  }

  /** The text in lines of at most so many columns, broken at spaces where there are any. */
  public static List<String> wrap(String text, int columns) {
    var lines = new ArrayList<String>();
    for (String paragraph : text.split("\n", -1)) {
      wrapOne(paragraph, Math.max(8, columns), lines);
    }
    return lines;
  }

  private static void wrapOne(String paragraph, int columns, List<String> lines) {
    var line = new StringBuilder();
    int used = 0;
    for (String word : paragraph.split(" ", -1)) {
      int wide = width(word);
      if (used > 0 && used + 1 + wide > columns) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (used > 0) {
        line.append(' ');
        used++;
      }
      for (int c : word.codePoints().toArray()) {
        if (used + width(c) > columns) {
          lines.add(line.toString());
          line.setLength(0);
          used = 0;
        }
        line.appendCodePoint(c);
        used += width(c);
      }
      if (word.isEmpty() && used == 0) {
        line.append(' ');
        used = 1;
      }
    }
    lines.add(line.toString().stripTrailing());
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c == 0x200B
        || c == 0x200D
        || c == 0xFE0F) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0x1F300 && c <= 0x1FAFF);
    return wide ? 2 : 1;
  }
}
