package dev.parley.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads a segment's frames; a frame that is not whole is empty. For one thread. */
final class FrameReader {
  private final DiskFile file;
  private final long end;
  private byte[] buffer;
  private long start;
  private int filled;

  /**
   * @param end how much of the file counts
   * @param chunk how much to read at once
   */
  FrameReader(DiskFile file, long end, int chunk) {
    this.file = file;
    this.end = end;
    buffer = new byte[chunk];
  }

  /** The frame at a place, if a whole one is there. */
  Optional<Frame> at(long place) throws IOException {
    if (!has(place, Frame.HEADER)) {
      return Optional.empty();
    }
    var header = ByteBuffer.wrap(buffer, (int) (place - start), Frame.HEADER);
    boolean marked = header.getInt() == Frame.MARK;
    int length = header.getInt();
    if (!marked || length < 0 || length > Frame.LONGEST || !has(place, Frame.HEADER + length)) {
      return Optional.empty();
    }
    int at = (int) (place - start);
    header = ByteBuffer.wrap(buffer, at + 8, Frame.HEADER - 8);
    if (header.getInt() != Frame.checksum(buffer, at, length)) {
      return Optional.empty();
    }
    int count = header.getInt();
    long forced = header.getLong();
    long first = header.getLong();
    return Optional.of(new Frame(place, forced, first, count, buffer, at + Frame.HEADER, length));
  }

  /** The next place from here on where a frame's mark stands; the end if there is none. */
  long nextMark(long from) throws IOException {
    for (long place = from; has(place, 4); place++) {
      if (ByteBuffer.wrap(buffer, (int) (place - start), 4).getInt() == Frame.MARK) {
        return place;
      }
    }
    return end;
  }

  private boolean has(long place, int length) throws IOException {
    if (place >= start && place + length <= start + filled) {
      return true;
    }
    if (place + length > end) {
      return false;
    }
    if (length > buffer.length) {
      buffer = new byte[length];
    }
    start = place;
    filled = file.read(place, buffer, 0, (int) Math.min(buffer.length, end - place));
    return filled >= length;
  }
}
