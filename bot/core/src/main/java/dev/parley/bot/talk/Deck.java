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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All cards that are shown, by token and by message; kept in the store, so that a restart loses
 * none.
 */
final class Deck {
  private static final String COLLECTION = "bot-card";
  private static final Duration KEPT = Duration.ofDays(7);

  private static final Comparator<Shown> OLDEST_FIRST =
      Comparator.comparing(Shown::posted).thenComparingLong(Shown::number);

  private final Store store;
  private final String tenant;
  private final Map<String, Kept> rows = new ConcurrentHashMap<>();
  private final Map<String, String> byMessage = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> byThread = new ConcurrentHashMap<>();
  private final Map<Subject, Set<String>> bySubject = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> byPlan = new ConcurrentHashMap<>();

  private record Kept(Shown shown, long version) {}

  Deck(Store store, String tenant) {
    this.store = store;
    this.tenant = tenant;
    store
        .list(tenant, COLLECTION)
        .forEach(
            (id, document) ->
                remember(new Kept(Codec.decode(document.body(), Shown.class), document.version())));
  }

  /**
   * Knows a card from now on, without writing it: it can be pressed before its message is known.
   */
  void announce(Shown shown) {
    remember(new Kept(shown, 0));
  }

  /** Writes a card. */
  void keep(Shown shown) {
    synchronized (lock(shown.id())) {
      Kept former = rows.get(shown.id());
      long version = former == null ? 0 : former.version();
      Store.Document written =
          store.put(tenant, COLLECTION, shown.id(), version, Codec.encode(shown));
      remember(new Kept(shown, written.version()));
    }
  }

  /** Changes a card as it is now, and writes it; gives what it is then. */
  Shown change(Shown known, UnaryOperator<Shown> how) {
    synchronized (lock(known.id())) {
      Shown now = how.apply(get(known.id()).orElse(known));
      keep(now);
      return now;
    }
  }

  /** Forgets a card that was never posted, or need not be known. */
  void forget(Shown shown) {
    synchronized (lock(shown.id())) {
      Kept kept = rows.remove(shown.id());
      unlist(shown);
      if (kept != null && kept.version() > 0) {
        store.remove(tenant, COLLECTION, shown.id(), kept.version());
      }
    }
  }

  /** The card of a token, and which of its buttons. */
  Optional<Pressable> find(String token) {
    int dot = token.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    Kept kept = rows.get(token.substring(0, dot));
    String number = token.substring(dot + 1);
    if (kept == null
        || !number.matches("\\d{1,2}")
        || Integer.parseInt(number) >= kept.shown().offers().size()) {
      return Optional.empty();
    }
    return Optional.of(
        new Pressable(kept.shown(), kept.shown().offers().get(Integer.parseInt(number)).action()));
  }

  /** A card as it is now. */
  Optional<Shown> get(String id) {
    return Optional.ofNullable(rows.get(id)).map(Kept::shown);
  }

  /** The card of a message. */
  Optional<Shown> at(Place place, String message) {
    return Optional.ofNullable(byMessage.get(key(place, message))).flatMap(this::get);
  }

  /** All of a thread, oldest first. */
  List<Shown> in(String thread) {
    return these(byThread.getOrDefault(thread, Set.of()));
  }

  /** All about something, oldest first. */
  List<Shown> about(Subject subject) {
    return these(bySubject.getOrDefault(subject, Set.of()));
  }

  /** All revisions of a plan, wherever they are shown, oldest first. */
  List<Shown> ofPlan(String plan) {
    return these(byPlan.getOrDefault(plan, Set.of()));
  }

  private List<Shown> these(Set<String> ids) {
    return ids.stream().flatMap(id -> get(id).stream()).sorted(OLDEST_FIRST).toList();
  }

  /** All that fit, oldest first. */
  List<Shown> all(Predicate<Shown> which) {
    return rows.values().stream().map(Kept::shown).filter(which).sorted(OLDEST_FIRST).toList();
  }

  /**
   * Removes closed cards long after they expired.
   *
   * @param ours whether a place is this bot's; others have a bot of their own
   */
  void sweep(Instant now, Predicate<Place> ours) {
    for (Kept kept : List.copyOf(rows.values())) {
      if (kept.shown().expires().plus(KEPT).isBefore(now) && ours.test(kept.shown().place())) {
        rows.remove(kept.shown().id());
        unlist(kept.shown());
        kept.shown()
            .message()
            .ifPresent(message -> byMessage.remove(key(kept.shown().place(), message)));
        if (kept.version() > 0) {
          store.remove(tenant, COLLECTION, kept.shown().id(), kept.version());
        }
      }
    }
  }

  private void remember(Kept kept) {
    Shown shown = kept.shown();
    rows.put(shown.id(), kept);
    byThread.computeIfAbsent(shown.thread(), _ -> ConcurrentHashMap.newKeySet()).add(shown.id());
    bySubject.computeIfAbsent(shown.subject(), _ -> ConcurrentHashMap.newKeySet()).add(shown.id());
    if (shown.subject() instanceof Subject.OfPlan(var plan, _)) {
      byPlan.computeIfAbsent(plan, _ -> ConcurrentHashMap.newKeySet()).add(shown.id());
    }
    kept.shown()
        .message()
        .ifPresent(message -> byMessage.put(key(kept.shown().place(), message), kept.shown().id()));
  }

  private void unlist(Shown shown) {
    Optional.ofNullable(byThread.get(shown.thread())).ifPresent(ids -> ids.remove(shown.id()));
    Optional.ofNullable(bySubject.get(shown.subject())).ifPresent(ids -> ids.remove(shown.id()));
    byPlan.values().forEach(ids -> ids.remove(shown.id()));
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
