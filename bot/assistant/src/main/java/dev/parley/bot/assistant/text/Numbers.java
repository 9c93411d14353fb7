package dev.parley.bot.assistant.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers in digits and in words. */
public final class Numbers {
  private static final Map<String, Integer> UNITS =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19));
  private static final Map<String, Integer> TENS =
      Map.of(
          "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70,
          "eighty", 80, "ninety", 90);
  private static final Map<String, Integer> ORDINALS =
      Map.ofEntries(
          Map.entry("first", 1),
          Map.entry("1st", 1),
          Map.entry("second", 2),
          Map.entry("2nd", 2),
          Map.entry("third", 3),
          Map.entry("3rd", 3),
          Map.entry("fourth", 4),
          Map.entry("4th", 4),
          Map.entry("fifth", 5),
          Map.entry("5th", 5),
          Map.entry("sixth", 6),
          Map.entry("6th", 6));

  private Numbers() {}

  /** A number, and how many tokens it takes. */
  public record Read(BigDecimal value, int length) {}

  /** The number that starts at a token. */
  public static Optional<Read> at(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    if (token.kind() == Token.Kind.NUMBER) {
      return token.number().map(value -> new Read(value, 1));
    }
    if (token.kind() != Token.Kind.WORD) {
      return Optional.empty();
    }
    return words(tokens, i);
  }

  private static Optional<Read> words(List<Token> tokens, int i) {
    String key = tokens.get(i).key();
    int dash = key.indexOf('-');
    if (dash > 0
        && TENS.containsKey(key.substring(0, dash))
        && UNITS.containsKey(key.substring(dash + 1))) {
      return read(
          TENS.getOrDefault(key.substring(0, dash), 0)
              + UNITS.getOrDefault(key.substring(dash + 1), 0),
          1);
    }
    String next = i + 1 < tokens.size() ? tokens.get(i + 1).key() : "";
    Integer tens = TENS.get(key);
    if (tens != null) {
      Integer unit = UNITS.get(next);
      return unit != null && unit > 0 && unit < 10 ? read(tens + unit, 2) : read(tens, 1);
    }
    Integer unit = UNITS.get(key);
    if (unit != null) {
      return next.equals("hundred")
          ? read(unit * 100, 2)
          : next.equals("dozen") ? read(unit * 12, 2) : read(unit, 1);
    }
    return switch (key) {
      case "dozen" -> read(12, 1);
      case "couple", "pair" -> read(2, 1);
      case "trio" -> read(3, 1);
      case "hundred" -> read(100, 1);
      default -> Optional.empty();
    };
  }

  private static Optional<Read> read(int value, int length) {
    return Optional.of(new Read(BigDecimal.valueOf(value), length));
  }

  /** {@code first}, {@code 2nd}: counted from 1. */
  public static Optional<Integer> ordinal(String key) {
    return Optional.ofNullable(ORDINALS.get(key));
  }
}
