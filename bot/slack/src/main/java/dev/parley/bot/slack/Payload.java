package dev.parley.bot.slack;

import dev.parley.engine.json.Json;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** The body of a delivery, in whichever of its spellings. */
final class Payload {
  private Payload() {}

  /**
   * JSON, a form with JSON in its field {@code payload}, or a form whose fields are the payload.
   *
   * @throws dev.parley.value.Invalid if it is none of them
   */
  static Fields read(String body) {
    String text = body.stripLeading();
    if (text.startsWith("{")) {
      return object(text);
    }
    Fields form = form(text);
    return form.text("payload").map(Payload::object).orElse(form);
  }

  private static Fields object(String json) {
    return Json.parsePlain(json) instanceof Fields fields ? fields : Fields.EMPTY;
  }

  private static Fields form(String text) {
    var fields = new LinkedHashMap<String, Value>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(
            decoded(pair.substring(0, equals)), Value.text(decoded(pair.substring(equals + 1))));
      }
    }
    return new Fields(fields);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a percent sign that escapes nothing
    }
  }
}
