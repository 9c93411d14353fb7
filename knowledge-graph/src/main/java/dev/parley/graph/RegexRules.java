package dev.parley.graph;

import org.apache.jena.sparql.expr.Expr;
import org.jspecify.annotations.Nullable;

/**
 * Which regular expressions may run. No time limit reaches inside Java's matcher, so a pattern that
 * could run for ever must not start: it is a literal, short, without back-references, and with few
 * places where the matcher has a choice.
 */
final class RegexRules {
  private static final int PATTERN = 200;
  private static final int REPLACEMENT = 100;
  private static final int REPEATS = 3;
  private static final int CHOICES = 10;

  private RegexRules() {}

  static void check(@Nullable Expr pattern) {
    String text = literal(pattern, "the pattern", PATTERN);
    int repeats = 0;
    int choices = 0;
    boolean set = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        char escaped = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
        if (escaped == 'k' || (escaped >= '1' && escaped <= '9')) {
          throw refused("a back-reference (\\" + escaped + ")", "write the text out");
        }
        i++;
      } else if (set) {
        set = c != ']';
      } else {
        switch (c) {
          case '[' -> set = true;
          case '*', '+' -> repeats++;
          case '?', '|' -> choices++;
          case '{' -> {
            if (i > 0 && text.charAt(i - 1) == ')') {
              throw refused("a counted group (){…}", "repeat a group with * or +");
            }
            repeats += text.indexOf(',', i) > 0 ? 1 : 0;
          }
          default -> {}
        }
      }
    }
    if (repeats > REPEATS) {
      throw refused(
          repeats + " open repetitions (*, +, {n,m})",
          "use at most " + REPEATS + ", or CONTAINS and STRSTARTS");
    }
    if (choices > CHOICES) {
      throw refused(choices + " choices (?, |)", "use at most " + CHOICES + ", or IN (…)");
    }
  }

  static void checkReplacement(@Nullable Expr replacement) {
    literal(replacement, "the replacement", REPLACEMENT);
  }

  private static String literal(@Nullable Expr expr, String what, int longest) {
    if (expr == null || !expr.isConstant() || !expr.getConstant().isString()) {
      throw refused(what + " comes from the data", "write " + what + " as a text");
    }
    String text = expr.getConstant().getString();
    if (text.length() > longest) {
      throw refused(what + " has " + text.length() + " characters", "write at most " + longest);
    }
    return text;
  }

  private static RuntimeException refused(String what, String next) {
    return Guard.forbidden("a regular expression: " + what, "it could run without end", next);
  }
}
