package dev.parley.provider.aws.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of operations: their patterns and their words. */
final class Names {
  private Names() {}

  /** Whether a name fits a pattern in which {@code *} stands for any characters. */
  static boolean fits(String pattern, String name) {
    if (pattern.equals("*")) {
      return true;
    }
    var regex = new StringBuilder();
    for (String part : pattern.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return name.matches(regex.toString());
  }

  /** The words of a name in lower case: {@code DescribeDBInstances} is describe, db, instances. */
  static List<String> words(String name) {
    var words = new ArrayList<String>();
    for (String word :
        name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }
}
