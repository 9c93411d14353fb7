package dev.parley.provider.aws.catalog;

import dev.parley.engine.json.Form;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The part of a vendor's schema that properties can be checked against: JSON Schema draft-07, whole
 * in itself. A structure that makes no sense is a mistake; a single limit that can't be understood
 * here (a pattern in a dialect of its own) is left out, and thereby left to the provider.
 */
final class Checkable {
  private static final Set<String> NAMED = Set.of("properties", "definitions", "patternProperties");
  private static final Set<String> INNER =
      Set.of("items", "additionalProperties", "not", "if", "then", "else", "contains");
  private static final Set<String> COMBINED = Set.of("allOf", "anyOf", "oneOf");
  private static final Set<String> LIMITS =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties");
  private static final Set<String> KINDS =
      Set.of("object", "array", "string", "integer", "number", "boolean", "null");
  private static final Set<String> KEPT =
      Set.of(
          "title",
          "description",
          "default",
          "enum",
          "const",
          "format",
          "uniqueItems",
          "insertionOrder",
          "relationshipRef");
  private static final Set<String> WHOLE =
      Set.of(
          "definitions",
          "properties",
          "patternProperties",
          "required",
          "additionalProperties",
          "oneOf",
          "anyOf",
          "allOf",
          "if",
          "then",
          "else",
          "not",
          "dependencies",
          "dependentRequired",
          "minProperties",
          "maxProperties");

  private final String source;
  private final Fields document;
  private final List<Problem> problems;

  private Checkable(String source, Fields document, List<Problem> problems) {
    this.source = source;
    this.document = document;
    this.problems = problems;
  }

  /**
   * Of a document in registry form.
   *
   * @param source names the document in messages
   * @param problems takes what is wrong with it
   */
  static Fields of(String source, Fields document, List<Problem> problems) {
    return new Checkable(source, document, problems).whole();
  }

  private Fields whole() {
    var kept = new LinkedHashMap<String, Value>();
    document
        .fields()
        .forEach(
            (name, value) -> {
              if (WHOLE.contains(name)) {
                kept.put(name, value);
              }
            });
    var schema = new LinkedHashMap<String, Value>();
    schema.put("$schema", new Text("http://json-schema.org/draft-07/schema#"));
    schema.put("type", new Text("object"));
    if (clean(new Fields(kept), Pointer.ROOT) instanceof Fields cleaned) {
      schema.putAll(cleaned.fields());
    }
    var whole = new Fields(schema);
    if (whole.fieldsAt("properties").isEmpty()) {
      wrong(
          Pointer.of("/properties"), "no properties", "a type has at least one", "see the vendor");
    }
    return problems.isEmpty() ? cut(whole) : whole;
  }

  private Value clean(Value schema, Pointer at) {
    if (schema instanceof Bool) {
      return schema;
    }
    if (!(schema instanceof Fields fields)) {
      wrong(at, Form.show(schema), "a schema is an object", "take the schema from its vendor anew");
      return new Bool(true);
    }
    var cleaned = new LinkedHashMap<String, Value>();
    var depends = new LinkedHashMap<String, Value>();
    fields
        .fields()
        .forEach(
            (name, value) -> {
              if (NAMED.contains(name)) {
                named(name, value, at.child(name), cleaned);
              } else if (name.equals("items") && value instanceof Items(var items)) {
                cleaned.put(name, each(items, at.child(name)));
              } else if (INNER.contains(name)) {
                cleaned.put(name, clean(value, at.child(name)));
              } else if (COMBINED.contains(name)) {
                combined(name, value, at.child(name), cleaned);
              } else if (name.equals("dependencies") || name.equals("dependentRequired")) {
                dependencies(value, at.child(name), depends);
              } else {
                word(name, value, at.child(name), cleaned);
              }
            });
    if (!depends.isEmpty()) {
      cleaned.put("dependencies", new Fields(depends));
    }
    return new Fields(cleaned);
  }

  private void named(String name, Value value, Pointer at, Map<String, Value> into) {
    if (!(value instanceof Fields fields)) {
      wrong(at, Form.show(value), "'" + name + "' is an object of schemas", "take it anew");
      return;
    }
    boolean patterns = name.equals("patternProperties");
    var cleaned = new LinkedHashMap<String, Value>();
    fields
        .fields()
        .forEach(
            (key, inner) ->
                cleaned.put(patterns && !compiles(key) ? "" : key, clean(inner, at.child(key))));
    into.put(name, new Fields(cleaned));
  }

  private void combined(String name, Value value, Pointer at, Map<String, Value> into) {
    if (value instanceof Items(var items) && !items.isEmpty()) {
      into.put(name, each(items, at));
    } else {
      wrong(at, Form.show(value), "'" + name + "' is a list of schemas", "take it anew");
    }
  }

  private Items each(List<Value> schemas, Pointer at) {
    var cleaned = new ArrayList<Value>();
    for (int i = 0; i < schemas.size(); i++) {
      cleaned.add(clean(schemas.get(i), at.child(Integer.toString(i))));
    }
    return new Items(cleaned);
  }

  /** Both spellings; draft-07 knows the older one. */
  private void dependencies(Value value, Pointer at, Map<String, Value> into) {
    if (value instanceof Fields(var fields)) {
      fields.forEach(
          (name, needs) ->
              into.put(name, needs instanceof Items ? needs : clean(needs, at.child(name))));
    } else {
      wrong(at, Form.show(value), "it says which property needs which", "take it anew");
    }
  }

  private void word(String name, Value value, Pointer at, Map<String, Value> into) {
    switch (name) {
      case "$ref" -> reference(value, at, into);
      case "type" -> {
        List<Value> kinds = value instanceof Items(var items) ? items : List.of(value);
        if (kinds.stream().allMatch(kind -> kind instanceof Text(var t) && KINDS.contains(t))) {
          into.put(name, value);
        } else {
          wrong(at, Form.show(value), "it is no kind of value", "one of " + KINDS);
        }
      }
      case "required" -> {
        if (value instanceof Items(var items) && items.stream().allMatch(Text.class::isInstance)) {
          into.put(name, new Items(items.stream().distinct().toList()));
        } else if (!(value instanceof Bool)) { // 'required: true' is how draft-03 marked a property
          wrong(at, Form.show(value), "'required' is a list of names", "take it anew");
        }
      }
      case "pattern" -> {
        if (value instanceof Text(var pattern) && compiles(pattern)) {
          into.put(name, value);
        }
      }
      case "enum" -> {
        if (value instanceof Items(var items) && !items.isEmpty()) {
          into.put(name, value);
        }
      }
      default -> {
        if (KEPT.contains(name) || (LIMITS.contains(name) && value instanceof Num)) {
          into.put(name, value);
        }
      }
    }
  }

  private void reference(Value value, Pointer at, Map<String, Value> into) {
    if (value instanceof Text(var ref) && ref.startsWith("#/")) {
      if (Pointer.of(ref.substring(1)).in(document).isPresent()) {
        into.put("$ref", value);
      } else {
        wrong(at, Form.show(value), "it leads to nothing in this schema", "take it anew");
      }
    } else {
      wrong(
          at,
          Form.show(value),
          "a schema may only refer to parts of itself",
          "put what it refers to below 'definitions'");
    }
  }

  private static boolean compiles(String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /**
   * References that lead back to themselves without a property in between say nothing and can't be
   * followed; what they stand for is left open. Official schemas hold such.
   */
  private static Fields cut(Fields schema) {
    Fields open = schema;
    for (String ref : collect(schema, new TreeSet<>())) {
      if (follow(schema, ref, new HashSet<>()).contains(ref)) {
        open = Pointer.of(ref.substring(1)).set(open, Fields.EMPTY);
      }
    }
    return open;
  }

  /** All references that apply where one does. */
  private static Set<String> follow(Fields root, String ref, Set<String> reached) {
    Pointer.of(ref.substring(1)).in(root).stream()
        .flatMap(target -> inPlace(target, new ArrayList<>()).stream())
        .filter(reached::add)
        .forEach(next -> follow(root, next, reached));
    return reached;
  }

  private static List<String> inPlace(Value schema, List<String> refs) {
    if (schema instanceof Fields fields) {
      fields.text("$ref").ifPresent(refs::add);
      COMBINED.forEach(name -> fields.itemsAt(name).forEach(each -> inPlace(each, refs)));
      List.of("not", "if", "then", "else")
          .forEach(name -> fields.get(name).ifPresent(each -> inPlace(each, refs)));
    }
    return refs;
  }

  private static Set<String> collect(Value schema, Set<String> refs) {
    switch (schema) {
      case Fields fields -> {
        fields.text("$ref").filter(ref -> ref.startsWith("#/")).ifPresent(refs::add);
        fields.fields().values().forEach(inner -> collect(inner, refs));
      }
      case Items(var items) -> items.forEach(item -> collect(item, refs));
      default -> {}
    }
    return refs;
  }

  private void wrong(Pointer at, String what, String why, String next) {
    problems.add(new Problem(source + "#" + at, what, why, next));
  }
}
