package dev.parley.provider.aws.look;

import dev.parley.provider.aws.look.Recipe.Existence;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Optional;
import java.util.Set;

/**
 * Properties of a type that stand in its service's own answer. Where no stack and no Cloud Control
 * tells what a service has chosen (an ARN, an address), the service still does.
 */
final class Shown {
  private Shown() {}

  /** Those that are there and are texts, numbers or truths; names are compared without case. */
  static Fields in(Fields answer, Existence exists, Set<Pointer> properties) {
    Fields thing =
        exists.at().orElse(Pointer.ROOT).in(answer).orElse(answer) instanceof Fields found
            ? found
            : answer;
    Fields shown = Fields.EMPTY;
    for (Pointer property : properties) {
      Optional<Value> value =
          Optional.ofNullable(exists.shows().get(property))
              .flatMap(place -> place.in(answer))
              .or(() -> named(thing, property))
              .filter(one -> Template.plain(one).isPresent());
      if (value.isPresent()) {
        shown = property.set(shown, value.get());
      }
    }
    return shown;
  }

  private static Optional<Value> named(Fields thing, Pointer property) {
    Optional<Value> here = Optional.of(thing);
    for (String segment : property.segments()) {
      here = here.flatMap(value -> member(value, segment));
    }
    return here;
  }

  private static Optional<Value> member(Value value, String name) {
    return value instanceof Fields(var fields)
        ? fields.entrySet().stream()
            .filter(field -> field.getKey().equalsIgnoreCase(name))
            .map(java.util.Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }
}
