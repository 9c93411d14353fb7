package dev.parley.engine.catalog;

import com.networknt.schema.Error;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.SchemaError.Grade;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.engine.json.Nearest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.List;
import java.util.stream.Collectors;

/** Says what the schema validator found so that a person can mend it. */
final class SchemaMessages {
  private SchemaMessages() {}

  static SchemaError of(Error error, Pointer at, Fields desired, SchemaNode schema) {
    Value found = at.in(desired).orElse(Value.NULL);
    String what = Form.show(found);
    Value said = error.getSchemaNode() == null ? Value.NULL : Json.fromTree(error.getSchemaNode());
    String property = error.getProperty() == null ? "" : error.getProperty();
    SchemaNode here = schema.at(at);
    return switch (error.getKeyword()) {
      case "dependencies" ->
          error(
              property.isEmpty() ? at : at.child(property),
              Form.show(at.child(property).in(desired).orElse(Value.NULL)),
              error.getMessage(),
              "give what it needs as well, or leave it out");
      case "required", "dependentRequired" ->
          error(
              at.child(property),
              "nothing",
              "'" + property + "' is required",
              "give " + described(property, here.property(property)));
      case "additionalProperties", "unevaluatedProperties" ->
          unknown(Grade.ERROR, at.child(property), property, here);
      case "type" -> error(at, what, "it must be " + types(said), fitting(found, said));
      case "enum" ->
          error(at, what, "it is not one of the allowed values", choose(found, items(said)));
      case "const" -> error(at, what, "only one value is allowed", "write " + Form.show(said));
      case "pattern" ->
          error(
              at,
              what,
              "it does not have the form " + plain(said),
              "write it in that form" + hint(here));
      case "format" ->
          error(at, what, "it is no " + plain(said), "write a " + plain(said) + hint(here));
      case "minimum" ->
          error(
              at, what, "it must be at least " + plain(said), "write " + plain(said) + " or more");
      case "maximum" ->
          error(at, what, "it must be at most " + plain(said), "write " + plain(said) + " or less");
      case "exclusiveMinimum" ->
          error(at, what, "it must be more than " + plain(said), "write a larger number");
      case "exclusiveMaximum" ->
          error(at, what, "it must be less than " + plain(said), "write a smaller number");
      case "multipleOf" ->
          error(
              at,
              what,
              "it must be a multiple of " + plain(said),
              "round it to a multiple of " + plain(said));
      case "minLength" ->
          error(
              at, what, "it needs at least " + plain(said) + " characters", "write a longer text");
      case "maxLength" ->
          error(
              at,
              what,
              "it may have at most " + plain(said) + " characters",
              "write a shorter text");
      case "minItems" ->
          error(
              at,
              what,
              "it needs at least " + plain(said) + " entries",
              "add entries" + hint(here));
      case "maxItems" ->
          error(at, what, "it may have at most " + plain(said) + " entries", "remove entries");
      case "uniqueItems" -> error(at, what, "an entry stands twice", "leave each entry once");
      case "minProperties" ->
          error(
              at, what, "it needs at least " + plain(said) + " fields", "add fields" + hint(here));
      case "maxProperties" ->
          error(at, what, "it may have at most " + plain(said) + " fields", "remove fields");
      case "oneOf" ->
          error(
              at,
              what,
              "it fits more than one of the forms that exclude one another, or none",
              "keep the fields of one form" + hint(here));
      case "not" ->
          error(at, what, "the schema forbids exactly this", "change or remove it" + hint(here));
      default -> error(at, what, error.getMessage(), "see the type's schema" + hint(here));
    };
  }

  /** A field that the schema does not know. */
  static SchemaError unknown(Grade grade, Pointer at, String name, SchemaNode around) {
    List<String> known = around.names();
    String why =
        grade == Grade.ERROR
            ? "there is no such property"
            : "the schema knows no such property; it is sent as it is";
    return new SchemaError(
        grade, at, "'" + name + "'", why, Nearest.hint(name, known, "properties"));
  }

  private static SchemaError error(Pointer at, String what, String why, String next) {
    return new SchemaError(Grade.ERROR, at, what, why, next);
  }

  private static String described(String name, SchemaNode schema) {
    String said = schema.describe();
    return said.isEmpty() ? name : name + " (" + said + ")";
  }

  private static String hint(SchemaNode schema) {
    String said = schema.describe();
    return said.isEmpty() ? "" : " (" + said + ")";
  }

  private static String choose(Value found, List<Value> allowed) {
    List<String> words = allowed.stream().map(SchemaMessages::plain).toList();
    List<String> near = Nearest.to(plain(found), words, 1);
    String guess = near.isEmpty() ? "" : "did you mean " + near.getFirst() + "? ";
    return guess + "Allowed: " + list(allowed);
  }

  private static String fitting(Value found, Value types) {
    boolean number = names(types).stream().anyMatch(t -> t.equals("integer") || t.equals("number"));
    if (number && found instanceof Text(var text) && text.matches("-?\\d+(\\.\\d+)?")) {
      return "write " + text + " without quotes";
    }
    if (names(types).contains("boolean")
        && found instanceof Text(var text)
        && text.matches("true|false")) {
      return "write " + text + " without quotes";
    }
    if (names(types).contains("string")
        && (found instanceof Value.Num || found instanceof Value.Bool)) {
      return "write \"" + plain(found) + "\" in quotes";
    }
    if (names(types).contains("array")) {
      return "write a list: [" + (found instanceof Value.Fields ? "{…}" : Form.show(found)) + "]";
    }
    return "write " + types(types);
  }

  static String list(List<Value> values) {
    String some =
        values.stream().limit(20).map(SchemaMessages::plain).collect(Collectors.joining(", "));
    return values.size() > 20 ? some + ", … (" + values.size() + " in all)" : some;
  }

  static String article(String type) {
    return switch (type) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "string" -> "a text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "an object";
      case "null" -> "null";
      default -> type;
    };
  }

  private static String types(Value types) {
    return names(types).stream().map(SchemaMessages::article).collect(Collectors.joining(" or "));
  }

  private static List<String> names(Value types) {
    return items(types).stream().map(SchemaMessages::plain).toList();
  }

  private static List<Value> items(Value said) {
    return said instanceof Value.Items(var items) ? items : List.of(said);
  }

  private static String plain(Value value) {
    return value instanceof Text(var text) ? text : Json.write(value);
  }

  static Pointer pointer(com.networknt.schema.path.NodePath path) {
    Pointer pointer = Pointer.ROOT;
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer = pointer.child(path.getName(i));
    }
    return pointer;
  }
}
