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
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which deliveries were taken, kept for a day, so that a platform may send one twice; and which
 * were taken and not answered yet, so that a crash loses none.
 */
final class Deliveries {
  private static final String COLLECTION = "bot-delivery";
  private static final Duration KEPT = Duration.ofHours(24);
  private static final String KEEPS = "inbound";
  private static final String BEGUN = "begun";

  /** The same in documents that were written before anything but messages was kept. */
  private static final String KEPT_SAID = "said";

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

  /** The same, and the delivery is kept until it is answered; its secrets are redacted. */
  boolean keep(Inbound inbound) {
    return put(inbound, taken().with(KEEPS, Codec.encodeAs(Inbound.class, inbound)));
  }

  /**
   * Work on a message begins.
   *
   * @param before what the newest plan of its thread is; if a crash ends the work and there is
   *     another by then, the message was planned
   */
  void begun(Inbound.Said said, String before) {
    store
        .get(tenant, COLLECTION, key(said))
        .ifPresent(
            document ->
                store.put(
                    tenant,
                    COLLECTION,
                    document.key(),
                    document.version(),
                    document.body().with(BEGUN, Value.text(before))));
  }

  /** What the newest plan was when work on a message began; empty if it never did. */
  Optional<String> begun(Inbound.Said said) {
    return store.get(tenant, COLLECTION, key(said)).flatMap(one -> one.body().text(BEGUN));
  }

  /** The delivery is answered. */
  void answered(Inbound inbound) {
    store
        .get(tenant, COLLECTION, key(inbound))
        .ifPresent(
            document ->
                store.put(
                    tenant,
                    COLLECTION,
                    document.key(),
                    document.version(),
                    document.body().without(KEEPS).without(KEPT_SAID).without(BEGUN)));
  }

  /** What was taken on a surface and never answered, oldest first. */
  List<Inbound> unanswered(String surface) {
    var found = new ArrayList<Inbound>();
    for (Store.Document document : store.list(tenant, COLLECTION).values()) {
      for (String field : List.of(KEEPS, KEPT_SAID)) {
        Fields kept = document.body().fieldsAt(field);
        if (!kept.isEmpty()) {
          Inbound one = Codec.decode(kept, Inbound.class);
          if (one.place().surface().equals(surface)) {
            found.add(one);
          }
        }
      }
    }
    found.sort(Comparator.comparing(Inbound::at));
    return found;
  }

  /**
   * Forgets those of more than a day ago.
   *
   * @param ours whether a surface is this bot's; others have a bot of their own
   */
  void sweep(Predicate<String> ours) {
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
              if (old && ours.test(key.substring(0, key.indexOf('/')))) {
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
