package dev.parley.provider.aws.operation;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * JSON Schema (2020-12) of what an operation takes. An object that holds itself is described once;
 * below a depth of {@value #DEPTH} objects it says only that an object stands there.
 */
final class InputSchema {
  private static final int DEPTH = 8;

  private InputSchema() {}

  static Fields of(Signature operation) {
    return object(Shape.of(operation.input()), Set.of());
  }

  private static Fields object(Shape shape, Set<Class<?>> around) {
    if (around.contains(shape.type())) {
      return described("object", shape.type().getSimpleName() + ", as further up");
    }
    if (around.size() >= DEPTH) {
      return described("object", shape.type().getSimpleName());
    }
    var path = new LinkedHashSet<>(around);
    path.add(shape.type());
    var properties = new LinkedHashMap<String, Value>();
    var required = new TreeSet<String>();
    for (SdkField<?> field : shape.fields()) {
      Fields property = property(shape, field, path);
      properties.put(field.memberName(), property);
      if (Shape.required(field)) {
        required.add(field.memberName());
      }
    }
    if (around.isEmpty()) {
      shape.token().ifPresent(field -> required.remove(field.memberName()));
    }
    Fields schema =
        typed("object")
            .with("properties", new Fields(properties))
            .with("additionalProperties", Value.bool(false));
    return required.isEmpty() ? schema : schema.with("required", Value.texts(required));
  }

  private static Fields property(Shape owner, SdkField<?> field, Set<Class<?>> path) {
    return switch (Shape.kind(field)) {
      case STRING -> known(typed("string"), owner.known(field));
      case INTEGER, LONG, SHORT, BYTE -> typed("integer");
      case FLOAT, DOUBLE, BIG_DECIMAL -> typed("number");
      case BOOLEAN -> typed("boolean");
      case INSTANT -> typed("string").with("format", Value.text("date-time"));
      case SDK_BYTES -> typed("string").with("contentEncoding", Value.text("base64"));
      case SDK_POJO -> object(Shape.in(field), path);
      case DOCUMENT, NULL -> Fields.EMPTY;
      case LIST -> {
        Fields items = property(owner, field.getTrait(ListTrait.class).memberFieldInfo(), path);
        yield typed("array").with("items", known(items, owner.known(field)));
      }
      case MAP ->
          typed("object")
              .with(
                  "additionalProperties",
                  property(owner, field.getTrait(MapTrait.class).valueFieldInfo(), path));
    };
  }

  private static Fields typed(String type) {
    return Fields.of("type", Value.text(type));
  }

  private static Fields described(String type, String words) {
    return typed(type).with("description", Value.text(words));
  }

  private static Fields known(Fields schema, Set<String> texts) {
    return texts.isEmpty() ? schema : schema.with("enum", Value.texts(texts));
  }
}
