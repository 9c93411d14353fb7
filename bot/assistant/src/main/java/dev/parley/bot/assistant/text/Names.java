package dev.parley.bot.assistant.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Resource names: lower-case letters, digits and dashes, at most 40. */
public final class Names {
  /** The longest name. */
  public static final int MAX = 40;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^-+|-+$");

  private Names() {}

  /** The nearest valid name; "" if nothing is left. */
  public static String of(String wanted) {
    String flat = MARKS.matcher(Normalizer.normalize(wanted, Normalizer.Form.NFD)).replaceAll("");
    String dashed = OTHER.matcher(flat.toLowerCase(Locale.ROOT)).replaceAll("-");
    String name = EDGES.matcher(dashed).replaceAll("");
    return name.length() <= MAX ? name : EDGES.matcher(name.substring(0, MAX)).replaceAll("");
  }

  /** The name of one of several: {@code base-3}. */
  public static String numbered(String base, int number) {
    String tail = "-" + number;
    return of(base.length() + tail.length() <= MAX ? base : base.substring(0, MAX - tail.length()))
        + tail;
  }

  /** The name without its number: {@code web-3} → {@code web}. */
  public static String base(String name) {
    int dash = name.lastIndexOf('-');
    boolean counted =
        dash > 0
            && dash < name.length() - 1
            && name.length() - dash <= 5
            && name.substring(dash + 1).chars().allMatch(Character::isDigit);
    return counted ? name.substring(0, dash) : name;
  }

  /** The number at its end; 0 if there is none. */
  public static int number(String name) {
    String base = base(name);
    return base.length() == name.length() ? 0 : Integer.parseInt(name.substring(base.length() + 1));
  }
}
