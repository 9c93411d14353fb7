package dev.parley.engine.memory;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.run.Store;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A store whose record is a journal; a subclass says where the views are. Writes of one document
 * wait for each other, writes of different ones share a commit. It owns its journal.
 */
public abstract class JournalStore implements Store {
  private static final int LOCKS = 512;
  private final Journal journal;
  private final List<ReentrantLock> documentLocks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toList();

  protected JournalStore(Journal journal) {
    this.journal = journal;
  }

  /** A document's last write that the journal acknowledged, a removal too. */
  protected abstract Optional<Written> last(String tenant, String collection, String key);

  @Override
  public final Optional<Document> get(String tenant, String collection, String key) {
    return last(tenant, collection, key).flatMap(Written::document);
  }

  @Override
  public final Document put(
      String tenant, String collection, String key, long expected, Fields body) {
    return write(tenant, collection, key, expected, Optional.of(body)).document().orElseThrow();
  }

  @Override
  public final void remove(String tenant, String collection, String key, long expected) {
    if (expected < 1) {
      throw new IllegalArgumentException(
          "only a document that is there can be removed: " + collection + "/" + key);
    }
    write(tenant, collection, key, expected, Optional.empty());
  }

  @Override
  public final Entry append(String tenant, String stream, String kind, int version, Fields body) {
    if (stream.isBlank() || stream.startsWith(Written.PREFIX)) {
      throw new IllegalArgumentException(
          "a stream has a name, and documents are written with put: '" + stream + "'");
    }
    if ((tenant + stream).indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a stream's name has no NUL: '" + stream + "'");
    }
    return journal.append(List.of(new Entry.Fresh(tenant, stream, kind, version, body))).getFirst();
  }

  @Override
  public final Journal journal() {
    return journal;
  }

  private Written write(
      String tenant, String collection, String key, long expected, Optional<Fields> body) {
    return alone(
        tenant,
        collection,
        key,
        () -> {
          Optional<Written> last = last(tenant, collection, key);
          long actual =
              last.filter(write -> write.body().isPresent()).map(Written::version).orElse(0L);
          if (actual != expected) {
            throw new Stale(collection, key, expected, actual);
          }
          long next = last.map(Written::version).orElse(0L) + 1;
          var write = new Written(tenant, collection, key, next, body);
          journal.append(List.of(write.fresh()));
          return write;
        });
  }

  private Written alone(String tenant, String collection, String key, Supplier<Written> write) {
    ReentrantLock lock =
        documentLocks.get(
            Math.floorMod(Objects.hash(tenant, collection, key), documentLocks.size()));
    lock.lock();
    try {
      return write.get();
    } finally {
      lock.unlock();
    }
  }
}
