package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal;
import dev.parley.value.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in the files of one folder, which one process holds at a time. Who appends while nobody
 * writes, writes itself; what comes meanwhile is written behind it, one force for the whole group,
 * by a thread that does nothing else: virtual threads that wait for their group may be many, and
 * the next group waits for none of them. Interrupting a caller does not disturb it.
 */
public final class FileJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
  private static final long SEGMENT_BYTES = 64L << 20;
  private static final long GROUP_BYTES = 8L << 20;
  private static final long ENOUGH_FREE = 16L << 20;

  private final Disk disk;
  private final Clock clock;
  private final AutoCloseable lock;
  private final Segments segments;
  private final Recent recent = new Recent();
  private final FrameWriter frames = new FrameWriter();
  private final ReentrantLock queueLock = new ReentrantLock();
  private final Deque<Batch> queue = new ArrayDeque<>();
  private final Condition idle = queueLock.newCondition();
  private final Condition handedOver = queueLock.newCondition();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("journal").unstarted(this::writeGroups);
  private boolean writing;
  private boolean handed;
  private boolean closed;
  private volatile long last;

  FileJournal(Disk disk, Clock clock, long segmentBytes, AutoCloseable lock) throws IOException {
    this.disk = disk;
    this.clock = clock;
    this.lock = lock;
    segments = new Segments(disk, segmentBytes);
    last = segments.last();
    segments.cut().ifPresent(cut -> LOG.warn("Journal {}: {}", disk.name(), cut));
  }

  /**
   * Opens the journal in a folder, and makes the folder if it is not there.
   *
   * @throws JournalFailed if another process has it, or if it is damaged; nothing is changed then
   */
  public static FileJournal open(Path folder, Clock clock) {
    return open(folder, clock, SEGMENT_BYTES);
  }

  static FileJournal open(Path folder, Clock clock, long segmentBytes) {
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        return new FileJournal(new FolderDisk(folder), clock, segmentBytes, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalFailed(
          "the journal in "
              + folder
              + " can't be opened: "
              + e
              + ". Choose a folder on a disk that can be written",
          e);
    }
  }

  @Override
  public List<Entry> append(List<Entry.Fresh> fresh) {
    if (fresh.isEmpty()) {
      return List.of();
    }
    var mine = new Batch(fresh);
    if (mine.size() > Frame.LONGEST) {
      throw new IllegalArgumentException(
          "at most " + Frame.LONGEST + " bytes can be appended at once, not " + mine.size());
    }
    boolean first;
    queueLock.lock();
    try {
      if (closed) {
        throw new JournalFailed("the journal in " + disk.name() + " is closed; open it again");
      }
      first = !writing;
      writing = true;
      if (!first) {
        queue.add(mine);
      }
    } finally {
      queueLock.unlock();
    }
    if (first) {
      commit(List.of(mine));
      handOver();
    }
    return mine.result();
  }

  @Override
  public void replay(long after, Consumer<Entry> reader) {
    long to = last;
    long from = Math.max(0, after);
    Optional<List<Entry>> found = recent.between(from + 1, to);
    if (found.isPresent()) {
      found.get().forEach(reader);
    } else {
      segments.read(from, to, reader);
    }
  }

  /** One entry, if it is there. */
  Optional<Entry> entry(long sequence) {
    if (sequence < 1 || sequence > last) {
      return Optional.empty();
    }
    Optional<List<Entry>> found = recent.between(sequence, sequence);
    if (found.isPresent()) {
      return Optional.of(found.get().getFirst());
    }
    var read = new ArrayList<Entry>(1);
    segments.read(sequence - 1, sequence, read::add);
    return read.stream().findFirst();
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public Check check() {
    queueLock.lock();
    try {
      if (closed) {
        return Check.failed("the journal in " + disk.name() + " is closed", "open it again");
      }
    } finally {
      queueLock.unlock();
    }
    if (segments.doubtful()) {
      return Check.failed(
          "the last write to "
              + disk.name()
              + " failed; nothing is acknowledged until one succeeds",
          "look after the disk; the next write tries again");
    }
    try {
      long free = disk.free();
      if (free < ENOUGH_FREE) {
        return Check.failed(free + " bytes are free in " + disk.name(), "make room on the disk");
      }
    } catch (IOException e) {
      return Check.failed(
          disk.name() + " can't be reached: " + e.getMessage(), "look after the disk");
    }
    String size = last + " entries, " + segments.bytes() + " bytes, files: " + segments.count();
    return Check.ok(segments.cut().map(cut -> size + "; when it was opened: " + cut).orElse(size));
  }

  @Override
  public void close() {
    queueLock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      while (writing || !queue.isEmpty()) {
        idle.awaitUninterruptibly();
      }
      handedOver.signal();
    } finally {
      queueLock.unlock();
    }
    try (lock) {
      segments.close();
    } catch (Exception e) {
      throw new JournalFailed(
          "the journal in " + disk.name() + " was not closed cleanly: " + e.getMessage(), e);
    }
  }

  /** Leaves what came meanwhile to the writer. */
  private void handOver() {
    queueLock.lock();
    try {
      if (rests()) {
        return;
      }
      handed = true;
      if (writer.getState() == Thread.State.NEW) {
        writer.start();
      }
      handedOver.signal();
    } finally {
      queueLock.unlock();
    }
  }

  /** Whether there is nothing left to write. */
  private boolean rests() {
    if (!queue.isEmpty()) {
      return false;
    }
    writing = false;
    idle.signalAll();
    return true;
  }

  /** The writer's work. */
  private void writeGroups() {
    while (true) {
      List<Batch> group;
      queueLock.lock();
      try {
        if (handed && rests()) {
          handed = false;
        }
        while (!handed) {
          if (closed) {
            return;
          }
          handedOver.awaitUninterruptibly();
        }
        group = takeGroup();
      } finally {
        queueLock.unlock();
      }
      commit(group);
    }
  }

  private List<Batch> takeGroup() {
    var group = new ArrayList<Batch>();
    long size = 0;
    while (!queue.isEmpty() && (group.isEmpty() || size + queue.element().size() <= GROUP_BYTES)) {
      Batch next = queue.remove();
      size += next.size();
      group.add(next);
    }
    return group;
  }

  private void commit(List<Batch> group) {
    try {
      write(group);
    } catch (JournalFailed e) {
      group.forEach(batch -> batch.fail(e));
    } catch (RuntimeException | Error e) {
      var failed = new JournalFailed("nothing was acknowledged by " + disk.name() + ": " + e, e);
      group.forEach(batch -> batch.fail(failed));
    } finally {
      group.forEach(Batch::finish);
    }
  }

  private void write(List<Batch> group) {
    long forced = segments.begin(group.stream().mapToLong(Batch::size).sum());
    Instant now = clock.instant();
    int[] counts = new int[group.size()];
    int[] ends = new int[group.size()];
    long sequence = segments.last();
    frames.clear();
    for (int i = 0; i < counts.length; i++) {
      Batch batch = group.get(i);
      counts[i] = batch.fresh().size();
      frames.begin();
      batch.placed(lines(batch, sequence, now));
      frames.end(counts[i], forced, sequence + 1);
      ends[i] = frames.size();
      sequence += counts[i];
    }
    segments.write(frames, counts, ends);
    for (Batch batch : group) {
      for (int i = 0; i < batch.fresh().size(); i++) {
        recent.add(batch.placed().get(i), batch.rest(i).length);
      }
    }
    last = sequence;
  }

  private List<Entry> lines(Batch batch, long behind, Instant now) {
    var placed = new ArrayList<Entry>(batch.fresh().size());
    for (Entry.Fresh fresh : batch.fresh()) {
      long sequence = behind + placed.size() + 1;
      if (!placed.isEmpty()) {
        frames.add('\n');
      }
      frames.add(EntryText.opening(sequence, now));
      frames.add(batch.rest(placed.size()));
      placed.add(
          new Entry(
              sequence,
              fresh.tenant(),
              fresh.stream(),
              fresh.kind(),
              fresh.version(),
              now,
              fresh.body()));
    }
    return placed;
  }
}
