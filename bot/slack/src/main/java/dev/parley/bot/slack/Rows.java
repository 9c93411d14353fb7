package dev.parley.bot.slack;

import dev.parley.bot.surface.Place;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names of rows of buttons. Each state of a message has another one, else Slack keeps what was
 * typed or chosen in the former; and it tells the thread, which a press on a whispered card may
 * not.
 */
final class Rows {
  private static final String START = "parley:";
  private final AtomicLong count = new AtomicLong();

  String next(Place place) {
    return START + place.thread().orElse("") + ":" + Long.toString(count.incrementAndGet(), 36);
  }

  /** The thread that a row of ours stands in. */
  static Optional<String> thread(String row) {
    if (!row.startsWith(START) || row.lastIndexOf(':') < START.length()) {
      return Optional.empty();
    }
    return Optional.of(row.substring(START.length(), row.lastIndexOf(':')))
        .filter(thread -> !thread.isEmpty());
  }
}
