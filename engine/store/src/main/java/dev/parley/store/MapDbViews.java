package dev.parley.store;

import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
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
  private static final byte[] NOTHING = new byte[0];

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
  private final NavigableSet<String> streams;
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
      Path file,
      long generation,
      Optional<Stamp> stamp,
      FileJournal journal,
      AtomicLong progress) {
    this.file = file;
    this.generation = generation;
    this.journal = journal;
    this.progress = progress;
    db = DBMaker.fileDB(file.toFile()).fileChannelEnable().make();
    var named = db.atomicLong("generation").createOrOpen();
    documents =
        db.treeMap("documents", Serializer.STRING, Serializer.BYTE_ARRAY)
            .valuesOutsideNodesEnable()
            .createOrOpen();
    streams = db.treeSet("streams", Serializer.STRING).createOrOpen();
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
    String place = Row.key(tenant, collection, key);
    byte[] found = documents.get(place);
    return found == null ? Optional.empty() : Optional.of(Row.read(tenant, collection, place, found));
  }

  @Override
  public List<Written> all(String tenant, String collection) {
    catchUp();
    var found = new ArrayList<Written>();
    documents
        .subMap(Row.first(tenant, collection), Row.behind(tenant, collection))
        .forEach(
            (key, value) -> {
              found.add(Row.read(tenant, collection, key, value));
              progress.incrementAndGet();
            });
    return found;
  }

  @Override
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    catchUp();
    String from = line(tenant, stream, Math.max(0, after));
    var found = new ArrayList<Entry>();
    for (String line : streams.subSet(from, false, line(tenant, stream, Long.MAX_VALUE), true)) {
      if (found.size() == limit) {
        break;
      }
      if (line.length() != from.length()) {
        continue; // a stream whose name goes on behind a NUL
      }
      long sequence = Long.parseLong(line, line.length() - 16, line.length(), 16);
      found.add(
          journal
              .entry(sequence)
              .filter(entry -> entry.tenant().equals(tenant) && entry.stream().equals(stream))
              .orElseThrow(() -> new Doubt("entry " + sequence + " is not in this stream")));
      progress.incrementAndGet();
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
      journal.replay(offset, this::take);
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

  private void verify(Stamp stamp, long named) {
    if (named != stamp.generation() || stamp.offset() > journal.last()) {
      throw new Doubt("the views are of another generation or another journal");
    }
    if (Stamp.mark(journal.entry(stamp.offset())) != stamp.mark()) {
      throw new Doubt("the views were made from another journal");
    }
    documents.forEach(
        (key, value) -> {
          Row.check(key, value);
          counted(key, value);
        });
    streams.forEach(line -> counted(line, NOTHING));
    if (rows != stamp.rows() || sum != stamp.sum()) {
      throw new Doubt("the views do not hold what they held when they were closed");
    }
  }

  private void take(Entry entry) {
    String line = line(entry.tenant(), entry.stream(), entry.sequence());
    streams.add(line);
    counted(line, NOTHING);
    Written.read(entry)
        .ifPresent(
            write -> {
              String key = Row.key(write.tenant(), write.collection(), write.key());
              byte[] value = Row.value(key, write);
              byte[] former = documents.put(key, value);
              if (former != null) {
                rows--;
                sum -= Row.share(key, former);
              }
              counted(key, value);
            });
    offset = entry.sequence();
  }

  private void counted(String key, byte[] value) {
    rows++;
    sum += Row.share(key, value);
    progress.incrementAndGet();
  }

  private static String line(String tenant, String stream, long sequence) {
    return tenant + '\0' + stream + '\0' + "%016x".formatted(sequence);
  }
}
