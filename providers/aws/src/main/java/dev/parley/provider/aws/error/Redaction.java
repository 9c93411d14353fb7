package dev.parley.provider.aws.error;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes out of a vendor's message what may be a secret though nobody told us so: services quote the
 * value they refuse.
 */
public final class Redaction {
  private static final String SECRETIVE =
      "(?i:password|secret|passphrase|token|private_?key|credential)";

  private static final List<Pattern> QUOTED =
      List.of(
          Pattern.compile("(?<=[Vv]alue ')[^']*(?=' at '[^']*" + SECRETIVE + ")"),
          Pattern.compile("(?<=[Vv]alue \\()[^)]*(?=\\) (?:for|of) \\w* ?\\w*" + SECRETIVE + ")"),
          Pattern.compile(
              "(?<=\"\\w{0,40}(?i:password|secret|passphrase)\\w{0,40}\"\\s{0,3}:\\s{0,3}\")"
                  + "[^\"]+"),
          Pattern.compile("(?<=\\b\\w{0,40}(?i:password|passphrase)=)[^\\s,;)]+"),
          Pattern.compile("(?<=X-Amz-Security-Token[=:]\\s?)[^\\s&]+"));

  private Redaction() {}

  /** A message without what looks like a secret in it. */
  public static String of(String message) {
    String text = message;
    for (Pattern quoted : QUOTED) {
      text = quoted.matcher(text).replaceAll("***");
    }
    return text;
  }

  /** Takes out known secrets first, then what looks like one. */
  public static UnaryOperator<String> after(UnaryOperator<String> known) {
    return message -> of(known.apply(message));
  }
}
