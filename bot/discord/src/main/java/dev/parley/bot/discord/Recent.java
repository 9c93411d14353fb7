package dev.parley.bot.discord;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** What is remembered of the latest so many things; the oldest is forgotten first. */
final class Recent<V> {
  private final Map<String, V> latest;

  Recent(int kept) {
    latest =
        Collections.synchronizedMap(
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > kept;
              }
            });
  }

  void note(String id, V value) {
    latest.put(id, value);
  }

  /** Notes it if nothing is known; says whether that was so. */
  boolean first(String id, V value) {
    return latest.putIfAbsent(id, value) == null;
  }

  /** Joins it to what is known; gives what is known then. */
  V merge(String id, V value, BinaryOperator<V> join) {
    return latest.merge(id, value, join);
  }

  Optional<V> of(String id) {
    return Optional.ofNullable(latest.get(id));
  }

  Optional<V> forget(String id) {
    return Optional.ofNullable(latest.remove(id));
  }
}
