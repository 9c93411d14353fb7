package dev.parley.provider.aws.fake.type;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.engine.catalog.Patterns;
import dev.parley.engine.json.Json;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds a model against its type's schema, in the words of the registry's own validator. */
public final class ModelCheck {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private static final List<String> KEPT =
      List.of(
          "properties",
          "patternProperties",
          "definitions",
          "required",
          "additionalProperties",
          "oneOf",
          "anyOf",
          "allOf");

  private final Schema schema;

  private ModelCheck(Schema schema) {
    this.schema = schema;
  }

  /** For a type's whole model. */
  public static ModelCheck of(FakeType type) {
    var kept = new LinkedHashMap<String, Value>();
    kept.put("$schema", Value.text("http://json-schema.org/draft-07/schema#"));
    kept.put("type", Value.text("object"));
    for (String name : KEPT) {
      type.schema().get(name).ifPresent(value -> kept.put(name, value));
    }
    return new ModelCheck(REGISTRY.getSchema(Json.toTree(new Fields(kept))));
  }

  /** What is wrong, each with its place; empty if nothing is. */
  public List<String> wrong(Fields model) {
    return schema.validate(Json.toTree(model)).stream().map(ModelCheck::said).distinct().toList();
  }

  private static String said(Error error) {
    String at = "#" + error.getInstanceLocation();
    return switch (error.getKeyword()) {
      case "additionalProperties" ->
          at + ": extraneous key [" + error.getProperty() + "] is not permitted";
      case "required" -> at + ": required key [" + error.getProperty() + "] not found";
      default -> at + ": " + error.getMessage();
    };
  }

  /** The places in a model that its type calls read-only. */
  public static List<String> readOnly(FakeType type, Fields model) {
    var found = new ArrayList<String>();
    for (Pointer pattern : type.pointers("readOnlyProperties")) {
      for (Pointer place : Patterns.places(pattern, model)) {
        found.add("/properties" + place);
      }
    }
    return found;
  }

  /** What a listing misses; empty if its model is good enough. */
  public static List<String> missing(Fields listing, Fields model) {
    var missing = new ArrayList<String>();
    for (Value each : listing.itemsAt("required")) {
      if (each instanceof Value.Text(var name) && model.get(name).isEmpty()) {
        missing.add("#: required key [" + name + "] not found");
      }
    }
    List<Value> choices = listing.itemsAt("oneOf");
    boolean chosen =
        choices.isEmpty()
            || choices.stream()
                .anyMatch(choice -> choice instanceof Fields one && missing(one, model).isEmpty());
    if (!chosen) {
      missing.add(
          choices.stream().map(Json::write).collect(Collectors.joining(", ", "#: one of [", "]")));
    }
    return missing;
  }

  /** Types' checks, made once each. */
  public static final class Cache {
    private final Map<FakeType, ModelCheck> made = new IdentityHashMap<>();

    /** The check of this type. */
    public synchronized ModelCheck of(FakeType type) {
      return made.computeIfAbsent(type, ModelCheck::of);
    }
  }
}
