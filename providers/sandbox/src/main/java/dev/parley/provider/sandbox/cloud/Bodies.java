package dev.parley.provider.sandbox.cloud;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cloud has to say about the body of a request. */
final class Bodies {
  private Bodies() {}

  /** What the schema forbids; never quotes the body, which may hold a secret. */
  static List<SchemaError> mistakes(TypeSchema schema, Fields body) {
    return SchemaValidator.validate(schema, body).stream()
        .filter(error -> error.grade() == SchemaError.Grade.ERROR)
        .toList();
  }

  /** The properties without those at these places. */
  static Fields without(Fields properties, Collection<Pointer> patterns) {
    Fields now = properties;
    for (Pointer pattern : patterns) {
      List<Pointer> places = Patterns.places(pattern, now);
      for (Pointer place : places.reversed()) {
        now = place.remove(now);
      }
    }
    return now;
  }

  /** The properties with what the others hold at these places and they don't. */
  static Fields keeping(Fields properties, Collection<Pointer> patterns, Fields others) {
    Fields now = properties;
    for (Pointer pattern : patterns) {
      for (Pointer place : Patterns.places(pattern, others)) {
        if (place.in(now).isEmpty() && stands(now, place)) {
          now = place.set(now, place.in(others).orElseThrow());
        }
      }
    }
    return now;
  }

  /** Whether a value can be set there without inventing list items. */
  private static boolean stands(Fields properties, Pointer place) {
    Value here = properties;
    for (String segment : place.segments().subList(0, place.segments().size() - 1)) {
      Optional<Value> next = new Pointer(List.of(segment)).in(here);
      if (next.isEmpty()) {
        return !(here instanceof Value.Items);
      }
      here = next.get();
    }
    return here instanceof Fields;
  }

  /** The fixed properties that a new body would change. */
  static List<Pointer> fixed(TypeSchema schema, Fields body, Fields standing) {
    var changed = new ArrayList<Pointer>();
    for (Pointer pattern : schema.createOnly()) {
      if (Patterns.anyCovers(schema.writeOnly(), pattern)) {
        continue;
      }
      for (Pointer place : Patterns.places(pattern, body)) {
        Value wanted = place.in(body).orElseThrow();
        Value is = place.in(standing).orElse(Value.NULL);
        if (!holds(is, wanted)) {
          changed.add(place);
        }
      }
    }
    return changed;
  }

  /** The first place where what stands is not as expected; what is not expected may be anything. */
  static Optional<Pointer> differs(Fields expected, Fields standing, Pointer at) {
    for (Map.Entry<String, Value> one : expected.fields().entrySet()) {
      Value is = standing.get(one.getKey()).orElse(Value.NULL);
      Pointer place = at.child(one.getKey());
      if (one.getValue() instanceof Fields inner && is instanceof Fields here) {
        Optional<Pointer> found = differs(inner, here, place);
        if (found.isPresent()) {
          return found;
        }
      } else if (!holds(is, one.getValue())) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** The first place that a body sets, nothing was expected at, and something stands at. */
  static Optional<Pointer> surprises(Fields body, Fields expected, Fields standing, Pointer at) {
    for (Map.Entry<String, Value> one : body.fields().entrySet()) {
      Optional<Value> before = expected.get(one.getKey());
      Optional<Value> is = standing.get(one.getKey());
      Pointer place = at.child(one.getKey());
      if (before.isEmpty() && is.isPresent()) {
        return Optional.of(place);
      }
      if (one.getValue() instanceof Fields inner
          && before.orElse(Value.NULL) instanceof Fields was
          && is.orElse(Value.NULL) instanceof Fields here) {
        Optional<Pointer> found = surprises(inner, was, here, place);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether what stands is as wanted; server defaults inside objects are no difference. */
  private static boolean holds(Value is, Value wanted) {
    if (is.equals(wanted)) {
      return true;
    }
    return switch (wanted) {
      case Fields fields ->
          is instanceof Fields here && differs(fields, here, Pointer.ROOT).isEmpty();
      case Value.Items(var items) -> {
        boolean same = is instanceof Value.Items(var here) && here.size() == items.size();
        for (int i = 0; same && i < items.size(); i++) {
          same = holds(((Value.Items) is).items().get(i), items.get(i));
        }
        yield same;
      }
      default -> text(is).isPresent() && text(is).equals(text(wanted));
    };
  }

  private static Optional<String> text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Optional.of(text);
      case Value.Num(var number) -> Optional.of(number.toPlainString());
      default -> Optional.empty();
    };
  }

  /** What a resource of a type is tagged with. */
  static Map<String, String> tags(TypeSchema schema, Fields properties) {
    var tags = new java.util.LinkedHashMap<String, String>();
    schema
        .tags()
        .flatMap(where -> where.at().in(properties))
        .ifPresent(
            value -> {
              switch (value) {
                case Fields(var fields) ->
                    fields.forEach((key, tag) -> text(tag).ifPresent(text -> tags.put(key, text)));
                case Value.Items(var items) -> {
                  for (Value item : items) {
                    if (item instanceof Fields pair) {
                      pair.text("Key")
                          .ifPresent(key -> tags.put(key, pair.text("Value").orElse("")));
                    }
                  }
                }
                default -> {}
              }
            });
    return tags;
  }
}
