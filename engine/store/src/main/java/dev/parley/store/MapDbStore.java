package dev.parley.store;

import dev.parley.engine.memory.Fold;
import dev.parley.engine.memory.JournalStore;
import dev.parley.engine.memory.Written;
import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.value.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose record is a {@link FileJournal} and whose views are in MapDB. The views are worth
 * nothing: at the first doubt their file is abandoned and another one made from the journal, on a
 * thread of its own, while questions wait; when that has happened too often, views in memory serve
 * until the next start.
 */
public final class MapDbStore extends JournalStore {
  private static final Logger LOG = LoggerFactory.getLogger(MapDbStore.class);
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int MOST_DOUBTS = 3;

  private final Path folder;
  private final FileJournal fileJournal;
  private final Opener opener;
  private final Watchdog watchdog;
  private final ReentrantReadWriteLock openLock = new ReentrantReadWriteLock();
  private volatile Generation current;
  private volatile int doubts;
  private boolean closed;

  /** Opens views, or makes them. */
  @FunctionalInterface
  interface Opener {
    Views open(
        Path file,
        long generation,
        Optional<Stamp> stamp,
        FileJournal journal,
        AtomicLong progress);
  }

  /** Views in one file, ready or becoming so. */
  private record Generation(
      long number, Path file, AtomicLong progress, FutureTask<Views> views, boolean inMemory) {}

  MapDbStore(Path folder, FileJournal journal, Duration deadline, Opener opener) {
    super(journal);
    this.folder = folder;
    this.fileJournal = journal;
    this.opener = opener;
    watchdog = new Watchdog(deadline);
    current = opening();
  }

  /** Opens the views in a folder over a journal, which is the store's from then on. */
  public static MapDbStore open(Path folder, FileJournal journal) {
    return new MapDbStore(folder, journal, DEADLINE, MapDbViews::new);
  }

  @Override
  protected Optional<Written> last(String tenant, String collection, String key) {
    return ask(views -> views.last(tenant, collection, key));
  }

  @Override
  public Map<String, Document> list(String tenant, String collection) {
    var found = new LinkedHashMap<String, Document>();
    for (Written write : ask(views -> views.all(tenant, collection))) {
      write.document().ifPresent(document -> found.put(document.key(), document));
    }
    return Collections.unmodifiableMap(found);
  }

  @Override
  public List<Entry> read(String tenant, String stream, long after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one entry has to be asked for: " + limit);
    }
    return List.copyOf(ask(views -> views.read(tenant, stream, after, limit)));
  }

  @Override
  public Check check() {
    Check record = journal().check();
    if (!record.ok()) {
      return record;
    }
    Generation now = current;
    String views =
        now.inMemory()
            ? "views in memory, for MapDB failed " + doubts + " times"
            : now.views().isDone() ? "views in MapDB" : "views are being rebuilt";
    String again = doubts == 0 || now.inMemory() ? "" : ", rebuilt in use: " + doubts;
    return Check.ok(record.detail() + "; " + views + again);
  }

  @Override
  public void close() {
    openLock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closeViews();
      watchdog.close();
    } finally {
      openLock.writeLock().unlock();
      journal().close();
    }
  }

  private void closeViews() {
    Generation last = current;
    try {
      watchdog.call(
          last.progress(),
          () -> {
            last.views().get().close();
            return true;
          });
    } catch (Doubt | JournalFailed e) {
      LOG.warn("Views in {} will be rebuilt at the next start: {}", folder, e.getMessage());
    }
  }

  private <T> T ask(Function<Views, T> question) {
    openLock.readLock().lock();
    try {
      if (closed) {
        throw new JournalFailed("the store in " + folder + " is closed; open it again");
      }
      while (true) {
        Generation asked = current;
        try {
          if (asked.inMemory()) {
            return question.apply(ready(asked));
          }
          return watchdog.call(asked.progress(), () -> question.apply(ready(asked)));
        } catch (Doubt e) {
          abandon(asked, e);
        }
      }
    } finally {
      openLock.readLock().unlock();
    }
  }

  private static Views ready(Generation generation) {
    try {
      return generation.views().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Doubt("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case JournalFailed failed -> throw failed;
        case Doubt doubt -> throw doubt;
        case null, default -> throw new Doubt(String.valueOf(e.getCause()), e);
      }
    }
  }

  private synchronized void abandon(Generation doubtful, Doubt why) {
    if (current != doubtful) {
      return;
    }
    doubts++;
    LOG.warn(
        "Views {} are abandoned and made anew from the journal: {}",
        doubtful.file(),
        why.getMessage());
    delete(doubtful.file());
    current = doubts < MOST_DOUBTS ? made(doubtful.number() + 1) : inMemory();
  }

  /** The views that were left here, if they were closed properly; otherwise new ones. */
  private Generation opening() {
    try {
      Files.createDirectories(folder);
      Optional<Stamp> stamp = Stamp.take(folder);
      long newest = 0;
      try (var files = Files.list(folder)) {
        for (Path file : files.filter(MapDbStore::isViews).toList()) {
          long number = number(file);
          newest = Math.max(newest, number);
          if (stamp.isEmpty() || stamp.get().generation() != number) {
            delete(file);
          }
        }
      }
      if (stamp.isPresent() && Files.exists(file(stamp.get().generation()))) {
        return generation(stamp.get().generation(), stamp);
      }
      return made(newest + 1);
    } catch (IOException e) {
      LOG.warn("Views can't be kept in {}, so they are in memory: {}", folder, e.toString());
      return inMemory();
    }
  }

  private Generation made(long number) {
    return generation(number, Optional.empty());
  }

  private Generation generation(long number, Optional<Stamp> stamp) {
    var progress = new AtomicLong();
    Path file = file(number);
    var views =
        new FutureTask<>(
            () -> {
              Views opened = opener.open(file, number, stamp, fileJournal, progress);
              opened.catchUp();
              return opened;
            });
    watchdog.begin(views);
    return new Generation(number, file, progress, views, false);
  }

  private Generation inMemory() {
    var views = new FutureTask<Views>(() -> new MemoryViews(new Fold(fileJournal)));
    views.run();
    return new Generation(0, folder, new AtomicLong(), views, true);
  }

  private Path file(long number) {
    return folder.resolve("views-" + number + ".db");
  }

  private static boolean isViews(Path file) {
    return file.getFileName().toString().matches("views-\\d{1,18}\\.db");
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring("views-".length(), name.length() - ".db".length()));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} is left to the next start: {}", file, e.toString());
    }
  }
}
