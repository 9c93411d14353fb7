package dev.parley.bot.assistant.text;

import java.util.ArrayList;
import java.util.List;

/** English word forms, and words that are one slip of the finger apart. */
public final class Spelling {
  private Spelling() {}

  /** The plural forms of a phrase: its last word's. */
  public static List<String> plurals(String phrase) {
    var forms = new ArrayList<String>();
    forms.add(phrase + "s");
    if (phrase.endsWith("y")
        && phrase.length() > 2
        && "aeiou".indexOf(phrase.charAt(phrase.length() - 2)) < 0) {
      forms.add(phrase.substring(0, phrase.length() - 1) + "ies");
    } else if (phrase.endsWith("s")
        || phrase.endsWith("x")
        || phrase.endsWith("ch")
        || phrase.endsWith("sh")) {
      forms.add(phrase + "es");
    }
    return forms;
  }

  /**
   * Whether one insertion, deletion, replacement or swap of neighbours makes one into the other.
   */
  public static boolean oneSlip(String left, String right) {
    String a = left.length() <= right.length() ? left : right;
    String b = left.length() <= right.length() ? right : left;
    if (b.length() - a.length() > 1 || a.equals(b)) {
      return false;
    }
    int i = 0;
    while (i < a.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    if (a.length() < b.length()) {
      return a.regionMatches(i, b, i + 1, a.length() - i);
    }
    boolean replaced = a.regionMatches(i + 1, b, i + 1, a.length() - i - 1);
    boolean swapped =
        i + 1 < a.length()
            && a.charAt(i) == b.charAt(i + 1)
            && a.charAt(i + 1) == b.charAt(i)
            && a.regionMatches(i + 2, b, i + 2, a.length() - i - 2);
    return replaced || swapped;
  }
}
