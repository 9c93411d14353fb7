package dev.parley.bot.assistant.lexicon;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What machine sizes look like where no catalog lists them. */
public final class Skus {
  private static final Map<String, Pattern> SHAPES =
      Map.of(
          "aws",
          Pattern.compile(
              "(db\\.|cache\\.)?[a-z]{1,3}\\d{1,2}[a-z-]{0,6}\\.(nano|micro|small|medium|large|\\d{0,2}xlarge|metal)"),
          "azure",
          Pattern.compile("(standard|basic)_[a-z0-9_]{2,30}"),
          "gcp",
          Pattern.compile(
              "([a-z]\\d[a-z]?-(standard|highmem|highcpu|micro|small|medium|megamem)(-\\d{1,3})?|db-[a-z0-9-]{4,24})"));

  private Skus() {}

  /** The families of whose sizes a word has the look. */
  static Set<String> families(String word) {
    String key = word.toLowerCase(java.util.Locale.ROOT);
    if (key.length() > 40) {
      return Set.of();
    }
    for (var shape : SHAPES.entrySet()) {
      if (shape.getValue().matcher(key).matches()) {
        return Set.of(shape.getKey());
      }
    }
    return Set.of();
  }

  /**
   * What stands before a size of anything but a machine: {@code db.}, {@code cache.}; "" for
   * machines.
   */
  static String prefix(String sku) {
    String key = sku.toLowerCase(java.util.Locale.ROOT);
    return List.of("db.", "cache.", "db-").stream().filter(key::startsWith).findFirst().orElse("");
  }

  /** Whether a word looks like a machine size. */
  public static boolean looks(String word) {
    return !families(word).isEmpty();
  }
}
