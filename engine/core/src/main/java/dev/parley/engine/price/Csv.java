package dev.parley.engine.price;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of comma-separated values; a value may stand in double quotes, in which "" is one quote.
 */
final class Csv {
  private Csv() {}

  /** The values of one line; an unclosed quote ends with the line. */
  static List<String> line(String line) {
    var values = new ArrayList<String>();
    var value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        value.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
  }
}
