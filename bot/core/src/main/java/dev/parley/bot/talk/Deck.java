package dev.parley.bot.talk;

import dev.parley.bot.surface.Place;
import dev.parley.engine.json.Codec;
import dev.parley.run.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** All cards that are shown, by token and by message; kept in the store, so that a restart loses none. */
final class Deck {
  private static final String COLLECTION = "bot-card";
  private static final Duration KEPT = Duration.ofDays(7);

  private final Store store;
  private final String tenant;
  private final Map<String, Kept> rows = new ConcurrentHashMap<>();
  private final Map<String, String> byMessage = new ConcurrentHashMap<>();

  private record Kept(Shown shown, long version) {}

  Deck(Store store, String tenant) {
    this.store = store;
    this.tenant = tenant;
    store
        .list(tenant, COLLECTION)
        .forEach((id, document) -> remember(new Kept(Codec.decode(document.body(), Shown.class), document.version())));
  }

  /** Knows a card from now on, without writing it: it can be pressed before its message is known. */
  void announce(Shown shown) {
    remember(new Kept(shown, 0));
  }

  /** Writes a card. */
  void keep(Shown shown) {
    synchronized (lock(shown.id())) {
      Kept former = rows.get(shown.id());
      long version = former == null ? 0 : former.version();
      Store.Document written = store.put(tenant, COLLECTION, shown.id(), version, Codec.encode(shown));
      remember(new Kept(shown, written.version()));
    }
  }

  /** Forgets a card that was never posted. */
  void forget(Shown shown) {
    rows.remove(shown.id());
  }

  /** The card of a token, and which of its buttons. */
  Optional<Pressable> find(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    Kept kept = rows.get(token.substring(0, dot));
    String number = token.substring(dot + 1);
    if (kept == null || !number.matches("\\d{1,2}") || Integer.parseInt(number) >= kept.shown().offers().size()) {
      return Optional.empty();
    }
    return Optional.of(new Pressable(kept.shown(), kept.shown().offers().get(Integer.parseInt(number)).action()));
  }

  /** A card as it is now. */
  Optional<Shown> get(String id) {
    return Optional.ofNullable(rows.get(id)).map(Kept::shown);
  }

  /** The card of a message. */
  Optional<Shown> at(Place place, String message) {
    return Optional.ofNullable(byMessage.get(key(place, message))).flatMap(this::get);
  }

  /** All that fit, oldest first. */
  List<Shown> all(Predicate<Shown> which) {
    return rows.values().stream()
        .map(Kept::shown)
        .filter(which)
        .sorted(Comparator.comparing(Shown::posted).thenComparing(Shown::id))
        .toList();
  }

  /** Whether any fits. */
  boolean any(Predicate<Shown> which) {
    return rows.values().stream().map(Kept::shown).anyMatch(which);
  }

  /** Removes closed cards long after they expired. */
  void sweep(Instant now) {
    for (Kept kept : List.copyOf(rows.values())) {
      if (kept.shown().expires().plus(KEPT).isBefore(now)) {
        rows.remove(kept.shown().id());
        kept.shown().message().ifPresent(message -> byMessage.remove(key(kept.shown().place(), message)));
        if (kept.version() > 0) {
          store.remove(tenant, COLLECTION, kept.shown().id(), kept.version());
        }
      }
    }
  }

  private void remember(Kept kept) {
    rows.put(kept.shown().id(), kept);
    kept.shown().message().ifPresent(message -> byMessage.put(key(kept.shown().place(), message), kept.shown().id()));
  }

  private static String key(Place place, String message) {
    return place.surface() + "/" + place.workspace() + "/" + place.channel() + "/" + message;
  }

  private Object lock(String id) {
    return locks[Math.floorMod(id.hashCode(), locks.length)];
  }

  private final Object[] locks = java.util.stream.Stream.generate(Object::new).limit(64).toArray();

  /** A card and the meaning of one of its buttons. */
  record Pressable(Shown shown, Action action) {}
}
