package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The files of a journal. One thread writes at a time; any may read what is acknowledged. After a
 * failure that leaves the last file in doubt, everything not acknowledged is cut off before the
 * next write.
 */
final class Segments implements AutoCloseable {
  private final Disk disk;
  private final long segmentBytes;
  private final List<Segment> all = new CopyOnWriteArrayList<>();
  private final Optional<String> cut;
  private DiskFile writing;
  private volatile boolean doubtful;
  private boolean sealed;

  /**
   * Scans what is there, cuts off a torn end and makes the rest durable.
   *
   * @throws JournalFailed naming file and place, if something is damaged
   */
  Segments(Disk disk, long segmentBytes) throws IOException {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    List<String> files = disk.files().stream().filter(Segment::isOne).toList();
    long next = 1;
    for (String file : files) {
      if (Segment.firstOf(file) != next) {
        throw new JournalFailed(
            disk.name()
                + ": the file that begins with entry "
                + next
                + " is missing or cut short; the next one is "
                + file
                + ". Nothing was changed. Restore the folder from a backup");
      }
      var segment = new Segment(disk, next);
      all.add(segment);
      if (!file.equals(files.getLast())) {
        try (DiskFile opened = disk.open(file)) {
          Scan.of(disk, opened, segment, false);
        }
        next = segment.last() + 1;
      }
    }
    if (all.isEmpty()) {
      all.add(new Segment(disk, 1));
    }
    boolean fresh = files.isEmpty();
    writing = disk.open(active().name());
    try {
      cut = settle(fresh);
    } catch (IOException | RuntimeException e) {
      writing.close();
      throw e;
    }
  }

  private Optional<String> settle(boolean fresh) throws IOException {
    if (fresh) {
      disk.force();
      sealed = true;
      return Optional.empty();
    }
    Segment active = active();
    Scan scan = Scan.of(disk, writing, active, true);
    sealed = scan.sealed();
    if (scan.end() < scan.length()) {
      writing.truncate(scan.end());
    }
    rewrite(scan.forced(), scan.end());
    writing.force();
    disk.force();
    if (!sealed) {
      seal();
    }
    long lost = scan.length() - scan.end();
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            "cut "
                + lost
                + " bytes off the end of "
                + active.name()
                + ": a write that was interrupted and never acknowledged");
  }

  /** What was cut off when it was opened. */
  Optional<String> cut() {
    return cut;
  }

  long last() {
    return active().last();
  }

  long bytes() {
    return all.stream().mapToLong(Segment::end).sum();
  }

  int count() {
    return all.size();
  }

  boolean doubtful() {
    return doubtful;
  }

  /**
   * Where the next group begins, and so how much of its file is forced; makes room for it first.
   */
  long begin(long size) {
    try {
      if (doubtful) {
        mend();
      }
      Segment active = active();
      if (active.end() > 0 && active.end() + size > segmentBytes) {
        roll(active.last() + 1);
      }
      return active().end();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  /**
   * Writes a group of frames and returns when it is on disk.
   *
   * @param counts entries in each frame
   * @param ends where each frame ends within the group
   */
  void write(FrameWriter frames, int[] counts, int[] ends) {
    Segment active = active();
    long at = active.end();
    try {
      writing.write(at, frames.bytes(), 0, frames.size());
    } catch (IOException e) {
      doubtful = true;
      throw takenBack(e);
    } catch (RuntimeException | Error e) {
      doubtful = true;
      throw e;
    }
    try {
      writing.force();
    } catch (IOException e) {
      doubtful = true;
      throw new JournalFailed(
          "it can't be known whether the last entries are on disk: "
              + disk.name()
              + "/"
              + active.name()
              + ": "
              + e.getMessage()
              + ". They are not acknowledged and will be cut off; look after the disk",
          e);
    } catch (RuntimeException | Error e) {
      doubtful = true;
      throw e;
    }
    sealed = false;
    long begin = at;
    for (int i = 0; i < counts.length; i++) {
      active.grown(begin, active.last() + 1, counts[i], at + ends[i]);
      begin = at + ends[i];
    }
  }

  /** Gives the entries behind a place, up to another. */
  void read(long after, long to, Consumer<Entry> reader) {
    for (Segment segment : all) {
      if (segment.first() > to) {
        return;
      }
      segment.read(Math.max(after + 1, segment.first()), to, reader);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!doubtful && !sealed) {
        seal();
      }
    } finally {
      var trouble = new ArrayList<IOException>();
      for (Segment segment : all) {
        try {
          segment.close();
        } catch (IOException e) {
          trouble.add(e);
        }
      }
      writing.close();
      if (!trouble.isEmpty()) {
        throw trouble.getFirst();
      }
    }
  }

  private Segment active() {
    return all.getLast();
  }

  /** Says in the file that all before is forced: damage there is told from a torn end. */
  private void seal() throws IOException {
    Segment active = active();
    var frame = new FrameWriter();
    frame.begin();
    frame.end(0, active.end(), active.last() + 1);
    writing.write(active.end(), frame.bytes(), 0, frame.size());
    writing.force();
    active.grown(active.end(), active.last() + 1, 0, active.end() + frame.size());
    sealed = true;
  }

  /** Bytes that a former process wrote may be in memory only, even clean ones after a failure. */
  private void rewrite(long from, long to) throws IOException {
    byte[] chunk = new byte[(int) Math.min(1 << 20, Math.max(0, to - from))];
    for (long at = from; at < to; ) {
      int read = writing.read(at, chunk, 0, (int) Math.min(chunk.length, to - at));
      if (read <= 0) {
        throw new IOException("the file became shorter while it was read");
      }
      writing.write(at, chunk, 0, read);
      at += read;
    }
  }

  private void roll(long next) throws IOException {
    var segment = new Segment(disk, next);
    DiskFile opened = disk.open(segment.name());
    try {
      opened.truncate(0);
      disk.force();
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    DiskFile full = writing;
    writing = opened;
    all.add(segment);
    full.close();
  }

  private JournalFailed takenBack(IOException cause) {
    try {
      mend();
    } catch (IOException | JournalFailed e) {
      cause.addSuppressed(e);
    }
    return unwritten(cause);
  }

  /**
   * Opens the last file anew, cuts it back to what is acknowledged, and looks whether that is
   * whole.
   */
  private void mend() throws IOException {
    Segment active = active();
    try {
      writing.close();
    } catch (IOException e) {
      // it is opened anew in any case
    }
    writing = disk.open(active.name());
    writing.truncate(active.end());
    var again = new Segment(disk, active.first());
    Scan scan = Scan.of(disk, writing, again, true);
    if (scan.end() != active.end() || again.last() != active.last()) {
      throw new JournalFailed(
          disk.name()
              + "/"
              + active.name()
              + " lost acknowledged entries behind "
              + again.last()
              + ". Stop, and look after the disk");
    }
    rewrite(scan.forced(), scan.end());
    writing.force();
    doubtful = false;
  }

  private JournalFailed unwritten(IOException cause) {
    return new JournalFailed(
        "nothing was written to "
            + disk.name()
            + ": "
            + cause.getMessage()
            + ". Make room or look after the disk; the next write tries again",
        cause);
  }
}
