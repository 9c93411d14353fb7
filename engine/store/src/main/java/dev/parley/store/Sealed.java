package dev.parley.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A row's value in MapDB: CRC32C over its key and content (4 bytes), content. */
final class Sealed {
  private static final int HEADER = 4;

  private Sealed() {}

  static byte[] seal(String key, byte[] content) {
    var value = ByteBuffer.allocate(HEADER + content.length);
    value.position(HEADER).put(content);
    return value.putInt(0, (int) checksum(key, value.array(), HEADER)).array();
  }

  /**
   * The content.
   *
   * @throws Doubt if it is not what was written under this key
   */
  static ByteBuffer open(String key, byte[] value) {
    boolean right =
        value.length >= HEADER
            && ByteBuffer.wrap(value).getInt() == (int) checksum(key, value, HEADER);
    if (!right) {
      throw new Doubt("a row does not fit its checksum");
    }
    return ByteBuffer.wrap(value, HEADER, value.length - HEADER);
  }

  /** What a row adds to the sum over all rows, which has no order. */
  static long share(String key, byte[] value) {
    long mixed = (checksum(key, value, 0) + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private static long checksum(String key, byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(key.getBytes(StandardCharsets.UTF_16BE));
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }
}
