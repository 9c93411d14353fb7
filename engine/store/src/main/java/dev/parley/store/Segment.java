package dev.parley.store;

import dev.parley.run.Entry;
import dev.parley.run.Journal.JournalFailed;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One file of the journal, named by its first entry. Knows where about each entry stands: the place
 * of one frame in every eight kilobytes.
 */
final class Segment {
  private static final String SUFFIX = ".journal";
  private static final int BETWEEN_PLACES = 8 << 10;
  private static final int READ_AHEAD = 16 << 10;
  private static final int READ_AHEAD_ALL = 256 << 10;

  private final String name;
  private final long first;
  private final Disk disk;
  private Optional<DiskFile> reading = Optional.empty();
  private long[] sequences = new long[16];
  private long[] places = new long[16];
  private int known;
  private volatile long end;
  private volatile long last;

  Segment(Disk disk, long first) {
    this.disk = disk;
    this.first = first;
    name = "%019d".formatted(first) + SUFFIX;
    last = first - 1;
  }

  static boolean isOne(String file) {
    return file.matches("\\d{19}\\" + SUFFIX);
  }

  static long firstOf(String file) {
    return Long.parseLong(file.substring(0, 19));
  }

  String name() {
    return name;
  }

  long first() {
    return first;
  }

  /** Bytes that are acknowledged. */
  long end() {
    return end;
  }

  /** The last acknowledged entry; one before the first if there is none. */
  long last() {
    return last;
  }

  /** One more frame is on disk. */
  synchronized void grown(long place, long frameFirst, int count, long newEnd) {
    if (count > 0 && (known == 0 || place - places[known - 1] >= BETWEEN_PLACES)) {
      if (known == places.length) {
        sequences = Arrays.copyOf(sequences, known * 2);
        places = Arrays.copyOf(places, known * 2);
      }
      sequences[known] = frameFirst;
      places[known] = place;
      known++;
    }
    end = newEnd;
    last += count;
  }

  /** Gives the entries from one to another, as far as they are here. */
  void read(long from, long to, Consumer<Entry> reader) {
    long stop = Math.min(to, last);
    if (from > stop) {
      return;
    }
    long place = placeBefore(from);
    try {
      int ahead = stop - from > 8 ? READ_AHEAD_ALL : READ_AHEAD;
      var frames = new FrameReader(reading(), end, ahead);
      long next;
      do {
        Frame frame = frames.at(place).orElseThrow(() -> unreadable(name));
        next = frame.first() + frame.count();
        if (next > from) {
          each(frame, from, stop, reader);
        }
        place = frame.end();
      } while (next <= stop);
    } catch (IOException e) {
      throw new JournalFailed(
          disk.name() + "/" + name + " can't be read: " + e.getMessage() + ". Look after the disk",
          e);
    }
  }

  synchronized void close() throws IOException {
    if (reading.isPresent()) {
      reading.get().close();
      reading = Optional.empty();
    }
  }

  private void each(Frame frame, long from, long to, Consumer<Entry> reader) {
    byte[] bytes = frame.bytes();
    int at = frame.offset();
    int limit = frame.offset() + frame.length();
    for (long sequence = frame.first(); at < limit && sequence <= to; sequence++) {
      int line = at;
      while (at < limit && bytes[at] != '\n') {
        at++;
      }
      if (sequence >= from) {
        reader.accept(entry(bytes, line, at - line, sequence));
      }
      at++;
    }
  }

  private Entry entry(byte[] bytes, int offset, int length, long sequence) {
    Entry read;
    try {
      read = EntryText.read(bytes, offset, length);
    } catch (RuntimeException e) {
      throw new JournalFailed(
          disk.name()
              + "/"
              + name
              + ": entry "
              + sequence
              + " is whole, but no entry: "
              + e.getMessage(),
          e);
    }
    if (read.sequence() != sequence) {
      throw new JournalFailed(
          disk.name()
              + "/"
              + name
              + ": entry "
              + read.sequence()
              + " stands where "
              + sequence
              + " belongs");
    }
    return read;
  }

  private JournalFailed unreadable(String file) {
    return new JournalFailed(
        disk.name()
            + "/"
            + file
            + " was changed since it was opened. Stop, and restore the folder from a backup");
  }

  private synchronized DiskFile reading() throws IOException {
    if (reading.isEmpty()) {
      reading = Optional.of(disk.open(name));
    }
    return reading.get();
  }

  private synchronized long placeBefore(long sequence) {
    int found = Arrays.binarySearch(sequences, 0, known, sequence);
    int index = found >= 0 ? found : -found - 2;
    return index < 0 ? 0 : places[index];
  }
}
