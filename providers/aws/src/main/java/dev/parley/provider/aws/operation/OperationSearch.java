package dev.parley.provider.aws.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds operations by words, from names alone: no class is loaded. */
record OperationSearch(Services services) {
  private record Hit(String name, int words, int score, int rest) {}

  /** Full names, best first; all of them if there are no words. */
  List<String> names(String text) {
    List<String> wanted =
        List.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")).stream()
            .filter(word -> !word.isBlank())
            .toList();
    var hits = new ArrayList<Hit>();
    for (Service service : services.all()) {
      for (String operation : service.spelled()) {
        Hit hit = hit(wanted, service.name(), operation);
        if (wanted.isEmpty() || hit.words() > 0) {
          hits.add(hit);
        }
      }
    }
    hits.sort(
        Comparator.comparingInt(Hit::words)
            .reversed()
            .thenComparing(Comparator.comparingInt(Hit::score).reversed())
            .thenComparingInt(Hit::rest)
            .thenComparing(Hit::name));
    return hits.stream().map(Hit::name).toList();
  }

  private static Hit hit(List<String> wanted, String service, String operation) {
    List<String> words = Names.words(operation);
    int found = 0;
    int score = 0;
    int used = 0;
    for (String word : wanted) {
      int best = word.equals(service) ? 4 : 0;
      for (String part : words) {
        best = Math.max(best, likeness(word, part));
      }
      if (best == 0 && word.length() > 3 && operation.toLowerCase(Locale.ROOT).contains(word)) {
        best = 1;
      }
      found += best > 0 ? 1 : 0;
      score += best;
      used += best > 1 && !word.equals(service) ? 1 : 0;
    }
    return new Hit(service + "." + operation, found, score, words.size() - used);
  }

  private static int likeness(String word, String part) {
    if (word.equals(part)) {
      return 4;
    }
    if (stem(word).equals(stem(part))) {
      return 3;
    }
    boolean near = word.length() > 2 && part.length() > 2;
    return near && (part.startsWith(word) || word.startsWith(part)) ? 2 : 0;
  }

  private static String stem(String word) {
    return word.endsWith("s") && word.length() > 3 ? word.substring(0, word.length() - 1) : word;
  }
}
