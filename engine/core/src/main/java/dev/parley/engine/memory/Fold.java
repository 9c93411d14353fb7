package dev.parley.engine.memory;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Documents and streams in memory, folded from a journal; every question first catches up. */
public final class Fold {
  private final Journal journal;
  private final ReentrantReadWriteLock viewsLock = new ReentrantReadWriteLock();
  private final Map<Collection, TreeMap<String, Written>> documents = new HashMap<>();
  private final Map<Stream, List<Entry>> streams = new HashMap<>();
  private long offset;

  private record Collection(String tenant, String name) {}

  private record Stream(String tenant, String name) {}

  public Fold(Journal journal) {
    this.journal = journal;
  }

  /** A document's last write. */
  public Optional<Written> last(String tenant, String collection, String key) {
    catchUp();
    viewsLock.readLock().lock();
    try {
      var found = documents.get(new Collection(tenant, collection));
      return Optional.ofNullable(found == null ? null : found.get(key));
    } finally {
      viewsLock.readLock().unlock();
    }
  }

  /** The last writes of a collection's documents by key, removals too. */
  public List<Written> all(String tenant, String collection) {
    catchUp();
    viewsLock.readLock().lock();
    try {
      var found = documents.get(new Collection(tenant, collection));
      return found == null ? List.of() : List.copyOf(found.values());
    } finally {
      viewsLock.readLock().unlock();
    }
  }

  /** A stream's entries behind a place, oldest first. */
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    catchUp();
    viewsLock.readLock().lock();
    try {
      List<Entry> all = streams.getOrDefault(new Stream(tenant, stream), List.of());
      int from = behind(all, after);
      return List.copyOf(all.subList(from, (int) Math.min(all.size(), (long) from + limit)));
    } finally {
      viewsLock.readLock().unlock();
    }
  }

  private void catchUp() {
    viewsLock.readLock().lock();
    try {
      if (journal.last() <= offset) {
        return;
      }
    } finally {
      viewsLock.readLock().unlock();
    }
    viewsLock.writeLock().lock();
    try {
      journal.replay(offset, this::take);
    } finally {
      viewsLock.writeLock().unlock();
    }
  }

  private void take(Entry entry) {
    Optional<Written> written = Written.read(entry);
    streams
        .computeIfAbsent(new Stream(entry.tenant(), entry.stream()), _ -> new ArrayList<>())
        .add(entry);
    written.ifPresent(
        write ->
            documents
                .computeIfAbsent(
                    new Collection(write.tenant(), write.collection()), _ -> new TreeMap<>())
                .put(write.key(), write));
    offset = entry.sequence();
  }

  private static int behind(List<Entry> all, long after) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).sequence() <= after) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
