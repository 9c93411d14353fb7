package dev.parley.provider.aws.operation;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.SchemaError.Grade;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Nearest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Finds every place where a document does not fit an operation's input. What the model of the SDK
 * does not say (ranges, patterns, which members exclude each other) is left to the service.
 */
final class InputCheck {
  private final List<SchemaError> errors = new ArrayList<>();

  private InputCheck() {}

  /** All mistakes at once; none if it fits. */
  static List<SchemaError> of(Signature operation, Fields input) {
    var check = new InputCheck();
    // the token is ours to give
    Optional<String> token = Shape.of(operation.input()).token().map(SdkField::memberName);
    check.object(Shape.of(operation.input()), input, Pointer.ROOT, token);
    return List.copyOf(check.errors);
  }

  private void object(Shape shape, Fields input, Pointer at, Optional<String> given) {
    var members = shape.fields().stream().map(SdkField::memberName).toList();
    for (SdkField<?> field : shape.fields()) {
      String name = field.memberName();
      Value value = input.get(name).orElse(Value.NULL);
      if (!(value instanceof Value.Null)) {
        value(shape, field, value, at.child(name));
      } else if (Shape.required(field) && given.filter(name::equals).isEmpty()) {
        add(at.child(name), "nothing", "a required member is missing", "give " + expected(field));
      }
    }
    for (String name : input.fields().keySet()) {
      if (!members.contains(name)) {
        String next = Nearest.hint(name, members, "members");
        add(at.child(name), "'" + name + "'", "there is no such member", next);
      }
    }
  }

  private void value(Shape owner, SdkField<?> field, Value value, Pointer at) {
    switch (value) {
      case Value.Ref _, Value.Unknown _ ->
          errors.add(
              new SchemaError(
                  Grade.UNKNOWN, at, Form.show(value), "it is not known before the run", ""));
      case Value.Null _ -> wrong(field, value, at);
      default -> known(owner, field, value, at);
    }
  }

  private void known(Shape owner, SdkField<?> field, Value value, Pointer at) {
    switch (Shape.kind(field)) {
      case STRING -> {
        if (value instanceof Text(var text)) {
          text(owner.known(field), text, at);
        } else if (!(value instanceof Secret)) {
          wrong(field, value, at);
        }
      }
      case INTEGER -> whole(field, value, at, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(field, value, at, Long.MIN_VALUE, Long.MAX_VALUE);
      case SHORT -> whole(field, value, at, Short.MIN_VALUE, Short.MAX_VALUE);
      case BYTE -> whole(field, value, at, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case FLOAT, DOUBLE, BIG_DECIMAL -> {
        if (!(value instanceof Num)) {
          wrong(field, value, at);
        }
      }
      case BOOLEAN -> {
        if (!(value instanceof Bool)) {
          wrong(field, value, at);
        }
      }
      case INSTANT -> moment(field, value, at);
      case SDK_BYTES -> bytes(field, value, at);
      case DOCUMENT -> {
        if (value.hasHoles() || value instanceof Secret) {
          wrong(field, value, at);
        }
      }
      case SDK_POJO -> {
        if (value instanceof Fields inner) {
          object(Shape.in(field), inner, at, Optional.empty());
        } else {
          wrong(field, value, at);
        }
      }
      case LIST -> list(owner, field, value, at);
      case MAP -> {
        if (value instanceof Fields(var entries)) {
          SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
          entries.forEach((name, item) -> value(owner, member, item, at.child(name)));
        } else {
          wrong(field, value, at);
        }
      }
      case NULL -> wrong(field, value, at);
    }
  }

  private void list(Shape owner, SdkField<?> field, Value value, Pointer at) {
    if (!(value instanceof Items(var items))) {
      wrong(field, value, at);
      return;
    }
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    Set<String> known = owner.known(field);
    for (int i = 0; i < items.size(); i++) {
      Pointer place = at.child(Integer.toString(i));
      value(owner, member, items.get(i), place);
      if (items.get(i) instanceof Text(var text)) {
        text(known, text, place);
      }
    }
  }

  /** A text the SDK does not list may be newer than the SDK. */
  private void text(Set<String> known, String text, Pointer at) {
    if (!known.isEmpty() && !known.contains(text)) {
      String next = Nearest.hint(text, known, "values");
      errors.add(
          new SchemaError(
              Grade.WARNING, at, "'" + text + "'", "this is none of the known values", next));
    }
  }

  private void whole(SdkField<?> field, Value value, Pointer at, long least, long most) {
    if (!(value instanceof Num(var number)) || number.stripTrailingZeros().scale() > 0) {
      wrong(field, value, at);
    } else if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      String next = "give a number from " + least + " to " + most;
      add(at, number.toPlainString(), "the number does not fit", next);
    }
  }

  private void moment(SdkField<?> field, Value value, Pointer at) {
    boolean fits =
        switch (value) {
          case Text(var text) -> Instants.of(text).isPresent();
          case Num(var seconds) -> Instants.of(seconds).isPresent();
          default -> false;
        };
    if (!fits) {
      wrong(field, value, at);
    }
  }

  private void bytes(SdkField<?> field, Value value, Pointer at) {
    switch (value) {
      case Text(var text) -> {
        try {
          Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
          wrong(field, value, at);
        }
      }
      case Fields _, Items _ -> {
        if (value.hasHoles()) {
          wrong(field, value, at);
        }
      }
      case Secret _ -> {}
      default -> wrong(field, value, at);
    }
  }

  private void wrong(SdkField<?> field, Value value, Pointer at) {
    add(at, Form.show(value), expected(field) + " is expected", "give " + expected(field));
  }

  private void add(Pointer at, String what, String why, String next) {
    errors.add(new SchemaError(Grade.ERROR, at, what, why, next));
  }

  private static String expected(SdkField<?> field) {
    return switch (Shape.kind(field)) {
      case STRING -> "a text";
      case INTEGER, LONG, SHORT, BYTE -> "a whole number";
      case FLOAT, DOUBLE, BIG_DECIMAL -> "a number";
      case BOOLEAN -> "true or false";
      case INSTANT -> "a moment (2026-01-31T10:00:00Z, or seconds since 1970)";
      case SDK_BYTES -> "bytes in base64 (or an object, sent as JSON)";
      case SDK_POJO, MAP -> "an object";
      case LIST -> "a list";
      case DOCUMENT -> "plain JSON";
      case NULL -> "nothing";
    };
  }
}
