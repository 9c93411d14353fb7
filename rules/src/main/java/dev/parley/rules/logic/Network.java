package dev.parley.rules.logic;

import dev.parley.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Address ranges and port ranges as the clouds write them. */
final class Network {
  private static final Set<String> WORDS_FOR_THE_WORLD =
      Set.of("*", "internet", "any", "0.0.0.0", "::");
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?:/(\\d{1,2}))?");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(?:/(\\d{1,3}))?");
  private static final int SHORTEST_V4 = 8;
  private static final int SHORTEST_V6 = 16;
  private static final int TOP = 65_535;

  private Network() {}

  /** Whether a range reaches (nearly) the whole Internet: shorter than /8, or /16 of IPv6. */
  static boolean isWorld(String range) {
    String text = range.strip();
    if (WORDS_FOR_THE_WORLD.contains(text.toLowerCase(Locale.ROOT))) {
      return true;
    }
    var v4 = V4.matcher(text);
    if (v4.matches()) {
      return v4.group(1) != null && Integer.parseInt(v4.group(1)) < SHORTEST_V4;
    }
    var v6 = V6.matcher(text);
    return v6.matches() && v6.group(1) != null && Integer.parseInt(v6.group(1)) < SHORTEST_V6;
  }

  /** Whether any of the ranges covers any of the ports. */
  static Tri covers(Value ranges, List<Integer> ports) {
    return switch (ranges) {
      case Value.Num(var number) ->
          Tri.of(number.signum() < 0 || ports.contains(number.intValue()));
      case Value.Text(var text) -> covers(text, ports);
      case Value.Items(var items) ->
          items.stream().map(item -> covers(item, ports)).max(Tri::compareTo).orElse(Tri.FAIL);
      case Value.Ref _, Value.Unknown _ -> Tri.UNKNOWN;
      case Value.Bool _, Value.Null _, Value.Fields _, Value.Secret _ -> Tri.FAIL;
    };
  }

  private static Tri covers(String text, List<Integer> ports) {
    Tri best = Tri.FAIL;
    for (String part : text.split(",")) {
      String range = part.strip();
      Tri one;
      if (range.equals("*") || range.equals("-1") || range.equalsIgnoreCase("any")) {
        one = Tri.PASS;
      } else if (range.matches("\\d{1,5}")) {
        one = Tri.of(ports.contains(Integer.parseInt(range)));
      } else if (range.matches("\\d{1,5}-\\d{1,5}")) {
        String[] ends = range.split("-");
        one = within(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), ports);
      } else {
        one = Tri.UNKNOWN;
      }
      best = one.compareTo(best) > 0 ? one : best;
    }
    return best;
  }

  /** Whether a range covers any of the ports; -1, or nothing at both ends, is every port. */
  static Tri within(int from, int to, List<Integer> ports) {
    int low = from < 0 ? 0 : from;
    int high = to < 0 ? TOP : to;
    return Tri.of(ports.stream().anyMatch(port -> low <= port && port <= high));
  }
}
