package dev.parley.bot.talk;

import dev.parley.bot.surface.Inbound;
import dev.parley.engine.json.Codec;
import dev.parley.run.Store;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which deliveries were taken, kept for a day, so that a platform may send one twice; and which
 * messages were taken and not answered yet, so that a crash loses none.
 */
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
  boolean first(Inbound inbound) {
    return put(inbound, taken());
  }

  /** The same for a message, which is kept until it is answered; its secrets are redacted. */
  boolean first(Inbound.Said said) {
    return put(said, taken().with("said", Codec.encodeAs(Inbound.class, said)));
  }

  /** The message is answered. */
  void answered(Inbound.Said said) {
    store
        .get(tenant, COLLECTION, key(said))
        .ifPresent(
            document ->
                store.put(
                    tenant,
                    COLLECTION,
                    document.key(),
                    document.version(),
                    document.body().without("said")));
  }

  /** Messages of a surface that were taken and never answered, oldest first. */
  List<Inbound.Said> unanswered(String surface) {
    var found = new ArrayList<Inbound.Said>();
    for (Store.Document document : store.list(tenant, COLLECTION).values()) {
      Fields said = document.body().fieldsAt("said");
      if (!said.isEmpty()
          && Codec.decode(said, Inbound.class) instanceof Inbound.Said one
          && one.place().surface().equals(surface)) {
        found.add(one);
      }
    }
    found.sort(Comparator.comparing(Inbound.Said::at));
    return found;
  }

  /** Forgets those of more than a day ago. */
  void sweep() {
    Instant edge = clock.instant().minus(KEPT);
    store
        .list(tenant, COLLECTION)
        .forEach(
            (key, document) -> {
              boolean old =
                  document
                      .body()
                      .text("at")
                      .map(at -> Instant.parse(at).isBefore(edge))
                      .orElse(true);
              if (old) {
                store.remove(tenant, COLLECTION, key, document.version());
              }
            });
  }

  private boolean put(Inbound inbound, Fields body) {
    try {
      store.put(tenant, COLLECTION, key(inbound), 0, body);
      return true;
    } catch (Store.Stale e) {
      return false;
    }
  }

  private Fields taken() {
    return Fields.of("at", Value.text(clock.instant().toString()));
  }

  private static String key(Inbound inbound) {
    return inbound.place().surface() + "/" + inbound.delivery();
  }
}
