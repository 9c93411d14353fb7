package dev.parley.store;

import java.util.Arrays;

/** Puts frames together in memory, to be written at once. For one thread. */
final class FrameWriter {
  private static final int KEPT = 1 << 20;

  private byte[] bytes = new byte[16 << 10];
  private int size;
  private int begun;

  /** Forgets everything. */
  void clear() {
    if (bytes.length > KEPT) {
      bytes = new byte[16 << 10];
    }
    size = 0;
  }

  /** Begins a frame. */
  void begin() {
    begun = size;
    room(Frame.HEADER);
    size += Frame.HEADER;
  }

  void add(byte[] part) {
    room(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
  }

  void add(char sign) {
    room(1);
    bytes[size++] = (byte) sign;
  }

  /** Ends the frame that was begun last. */
  void end(int count, long forced, long first) {
    Frame.seal(bytes, begun, size - begun - Frame.HEADER, count, forced, first);
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes,
              Math.max(size + more, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
    }
  }
}
