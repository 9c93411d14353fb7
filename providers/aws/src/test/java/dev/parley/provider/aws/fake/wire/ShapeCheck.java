package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Kind;
import dev.parley.provider.aws.fake.wire.Shape.Leaf;
import dev.parley.provider.aws.fake.wire.Shape.Listed;
import dev.parley.provider.aws.fake.wire.Shape.Mapped;
import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds an input against its shape. */
final class ShapeCheck {
  /** What is wrong: with the form, or with what is missing. */
  record Result(List<String> malformed, List<String> missing) {}

  private final List<String> malformed = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private ShapeCheck() {}

  static Result of(Shape shape, Value input) {
    var check = new ShapeCheck();
    check.look(shape, input, "");
    return new Result(check.malformed, check.missing);
  }

  private void look(Shape shape, Value value, String at) {
    switch (shape) {
      case Leaf(var kind) -> {
        if (!fits(kind, value)) {
          malformed.add(at + " is no " + kind.name().toLowerCase(Locale.ROOT));
        }
      }
      case Listed(var item) -> {
        if (value instanceof Items(var items)) {
          for (int i = 0; i < items.size(); i++) {
            look(item, items.get(i), at + "." + (i + 1));
          }
        } else {
          malformed.add(at + " is no list");
        }
      }
      case Mapped(var each) -> {
        if (value instanceof Fields(var fields)) {
          fields.forEach((name, field) -> look(each, field, at + "." + name));
        } else {
          malformed.add(at + " is no map");
        }
      }
      case Struct(var members) -> {
        if (value instanceof Fields fields) {
          struct(new Struct(members), fields, at.isEmpty() ? "" : at + ".");
        } else {
          malformed.add(at + " is no structure");
        }
      }
    }
  }

  private void struct(Struct shape, Fields fields, String prefix) {
    fields
        .fields()
        .forEach(
            (name, field) -> {
              if (!shape.members().containsKey(name)) {
                malformed.add(prefix + name + " is not known");
              } else if (!field.equals(Value.NULL)) {
                look(shape.members().get(name).shape(), field, prefix + name);
              }
            });
    shape
        .members()
        .forEach(
            (name, member) -> {
              if (member.required() && fields.get(name).orElse(Value.NULL).equals(Value.NULL)) {
                missing.add(prefix + name);
              }
            });
  }

  private static boolean fits(Kind kind, Value value) {
    return switch (kind) {
      case TEXT -> value instanceof Text;
      case NUMBER -> value instanceof Num;
      case BOOL -> value instanceof Bool;
      case TIME -> value instanceof Num || value instanceof Text;
      case ANY -> true;
    };
  }
}
