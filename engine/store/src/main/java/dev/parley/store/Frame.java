package dev.parley.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What one append puts into a segment, whole or not at all. In the file, big-endian: mark (4
 * bytes), length of the payload (4), CRC32C of all that follows and of the length (4), number of
 * entries (4), how much of the segment was already forced when this was written (8), the first
 * entry's sequence (8), payload: one JSON object a line.
 *
 * @param at where it begins in its segment
 * @param count 0 for a frame that only says what is forced
 * @param bytes holds the payload from {@code offset} on, until the next frame is read
 */
record Frame(long at, long forced, long first, int count, byte[] bytes, int offset, int length) {
  /** Bytes before the payload. */
  static final int HEADER = 32;

  /** Longest payload. */
  static final int LONGEST = 256 << 20;

  /** Begins with a byte that UTF-8 never has, so no payload contains it. */
  static final int MARK = 0xF5504A01;

  /** Where it ends. */
  long end() {
    return at + HEADER + length;
  }

  /** Fills in the header before a payload. */
  static void seal(byte[] into, int at, int length, int count, long forced, long first) {
    var header = ByteBuffer.wrap(into, at, HEADER);
    header.putInt(MARK).putInt(length).putInt(0).putInt(count).putLong(forced).putLong(first);
    header.putInt(at + 8, checksum(into, at, length));
  }

  /** Over everything but the mark and itself. */
  static int checksum(byte[] bytes, int at, int length) {
    var crc = new CRC32C();
    crc.update(bytes, at + 4, 4);
    crc.update(bytes, at + 12, HEADER - 12 + length);
    return (int) crc.getValue();
  }
}
