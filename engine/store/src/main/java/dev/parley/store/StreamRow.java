package dev.parley.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Which entries belong to a stream, a run of them in order, as MapDB holds it. Key: tenant, stream
 * and the run's first sequence, divided by NUL. Value: the sequences.
 */
final class StreamRow {
  /** Most sequences in a row: one append rewrites one row. */
  static final int MOST = 128;

  private StreamRow() {}

  /** What the keys of a stream's rows begin with. */
  static String prefix(String tenant, String stream) {
    return tenant + '\0' + stream + '\0';
  }

  static String key(String prefix, long first) {
    return prefix + "%016x".formatted(first);
  }

  /** Whether it is a key of this stream, and not of one whose name goes on behind a NUL. */
  static boolean isOf(String prefix, String key) {
    return key.length() == prefix.length() + 16 && key.startsWith(prefix);
  }

  static byte[] value(String key, List<Long> sequences) {
    var content = ByteBuffer.allocate(8 * sequences.size());
    sequences.forEach(content::putLong);
    return Sealed.seal(key, content.array());
  }

  /**
   * Reads a row.
   *
   * @throws Doubt if it is not what was written
   */
  static long[] read(String key, byte[] value) {
    ByteBuffer content = Sealed.open(key, value);
    long[] sequences = new long[content.remaining() / 8];
    content.asLongBuffer().get(sequences);
    return sequences;
  }
}
