package dev.parley.store;

import dev.parley.engine.json.Json;
import dev.parley.engine.memory.Written;
import dev.parley.value.Value.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A document's last write as MapDB holds it. Key: tenant, collection and key, divided by NUL. Value:
 * CRC32C over key and all that follows (4 bytes), version (8), 1 if there is a body (1), the body.
 */
final class Row {
  private static final char DIVIDER = '\0';
  private static final char BEHIND_DIVIDER = '\1';
  private static final int HEADER = 13;

  private Row() {}

  static String key(String tenant, String collection, String key) {
    return first(tenant, collection) + key;
  }

  /** Not behind any key of the collection. */
  static String first(String tenant, String collection) {
    return tenant + DIVIDER + collection + DIVIDER;
  }

  /** Behind all keys of the collection. */
  static String behind(String tenant, String collection) {
    return tenant + DIVIDER + collection + BEHIND_DIVIDER;
  }

  static byte[] value(String key, Written write) {
    byte[] body = write.body().map(content -> EntryText.utf8(Json.write(content))).orElse(new byte[0]);
    var row = ByteBuffer.allocate(HEADER + body.length);
    row.putInt(0).putLong(write.version()).put((byte) (write.body().isPresent() ? 1 : 0)).put(body);
    return row.putInt(0, (int) checksum(key, row.array(), 4)).array();
  }

  /**
   * Reads a row.
   *
   * @throws Doubt if it is not what was written
   */
  static Written read(String tenant, String collection, String key, byte[] value) {
    check(key, value);
    var row = ByteBuffer.wrap(value, 4, HEADER - 4);
    long version = row.getLong();
    Optional<Fields> body =
        row.get() == 1
            ? Optional.of(
                EntryText.fields(
                    new String(value, HEADER, value.length - HEADER, StandardCharsets.UTF_8)))
            : Optional.empty();
    String name = key.substring(first(tenant, collection).length());
    return new Written(tenant, collection, name, version, body);
  }

  /** Says whether it is what was written, by a {@link Doubt}. */
  static void check(String key, byte[] value) {
    if (value.length < HEADER || ByteBuffer.wrap(value).getInt() != (int) checksum(key, value, 4)) {
      throw new Doubt("a document's row does not fit its checksum");
    }
  }

  /** What a row adds to the sum over all rows. */
  static long share(String key, byte[] value) {
    return mixed(checksum(key, value, 0));
  }

  private static long checksum(String key, byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(key.getBytes(StandardCharsets.UTF_16BE));
    crc.update(bytes, from, bytes.length - from);
    return crc.getValue();
  }

  /** Spreads 32 bits over 64, so that sums of different rows differ. */
  private static long mixed(long bits) {
    long mixed = (bits + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
