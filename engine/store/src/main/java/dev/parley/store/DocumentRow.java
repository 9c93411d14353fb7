package dev.parley.store;

import dev.parley.engine.json.Json;
import dev.parley.engine.memory.Written;
import dev.parley.value.Value.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A document's last write as MapDB holds it. Key: tenant, collection and key, divided by NUL.
 * Value: version (8 bytes), 1 if there is a body (1), the body as JSON.
 */
final class DocumentRow {
  private DocumentRow() {}

  static String key(String tenant, String collection, String key) {
    return first(tenant, collection) + key;
  }

  /** Not behind any key of the collection. */
  static String first(String tenant, String collection) {
    return tenant + '\0' + collection + '\0';
  }

  /** Behind all keys of the collection. */
  static String behind(String tenant, String collection) {
    return tenant + '\0' + collection + '\1';
  }

  static byte[] value(String key, Written write) {
    byte[] body =
        write.body().map(content -> EntryText.utf8(Json.write(content))).orElse(new byte[0]);
    byte kind = (byte) (write.body().isPresent() ? 1 : 0);
    byte[] content =
        ByteBuffer.allocate(9 + body.length).putLong(write.version()).put(kind).put(body).array();
    return Sealed.seal(key, content);
  }

  /**
   * Reads a row.
   *
   * @throws Doubt if it is not what was written
   */
  static Written read(String tenant, String collection, String key, byte[] value) {
    ByteBuffer content = Sealed.open(key, value);
    long version = content.getLong();
    Optional<Fields> body =
        content.get() == 1
            ? Optional.of(EntryText.fields(StandardCharsets.UTF_8.decode(content).toString()))
            : Optional.empty();
    String name = key.substring(first(tenant, collection).length());
    return new Written(tenant, collection, name, version, body);
  }
}
