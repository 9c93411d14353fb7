package dev.parley.provider.aws.stack;

import dev.parley.engine.json.Json;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates as text or as an object. */
final class Templates {
  private static final Pattern BLOCK = Pattern.compile("(?m)^Resources:\\s*(?:#.*)?$");
  private static final Pattern KEY = Pattern.compile("^( +)[\"']?([A-Za-z0-9]+)[\"']?:");

  private Templates() {}

  /** The text as an object, if it is JSON. */
  static Optional<Fields> json(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Json.parsePlain(text) instanceof Fields fields
          ? Optional.of(fields)
          : Optional.empty();
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  /** The text that is sent. */
  static String text(Value template) {
    return template instanceof Text(var text) ? text : Json.write(template);
  }

  /** The same as it was given: what we wrote from an object becomes the object again. */
  static Value shown(String text) {
    return json(text)
        .filter(object -> Json.write(object).equals(text))
        .map(Value.class::cast)
        .orElse(Value.text(text));
  }

  /** The names of the resources that a template defines. */
  static Set<String> resources(Value template) {
    if (template instanceof Fields object) {
      return object.fieldsAt("Resources").fields().keySet();
    }
    String text = text(template);
    return json(text)
        .map(object -> object.fieldsAt("Resources").fields().keySet())
        .orElseGet(() -> scanned(text));
  }

  /** Keys of the first level below {@code Resources:} of a YAML text, whose tags we don't read. */
  private static Set<String> scanned(String text) {
    var names = new LinkedHashSet<String>();
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      return names;
    }
    int level = 0;
    for (String line : text.substring(block.end()).split("\n")) {
      if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("#")) {
        break;
      }
      Matcher key = KEY.matcher(line);
      if (key.find()) {
        level = level == 0 ? key.group(1).length() : level;
        if (key.group(1).length() == level) {
          names.add(key.group(2));
        }
      }
    }
    return names;
  }
}
