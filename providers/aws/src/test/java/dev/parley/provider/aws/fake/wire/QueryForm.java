package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Shape.Kind;
import dev.parley.provider.aws.fake.wire.Shape.Leaf;
import dev.parley.provider.aws.fake.wire.Shape.Listed;
import dev.parley.provider.aws.fake.wire.Shape.Mapped;
import dev.parley.provider.aws.fake.wire.Shape.Member;
import dev.parley.provider.aws.fake.wire.Shape.Struct;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A form's parameters, read against a shape: {@code Tags.member.1.Key=owner}. */
final class QueryForm {
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final TreeSet<String> unused;
  private final String member;

  /**
   * Reads a form.
   *
   * @param member what stands between a list and its index: {@code .member.} or a dot
   */
  QueryForm(String body, String member) {
    this.member = member;
    for (String pair : body.isEmpty() ? new String[0] : body.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    unused = new TreeSet<>(parameters.keySet());
    unused.remove("Action");
    unused.remove("Version");
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Parameters that no member took. */
  List<String> unused() {
    return List.copyOf(unused);
  }

  Fields read(Struct shape) {
    return struct(shape, "").orElse(Fields.EMPTY);
  }

  private Optional<Value> read(Shape shape, String at) {
    return switch (shape) {
      case Leaf(var kind) -> leaf(kind, at);
      case Listed(var item) -> {
        var items = new ArrayList<Value>();
        for (int i = 1; ; i++) {
          Optional<Value> next = read(item, at + member + i);
          if (next.isEmpty()) {
            break;
          }
          items.add(next.get());
        }
        yield items.isEmpty() ? Optional.empty() : Optional.of(new Items(items));
      }
      case Mapped _ -> throw new IllegalArgumentException("no maps in forms: " + at);
      case Struct struct -> struct(struct, at + ".").map(fields -> fields);
    };
  }

  private Optional<Fields> struct(Struct shape, String prefix) {
    var fields = new LinkedHashMap<String, Value>();
    for (Map.Entry<String, Member> member : shape.members().entrySet()) {
      read(member.getValue().shape(), prefix + member.getKey())
          .ifPresent(value -> fields.put(member.getKey(), value));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Fields(fields));
  }

  private Optional<Value> leaf(Kind kind, String at) {
    String text = parameters.get(at);
    if (text == null) {
      return Optional.empty();
    }
    unused.remove(at);
    return Optional.of(
        switch (kind) {
          case TEXT, TIME, ANY -> Value.text(text);
          case BOOL ->
              text.equals("true") || text.equals("false")
                  ? Value.bool(text.equals("true"))
                  : Value.text(text);
          case NUMBER -> number(text);
        });
  }

  private static Value number(String text) {
    try {
      return Value.num(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Value.text(text);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
