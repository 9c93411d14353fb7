package dev.parley.engine.catalog;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All that a JSON Schema says about one place: the schema there and those it refers to, combines or
 * offers as alternatives, laid side by side.
 *
 * @param root the whole schema, for references inside it
 * @param parts what applies, or may apply, here
 */
record SchemaNode(Fields root, List<Fields> parts) {
  /** What one place may be made of at most; a schema beyond that is a trap. */
  private static final int MOST_PARTS = 2_000;

  static SchemaNode of(Fields schema) {
    return at(schema, List.of(schema));
  }

  private static SchemaNode at(Fields root, List<Value> schemas) {
    var parts = new ArrayList<Fields>();
    var seen = Collections.<Value>newSetFromMap(new IdentityHashMap<>());
    schemas.forEach(schema -> flatten(root, schema, parts, seen));
    return new SchemaNode(root, parts);
  }

  /** A schema that refers to itself, or is reached in two ways, says its part once. */
  private static void flatten(Fields root, Value schema, List<Fields> into, Set<Value> seen) {
    if (!(schema instanceof Fields fields) || seen.size() > MOST_PARTS || !seen.add(fields)) {
      return;
    }
    into.add(fields);
    if (fields.get("$ref").orElse(Value.NULL) instanceof Text(var ref)
        && (ref.equals("#") || ref.startsWith("#/"))) {
      Pointer.of(ref.substring(1)).in(root).ifPresent(target -> flatten(root, target, into, seen));
    }
    for (String combined : List.of("allOf", "anyOf", "oneOf")) {
      fields.itemsAt(combined).forEach(each -> flatten(root, each, into, seen));
    }
    for (String branch : List.of("then", "else")) {
      fields.get(branch).ifPresent(each -> flatten(root, each, into, seen));
    }
  }

  /** What is said about a named field. */
  SchemaNode property(String name) {
    var found = new ArrayList<Value>();
    for (Fields part : parts) {
      part.fieldsAt("properties").get(name).ifPresent(found::add);
      part.fieldsAt("patternProperties")
          .fields()
          .forEach(
              (pattern, schema) -> {
                if (Pattern.compile(pattern).matcher(name).find()) {
                  found.add(schema);
                }
              });
      if (found.isEmpty()) {
        part.get("additionalProperties").ifPresent(found::add);
      }
    }
    return at(root, found);
  }

  /** What is said about the items of a list. */
  SchemaNode item() {
    var found = new ArrayList<Value>();
    for (Fields part : parts) {
      part.get("items").ifPresent(found::add);
      found.addAll(part.itemsAt("items"));
      found.addAll(part.itemsAt("prefixItems"));
    }
    return at(root, found);
  }

  /** What is said about a place further in; list indexes and {@code *} mean any item. */
  SchemaNode at(Pointer place) {
    SchemaNode here = this;
    for (String segment : place.segments()) {
      boolean index = segment.equals("*") || segment.chars().allMatch(Character::isDigit);
      SchemaNode item = index ? here.item() : new SchemaNode(root, List.of());
      here = item.parts.isEmpty() ? here.property(segment) : item;
    }
    return here;
  }

  /** Whether nothing at all is said. */
  boolean silent() {
    return parts.isEmpty();
  }

  /** The fields that are named here, sorted. */
  List<String> names() {
    var names = new TreeSet<String>();
    parts.forEach(part -> names.addAll(part.fieldsAt("properties").fields().keySet()));
    return List.copyOf(names);
  }

  /** Whether fields beyond the named ones are welcome: a map, or an object without names. */
  boolean open(String name) {
    for (Fields part : parts) {
      Value additional = part.get("additionalProperties").orElse(Value.NULL);
      if (additional instanceof Fields || additional.equals(new Bool(true))) {
        return true;
      }
      for (String pattern : part.fieldsAt("patternProperties").fields().keySet()) {
        if (Pattern.compile(pattern).matcher(name).find()) {
          return true;
        }
      }
    }
    return names().isEmpty();
  }

  /** Whether fields beyond the named ones are refused. */
  boolean closed() {
    return parts.stream()
        .anyMatch(part -> part.get("additionalProperties").equals(Optional.of(new Bool(false))));
  }

  /** Whether the order of a list's items means nothing. */
  boolean set() {
    return parts.stream()
        .anyMatch(
            part ->
                part.get("uniqueItems").equals(Optional.of(new Bool(true)))
                    || part.get("insertionOrder").equals(Optional.of(new Bool(false))));
  }

  /** Whether a text may stand here. */
  boolean takesText() {
    boolean said = false;
    for (Fields part : parts) {
      Value type = part.get("type").orElse(Value.NULL);
      if (type.equals(new Text("string")) || part.itemsAt("type").contains(new Text("string"))) {
        return true;
      }
      said |= !(type instanceof Value.Null);
    }
    return !said;
  }

  /** For people: the description, or the allowed values, or the type. */
  String describe() {
    Map<String, String> said = new LinkedHashMap<>();
    for (Fields part : parts) {
      part.text("description")
          .ifPresent(text -> said.putIfAbsent("description", firstSentence(text)));
      if (!part.itemsAt("enum").isEmpty()) {
        said.putIfAbsent("enum", "one of " + SchemaMessages.list(part.itemsAt("enum")));
      }
      part.text("type").ifPresent(text -> said.putIfAbsent("type", SchemaMessages.article(text)));
    }
    return String.join("; ", said.values());
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    String first = end < 0 ? text : text.substring(0, end);
    return first.length() <= 120 ? first : first.substring(0, 119) + "…";
  }
}
