package dev.parley.bot.outbox;

import dev.parley.engine.json.Codec;
import dev.parley.run.Store;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where letters lie until they have arrived. */
public sealed interface Shelf {
  /** Keeps a letter. */
  void put(Letter letter);

  /** Puts a letter in the place of one with the same id, if that still lies here. */
  void replace(Letter letter);

  /** Notes that a letter is about to be sent: after a crash it may have arrived. */
  void begin(String id);

  /** Whether a letter was about to be sent. */
  boolean begun(String id);

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
    public void replace(Letter letter) {
      letters.replace(letter.id(), letter);
    }

    @Override
    public void begin(String id) {}

    @Override
    public boolean begun(String id) {
      return false;
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
    private static final String BEGUN = "begun";

    @Override
    public void put(Letter letter) {
      store.put(tenant, collection, letter.id(), 0, Codec.encode(letter));
    }

    @Override
    public void replace(Letter letter) {
      store
          .get(tenant, collection, letter.id())
          .ifPresent(former -> change(former, Codec.encode(letter)));
    }

    @Override
    public void begin(String id) {
      store
          .get(tenant, collection, id)
          .filter(former -> !begun(former))
          .ifPresent(former -> change(former, former.body().with(BEGUN, Value.bool(true))));
    }

    @Override
    public boolean begun(String id) {
      return store.get(tenant, collection, id).filter(Stored::begun).isPresent();
    }

    private static boolean begun(Store.Document letter) {
      return letter.body().get(BEGUN).isPresent();
    }

    private void change(Store.Document former, Fields body) {
      store.put(tenant, collection, former.key(), former.version(), body);
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
