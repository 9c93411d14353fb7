package dev.parley.bot.outbox;

import dev.parley.engine.json.Codec;
import dev.parley.run.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where letters lie until they have arrived. */
public sealed interface Shelf {
  /** Keeps a letter. */
  void put(Letter letter);

  /** A letter that lies here. */
  Optional<Letter> get(String id);

  /** Takes a letter away; it has arrived, or never will. */
  void remove(String id);

  /** All of them, oldest first. */
  List<Letter> all();

  /** A shelf that is empty after a restart. */
  static Shelf memory() {
    return new InMemory(new ConcurrentHashMap<>());
  }

  /** A shelf in the store, for one surface of a tenant: what lies there is on disk. */
  static Shelf stored(Store store, String tenant, String surface) {
    return new Stored(store, tenant, "bot-outbox-" + surface);
  }

  /** Letters as long as the program lives. */
  record InMemory(Map<String, Letter> letters) implements Shelf {
    @Override
    public void put(Letter letter) {
      letters.put(letter.id(), letter);
    }

    @Override
    public Optional<Letter> get(String id) {
      return Optional.ofNullable(letters.get(id));
    }

    @Override
    public void remove(String id) {
      letters.remove(id);
    }

    @Override
    public List<Letter> all() {
      return letters.keySet().stream().sorted().flatMap(id -> get(id).stream()).toList();
    }
  }

  /** Letters as documents. */
  record Stored(Store store, String tenant, String collection) implements Shelf {
    @Override
    public void put(Letter letter) {
      store.put(tenant, collection, letter.id(), 0, Codec.encode(letter));
    }

    @Override
    public Optional<Letter> get(String id) {
      return store
          .get(tenant, collection, id)
          .map(document -> Codec.decode(document.body(), Letter.class));
    }

    @Override
    public void remove(String id) {
      try {
        store
            .get(tenant, collection, id)
            .ifPresent(document -> store.remove(tenant, collection, id, document.version()));
      } catch (Store.Stale e) {
        // a letter never changes: somebody else has just taken it away
      }
    }

    @Override
    public List<Letter> all() {
      Map<String, Store.Document> found = store.list(tenant, collection);
      return found.keySet().stream().sorted().flatMap(id -> get(id).stream()).toList();
    }
  }
}
