package dev.parley.bot.text;

/** Text made harmless for a terminal: no control characters, no escape sequences, no reordering. */
public final class Inert {
  private Inert() {}

  /** One line: line breaks and tabs become spaces. */
  public static String line(String text) {
    return clean(text.replace('\n', ' ').replace('\t', ' '));
  }

  /** Several lines, tabs as two spaces. */
  public static String lines(String text) {
    return clean(text.replace("\t", "  "));
  }

  private static String clean(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints().filter(c -> c == '\n' || !hidden(c)).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean hidden(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C
        || c == 0xFEFF;
  }
}
