package dev.parley.engine.catalog;

import com.networknt.schema.Error;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.SchemaError.Grade;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Json;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import dev.parley.value.Value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks properties against a type's schema and tells every mistake at its exact place.
 *
 * <p>A reference or unknown value silences only its own leaf. A secret may stand where a text may.
 * A property that the schema does not name is a warning, unless the schema refuses further ones.
 */
public final class SchemaValidator {
  private static final CompiledSchemas COMPILED = new CompiledSchemas();

  /**
   * Stands for a hole while the validator looks; no schema allows it by chance. Each hole has one
   * of its own: two references in a list without duplicates are two things.
   */
  private static final String HOLE = "\u0000hole ";

  private SchemaValidator() {}

  /** All that is wrong, in the order of the properties' places. */
  public static List<SchemaError> validate(TypeSchema type, Fields desired) {
    var check = new Checking(type, desired);
    check.readOnly();
    check.walk(desired, SchemaNode.of(type.schema()), Pointer.ROOT);
    check.schema();
    return check.found.values().stream()
        .sorted(java.util.Comparator.comparing(e -> e.path().toString()))
        .toList();
  }

  private static final class Checking {
    private final TypeSchema type;
    private final Fields desired;
    private final Map<Pointer, SchemaError> found = new LinkedHashMap<>();
    private final Set<Pointer> holes = new LinkedHashSet<>();
    private final Set<Pointer> secrets = new LinkedHashSet<>();

    Checking(TypeSchema type, Fields desired) {
      this.type = type;
      this.desired = desired;
    }

    void readOnly() {
      for (Pointer pattern : type.readOnly()) {
        for (Pointer place : Patterns.places(pattern, desired)) {
          add(
              new SchemaError(
                  Grade.ERROR,
                  place,
                  Form.show(place.in(desired).orElseThrow()),
                  "the provider sets it, it can't be sent",
                  "remove it"));
        }
      }
    }

    /** Finds holes, secrets and unknown fields. */
    void walk(Value value, SchemaNode schema, Pointer at) {
      switch (value) {
        case Fields(var fields) ->
            fields.forEach(
                (name, field) -> {
                  Pointer place = at.child(name);
                  SchemaNode said = schema.property(name);
                  if (said.silent() && !schema.silent() && !schema.open(name)) {
                    add(
                        SchemaMessages.unknown(
                            schema.closed() ? Grade.ERROR : Grade.WARNING, place, name, schema));
                  }
                  walk(field, said, place);
                });
        case Items(var items) -> {
          SchemaNode item = schema.item();
          for (int i = 0; i < items.size(); i++) {
            walk(items.get(i), item, at.child(Integer.toString(i)));
          }
        }
        case Ref _ -> holes.add(at);
        case Unknown(var why) -> {
          holes.add(at);
          add(
              new SchemaError(
                  Grade.UNKNOWN,
                  at,
                  "not known yet",
                  why,
                  "it is checked by the provider in the run"));
        }
        case Secret _ -> {
          secrets.add(at);
          if (!schema.takesText()) {
            add(
                new SchemaError(
                    Grade.ERROR,
                    at,
                    "a secret",
                    "a secret is a text, and no text may stand here",
                    "write " + orText(schema)));
          }
        }
        case Text _, Num _, Bool _, Null _ -> {}
      }
    }

    void schema() {
      List<Error> errors =
          COMPILED.of(type.schema()).validate(Json.toTree(filled(desired, Pointer.ROOT)));
      SchemaNode root = SchemaNode.of(type.schema());
      for (Error error : relevant(errors, 0)) {
        Pointer at = SchemaMessages.pointer(error.getInstanceLocation());
        if (!holes.contains(at) && !secrets.contains(at)) {
          add(SchemaMessages.of(error, at, desired, root));
        }
      }
    }

    /**
     * Of alternatives that all failed, only the mistakes of the one that fits best; none if a hole
     * is among the reasons, for then the choice can't be judged yet.
     */
    private List<Error> relevant(List<Error> errors, int depth) {
      var kept = new ArrayList<Error>();
      var choices = new LinkedHashMap<String, Map<String, List<Error>>>();
      for (Error error : errors) {
        var path = error.getEvaluationPath();
        int at = choice(path, depth);
        if (at < 0) {
          kept.add(error);
          continue;
        }
        boolean summary = at == path.getNameCount() - 1;
        String branch = summary ? "" : path.getName(at + 1);
        choices
            .computeIfAbsent(place(error, at), _ -> new LinkedHashMap<>())
            .computeIfAbsent(branch, _ -> new ArrayList<>())
            .add(error);
      }
      choices.values().forEach(branches -> kept.addAll(best(branches)));
      return kept;
    }

    private List<Error> best(Map<String, List<Error>> branches) {
      boolean blind =
          branches.values().stream()
              .flatMap(List::stream)
              .anyMatch(
                  error -> holes.contains(SchemaMessages.pointer(error.getInstanceLocation())));
      if (blind) {
        return List.of();
      }
      List<Error> best = List.of();
      for (var branch : branches.entrySet()) {
        if (!branch.getKey().isEmpty()
            && (best.isEmpty() || branch.getValue().size() < best.size())) {
          best = branch.getValue();
        }
      }
      if (best.isEmpty()) {
        return branches.getOrDefault("", List.of());
      }
      return relevant(best, choice(best.getFirst().getEvaluationPath(), 0) + 2);
    }

    /** Where an alternative begins in the evaluation path, at or after a depth; -1 if nowhere. */
    private static int choice(com.networknt.schema.path.NodePath path, int from) {
      for (int i = from; i < path.getNameCount(); i++) {
        String name = path.getName(i);
        boolean keyword = i == 0 || !path.getName(i - 1).equals("properties");
        if (keyword && (name.equals("anyOf") || name.equals("oneOf"))) {
          return i;
        }
      }
      return -1;
    }

    /** Names one choice at one place of the properties. */
    private static String place(Error error, int at) {
      var path = error.getEvaluationPath();
      int depth = 0;
      var text = new StringBuilder();
      for (int i = 0; i <= at; i++) {
        String name = path.getName(i);
        text.append('/').append(name);
        switch (name) {
          case "properties", "patternProperties", "prefixItems" -> {
            i++;
            depth++;
            text.append('/').append(i < path.getNameCount() ? path.getName(i) : "");
          }
          case "items", "additionalProperties", "contains" -> depth++;
          default -> {}
        }
      }
      var instance = error.getInstanceLocation();
      for (int i = 0; i < Math.min(depth, instance.getNameCount()); i++) {
        text.append('|').append(instance.getName(i));
      }
      return text.toString();
    }

    /** The first word about a place stands: it is the most exact. */
    private void add(SchemaError error) {
      found.putIfAbsent(error.path(), error);
    }

    private static String orText(SchemaNode schema) {
      String said = schema.describe();
      return said.isEmpty() ? "a plain value" : said;
    }

    private static Value filled(Value value, Pointer at) {
      return switch (value) {
        case Ref _, Unknown _, Secret _ -> new Text(HOLE + at);
        case Items(var items) -> {
          var copy = new ArrayList<Value>();
          for (Value item : items) {
            copy.add(filled(item, at.child(Integer.toString(copy.size()))));
          }
          yield new Items(copy);
        }
        case Fields(var fields) -> {
          var copy = new LinkedHashMap<String, Value>();
          fields.forEach((name, field) -> copy.put(name, filled(field, at.child(name))));
          yield new Fields(copy);
        }
        case Text _, Num _, Bool _, Null _ -> value;
      };
    }
  }
}
