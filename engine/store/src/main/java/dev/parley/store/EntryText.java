package dev.parley.store;

import dev.parley.engine.json.Json;
import dev.parley.run.Entry;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;

/** An entry as one line of JSON. */
final class EntryText {
  private static final Set<String> MARKS = Set.of("$ref", "$secret", "$unknown");

  private EntryText() {}

  /** What is known before the entry has its place: everything but the opening. */
  static byte[] rest(Entry.Fresh fresh) {
    fresh.body().fields().forEach((name, value) -> refuseMark(fresh, name, value));
    var fields = new LinkedHashMap<String, Value>();
    fields.put("tenant", Value.text(fresh.tenant()));
    fields.put("stream", Value.text(fresh.stream()));
    fields.put("kind", Value.text(fresh.kind()));
    fields.put("version", Value.num(fresh.version()));
    fields.put("body", fresh.body());
    byte[] whole = utf8(Json.write(new Fields(fields)));
    whole[0] = ',';
    return whole;
  }

  /** The line's beginning, up to the rest. */
  static byte[] opening(long sequence, Instant at) {
    return ("{\"sequence\":" + sequence + ",\"at\":\"" + at + "\"")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a line.
   *
   * @throws RuntimeException if it is no entry
   */
  static Entry read(byte[] bytes, int offset, int length) {
    Fields line = fields(new String(bytes, offset, length, StandardCharsets.UTF_8));
    return new Entry(
        number(line, "sequence"),
        line.text("tenant").orElseThrow(),
        line.text("stream").orElseThrow(),
        line.text("kind").orElseThrow(),
        (int) number(line, "version"),
        Instant.parse(line.text("at").orElseThrow()),
        fields(line.get("body").orElseThrow()));
  }

  /** An object's text in UTF-8; half a surrogate pair is escaped, for UTF-8 has none. */
  static byte[] utf8(String json) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      var out = new StringBuilder(json.length() + 16);
      for (int i = 0; i < json.length(); i++) {
        char c = json.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < json.length()
                && Character.isLowSurrogate(json.charAt(i + 1));
        if (pair) {
          out.append(c).append(json.charAt(++i));
        } else if (Character.isSurrogate(c)) {
          out.append("\\u").append(Integer.toHexString(c));
        } else {
          out.append(c);
        }
      }
      return out.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An object's text read back. */
  static Fields fields(String json) {
    return fields(Json.parse(json));
  }

  private static void refuseMark(Entry.Fresh fresh, String name, Value value) {
    if (fresh.body().fields().size() == 1 && value instanceof Text && MARKS.contains(name)) {
      throw new IllegalArgumentException(
          "a body of nothing but "
              + name
              + " would be read back as something else: "
              + fresh.stream());
    }
  }

  private static Fields fields(Value value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new IllegalArgumentException("not an object: " + value);
  }

  private static long number(Fields line, String name) {
    if (line.get(name).orElse(Value.NULL) instanceof Num(var number)) {
      return number.longValueExact();
    }
    throw new IllegalArgumentException("no number: " + name);
  }
}
