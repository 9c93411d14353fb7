package dev.parley.store;

import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/**
 * Views in one MapDB file, without transactions. Documents are kept whole; of streams only which
 * entries belong to them, and what is read is taken from the journal and held against it. Anything
 * that does not fit is a {@link Doubt}, or some exception of MapDB's. To be used on threads of a
 * {@link Watchdog} only.
 */
final class MapDbViews implements Views {
  private static final int AT_ONCE = 20_000;

  /** Held here for its silence: what it has to say about a file, the stamp says better. */
  private static final Logger MAPDB = Logger.getLogger("org.mapdb");

  static {
    MAPDB.setLevel(Level.OFF);
  }

  private final Path file;
  private final long generation;
  private final FileJournal journal;
  private final AtomicLong progress;
  private final DB db;
  private final ConcurrentNavigableMap<String, byte[]> documents;
  private final ConcurrentNavigableMap<String, byte[]> streams;
  private final ReentrantLock catchUpLock = new ReentrantLock();
  private volatile long offset;
  private long rows;
  private long sum;

  /**
   * Opens the file that a stamp speaks of, and reads all of it; without a stamp, makes a new one.
   *
   * @param progress counted up with every step
   * @throws Doubt if it does not hold what the stamp says
   */
  MapDbViews(
      Path file, long generation, Optional<Stamp> stamp, FileJournal journal, AtomicLong progress) {
    this.file = file;
    this.generation = generation;
    this.journal = journal;
    this.progress = progress;
    db = DBMaker.fileDB(file.toFile()).fileChannelEnable().make();
    var named = db.atomicLong("generation").createOrOpen();
    documents = map("documents");
    streams = map("streams");
    if (stamp.isPresent()) {
      verify(stamp.get(), named.get());
      offset = stamp.get().offset();
    } else {
      named.set(generation);
    }
  }

  @Override
  public Optional<Written> last(String tenant, String collection, String key) {
    catchUp();
    String place = DocumentRow.key(tenant, collection, key);
    byte[] found = documents.get(place);
    return found == null
        ? Optional.empty()
        : Optional.of(DocumentRow.read(tenant, collection, place, found));
  }

  @Override
  public List<Written> all(String tenant, String collection) {
    catchUp();
    var found = new ArrayList<Written>();
    documents
        .subMap(DocumentRow.first(tenant, collection), DocumentRow.behind(tenant, collection))
        .forEach(
            (key, value) -> {
              found.add(DocumentRow.read(tenant, collection, key, value));
              progress.incrementAndGet();
            });
    return found;
  }

  @Override
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    catchUp();
    String prefix = StreamRow.prefix(tenant, stream);
    String next = StreamRow.key(prefix, Math.max(0, after) + 1);
    String from = streams.floorKey(next);
    var rows =
        streams.subMap(
            from != null && StreamRow.isOf(prefix, from) ? from : next,
            StreamRow.key(prefix, Long.MAX_VALUE));
    var found = new ArrayList<Entry>();
    for (var row : rows.entrySet()) {
      if (!StreamRow.isOf(prefix, row.getKey())) {
        continue;
      }
      for (long sequence : StreamRow.read(row.getKey(), row.getValue())) {
        if (sequence > after) {
          found.add(entry(tenant, stream, sequence));
        }
        if (found.size() == limit) {
          return found;
        }
      }
    }
    return found;
  }

  @Override
  public void catchUp() {
    if (journal.last() <= offset) {
      return;
    }
    catchUpLock.lock();
    try {
      var news = new News();
      journal.replay(
          offset,
          entry -> {
            news.take(entry);
            progress.incrementAndGet();
            if (news.count() == AT_ONCE) {
              take(news);
            }
          });
      if (news.count() > 0) {
        take(news);
      }
    } finally {
      catchUpLock.unlock();
    }
  }

  @Override
  public void close() {
    catchUp();
    var stamp = new Stamp(generation, offset, Stamp.mark(journal.entry(offset)), rows, sum);
    db.close();
    try {
      try (var closed = new RandomAccessFile(file.toFile(), "rw")) {
        closed.getFD().sync();
      }
      stamp.put(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    } catch (IOException e) {
      throw new Doubt("the views were not stamped", e);
    }
  }

  private ConcurrentNavigableMap<String, byte[]> map(String name) {
    return db.treeMap(name, Serializer.STRING, Serializer.BYTE_ARRAY)
        .valuesOutsideNodesEnable()
        .createOrOpen();
  }

  private void verify(Stamp stamp, long named) {
    if (named != stamp.generation() || stamp.offset() > journal.last()) {
      throw new Doubt("the views are of another generation or another journal");
    }
    if (Stamp.mark(journal.entry(stamp.offset())) != stamp.mark()) {
      throw new Doubt("the views were made from another journal");
    }
    verify(documents);
    verify(streams);
    if (rows != stamp.rows() || sum != stamp.sum()) {
      throw new Doubt("the views do not hold what they held when they were closed");
    }
  }

  private void verify(ConcurrentNavigableMap<String, byte[]> map) {
    map.forEach(
        (key, value) -> {
          Sealed.open(key, value);
          counted(key, value);
        });
  }

  private Entry entry(String tenant, String stream, long sequence) {
    progress.incrementAndGet();
    return journal
        .entry(sequence)
        .filter(entry -> entry.tenant().equals(tenant) && entry.stream().equals(stream))
        .orElseThrow(() -> new Doubt("entry " + sequence + " is not in this stream"));
  }

  private void take(News news) {
    news.documents().forEach((key, write) -> put(documents, key, DocumentRow.value(key, write)));
    news.streams().forEach(this::extend);
    offset = news.last();
    news.clear();
  }

  /** Fills up the stream's last row, and begins new ones. */
  private void extend(String prefix, List<Long> sequences) {
    String last = streams.floorKey(StreamRow.key(prefix, Long.MAX_VALUE));
    var run = new ArrayList<Long>();
    if (last != null && StreamRow.isOf(prefix, last)) {
      byte[] row = streams.get(last);
      if (row == null) {
        throw new Doubt("a row is gone");
      }
      for (long sequence : StreamRow.read(last, row)) {
        run.add(sequence);
      }
      if (run.size() >= StreamRow.MOST) {
        run.clear();
      }
    }
    run.addAll(sequences);
    for (int from = 0; from < run.size(); from += StreamRow.MOST) {
      List<Long> part = run.subList(from, Math.min(run.size(), from + StreamRow.MOST));
      String key = StreamRow.key(prefix, part.getFirst());
      put(streams, key, StreamRow.value(key, part));
    }
  }

  private void put(ConcurrentNavigableMap<String, byte[]> map, String key, byte[] value) {
    byte[] former = map.put(key, value);
    if (former != null) {
      rows--;
      sum -= Sealed.share(key, former);
    }
    counted(key, value);
  }

  private void counted(String key, byte[] value) {
    rows++;
    sum += Sealed.share(key, value);
    progress.incrementAndGet();
  }
}
