package dev.parley.bot.talk;

import dev.parley.run.Store;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Which deliveries were taken, kept for a day, so that a platform may send one twice. */
final class Deliveries {
  private static final String COLLECTION = "bot-delivery";
  private static final Duration KEPT = Duration.ofHours(24);

  private final Store store;
  private final String tenant;
  private final Clock clock;

  Deliveries(Store store, String tenant, Clock clock) {
    this.store = store;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** True once for each delivery of a surface. */
  boolean first(String surface, String delivery) {
    try {
      store.put(tenant, COLLECTION, surface + "/" + delivery, 0, Fields.of("at", Value.text(clock.instant().toString())));
      return true;
    } catch (Store.Stale e) {
      return false;
    }
  }

  /** Forgets those of more than a day ago. */
  void sweep() {
    Instant edge = clock.instant().minus(KEPT);
    store
        .list(tenant, COLLECTION)
        .forEach(
            (key, document) -> {
              boolean old = document.body().text("at").map(at -> Instant.parse(at).isBefore(edge)).orElse(true);
              if (old) {
                store.remove(tenant, COLLECTION, key, document.version());
              }
            });
  }
}
