package dev.parley.engine.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known names that somebody most likely meant by an unknown one. */
public final class Nearest {
  private Nearest() {}

  /** Up to so many known names, nearest first; none if nothing is near. */
  public static List<String> to(String unknown, Collection<String> known, int limit) {
    String wanted = unknown.toLowerCase(Locale.ROOT);
    record Near(String name, int distance) {}
    return known.stream()
        .distinct()
        .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance() <= Math.max(1, wanted.length() / 3))
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(limit)
        .map(Near::name)
        .toList();
  }

  /**
   * What to say next about an unknown name: the nearest known ones, or all if they are few.
   *
   * @param kind what the names name, in the plural: "regions"
   */
  public static String hint(String unknown, Collection<String> known, String kind) {
    List<String> near = to(unknown, known, 3);
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near) + "?";
    }
    if (known.isEmpty()) {
      return "there are no " + kind;
    }
    List<String> some = known.stream().distinct().sorted().limit(12).toList();
    String more = known.stream().distinct().count() > some.size() ? ", …" : "";
    return "known " + kind + ": " + String.join(", ", some) + more;
  }

  /**
   * Edits between two words: insert, drop, exchange, swap of neighbours; a contained word is near.
   */
  private static int distance(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.length() >= 4 && b.length() >= 4 && (b.contains(a) || a.contains(b))) {
      return 1;
    }
    if (Math.abs(a.length() - b.length()) > Math.max(1, a.length() / 3)) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int exchange = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + exchange);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
