package dev.parley.bot.web;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a page sent about something a person did; every part is checked when it is read. */
record Told(Fields body) {
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_FIELD = 20_000;
  private static final Pattern DELIVERY = Pattern.compile("[A-Za-z0-9_-]{8,64}");
  private static final Pattern EMOJI = Pattern.compile("[a-z0-9_+-]{1,32}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /**
   * Reads the body of a request.
   *
   * @throws Invalid if it is not a JSON object in UTF-8, or too long
   */
  static Told read(HttpServletRequest request) throws IOException {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    if (!type.toLowerCase(Locale.ROOT).matches("application/json *(;.*)?")) {
      throw bad(
          "Content-Type",
          type.isEmpty() ? "none" : type,
          "JSON is expected",
          "send application/json");
    }
    byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw bad(
          "body",
          "more than " + MOST_BYTES + " bytes",
          "that is too long for one message",
          "say it in fewer words");
    }
    if (Json.parsePlain(text(bytes)) instanceof Fields fields) {
      return new Told(fields);
    }
    throw bad("body", "no object", "an object is expected", "send {...}");
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw bad("body", "bytes that are no UTF-8", "text is UTF-8 here", "send UTF-8");
    }
  }

  /** Who did it. */
  String person() {
    return need("as");
  }

  /** The page's own id of this act: the same one twice is one. */
  Optional<String> delivery() {
    return optional("delivery")
        .map(
            id ->
                checked("delivery", id, DELIVERY, "8 to 64 letters, digits, - and _ are expected"));
  }

  /** What was written, half characters replaced. */
  String words(String name) {
    String text = whole(need(name));
    if (text.isBlank()) {
      throw bad("/" + name, "nothing but blanks", "there is nothing to answer", "write a message");
    }
    return text;
  }

  long message() {
    return Long.parseLong(
        checked("message", need("message"), NUMBER, "a message's number is expected"));
  }

  String emoji() {
    return checked("emoji", need("emoji"), EMOJI, "an emoji's short name is expected, like +1");
  }

  /** Whether the emoji was put there, or taken off. */
  boolean on() {
    return !body.get("on").equals(Optional.of(Value.bool(false)));
  }

  /** What stands in a form. */
  Map<String, String> fields() {
    var all = new LinkedHashMap<String, String>();
    Fields fields = body.fieldsAt("fields");
    for (String name : fields.fields().keySet()) {
      String text = fields.text(name).orElse("");
      if (text.length() > MOST_FIELD) {
        throw bad(
            "/fields",
            text.length() + " characters",
            "at most " + MOST_FIELD + " fit into one field",
            "say it in fewer words");
      }
      all.put(name, whole(text));
    }
    return all;
  }

  String need(String name) {
    return optional(name)
        .orElseThrow(() -> bad("/" + name, "missing", "text is expected", "send it"));
  }

  /** A text; one that is empty is none. */
  Optional<String> optional(String name) {
    return body.text(name).filter(text -> !text.isEmpty());
  }

  private static String checked(String name, String text, Pattern pattern, String why) {
    if (!pattern.matcher(text).matches()) {
      throw bad(
          "/" + name,
          text.length() <= 40 ? text : text.substring(0, 40) + "…",
          why,
          "reload the page");
    }
    return text;
  }

  /**
   * A JSON escape can write half a character; such text can't be stored, so U+FFFD takes its place.
   */
  private static String whole(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static Invalid bad(String where, String what, String why, String next) {
    return new Invalid(new Problem(where, what, why, next));
  }
}
