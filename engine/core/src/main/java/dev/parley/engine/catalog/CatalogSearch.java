package dev.parley.engine.catalog;

import dev.parley.catalog.Offering;
import dev.parley.engine.json.Nearest;
import dev.parley.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds types by words. A word in a type's name counts most, then one in its title or in what
 * people call the service, then one in its description; every word must be found somewhere.
 */
public final class CatalogSearch {
  /** A type as people might speak of it; what is not known is blank. */
  public record Spoken(ResourceType type, String title, String description) {}

  private record Entry(ResourceType type, String whole, Map<String, Integer> words) {}

  private static final int NAME = 12;
  private static final int TITLE = 9;
  private static final int SERVICE = 9;
  private static final int DESCRIPTION = 2;

  private final List<Entry> entries = new ArrayList<>();

  /** Of these types, and of the services they are the principals of. */
  public CatalogSearch(Collection<Spoken> types, List<Offering> offerings) {
    for (Spoken type : types) {
      var words = new HashMap<String, Integer>();
      note(words, type.description(), DESCRIPTION);
      note(words, type.title(), TITLE);
      note(words, type.type().name(), NAME);
      for (Offering offering : offerings) {
        if (offering.principal().equals(type.type())) {
          note(
              words,
              offering.service()
                  + " "
                  + offering.title()
                  + " "
                  + String.join(" ", offering.words()),
              SERVICE);
        }
      }
      entries.add(new Entry(type.type(), type.type().name().toLowerCase(Locale.ROOT), words));
    }
  }

  /** What fits the words, best first. */
  public List<ResourceType> best(String asked, int limit) {
    Set<String> wanted = words(asked);
    record Hit(ResourceType type, int score) {}
    return entries.stream()
        .map(
            entry ->
                new Hit(entry.type(), score(entry, asked.strip().toLowerCase(Locale.ROOT), wanted)))
        .filter(hit -> hit.score() > 0)
        .sorted(
            Comparator.comparingInt((Hit hit) -> -hit.score())
                .thenComparingInt(hit -> hit.type().name().length())
                .thenComparing(Hit::type))
        .limit(Math.max(0, limit))
        .map(Hit::type)
        .toList();
  }

  private static int score(Entry entry, String asked, Set<String> wanted) {
    String type = entry.type().toString().toLowerCase(Locale.ROOT);
    if (asked.equals(type)
        || asked.equals(entry.whole())
        || asked.equals(entry.type().unversioned().toLowerCase(Locale.ROOT))) {
      return 10_000;
    }
    int sum = 0;
    for (String word : wanted) {
      int found = found(entry, word);
      if (found == 0) {
        return 0;
      }
      sum += found;
    }
    return sum;
  }

  private static int found(Entry entry, String word) {
    int exact = entry.words().getOrDefault(word, 0);
    if (exact > 0) {
      return exact * 2;
    }
    int best = 0;
    for (var known : entry.words().entrySet()) {
      if (word.length() >= 3 && known.getKey().startsWith(word)) {
        best = Math.max(best, known.getValue());
      }
    }
    if (best == 0 && word.length() >= 4 && !Nearest.to(word, entry.words().keySet(), 1).isEmpty()) {
      best = 1;
    }
    return best;
  }

  private static void note(Map<String, Integer> words, String text, int weight) {
    words(text).forEach(word -> words.merge(word, weight, Math::max));
  }

  /** Lower-case words; a name in camel case is several, and also one. */
  private static Set<String> words(String text) {
    var words = new HashSet<String>();
    for (String piece : text.split("[^\\p{L}\\p{N}]+")) {
      for (String word : piece.split("(?<=[a-z0-9])(?=[A-Z])")) {
        if (!word.isBlank()) {
          words.add(singular(word.toLowerCase(Locale.ROOT)));
        }
      }
      if (!piece.isBlank()) {
        words.add(singular(piece.toLowerCase(Locale.ROOT)));
      }
    }
    return words;
  }

  private static String singular(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
        ? word.substring(0, word.length() - 1)
        : word;
  }
}
