package dev.parley.bot.discord;

import dev.parley.bot.surface.Speaker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who wrote the latest messages: Discord does not say it of one that was deleted. */
final class Authors {
  private static final int KEPT = 10_000;

  private final Map<String, Speaker> latest =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Speaker> eldest) {
              return size() > KEPT;
            }
          });

  void note(String message, Speaker speaker) {
    latest.put(message, speaker);
  }

  Optional<Speaker> of(String message) {
    return Optional.ofNullable(latest.get(message));
  }
}
