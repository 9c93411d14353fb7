package dev.parley.provider.aws.catalog;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Goes through all places that a schema speaks of, outer ones first; a segment {@code *} stands for
 * every item of a list or field of a map. A definition is not entered again inside itself, and a
 * schema that unfolds without end (there are such, with a million places) is left when enough has
 * been seen.
 */
final class SchemaWalk {
  private static final int MOST = 20_000;
  private static final int DEEPEST = 14;

  private record Trail(String ref, Optional<Trail> before) {
    boolean contains(String other) {
      for (Optional<Trail> here = Optional.of(this); here.isPresent(); here = here.get().before()) {
        if (here.get().ref().equals(other)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Stop(Pointer at, Fields schema, Trail trail) {}

  private final Fields root;
  private final ArrayDeque<Stop> waiting = new ArrayDeque<>();

  private SchemaWalk(Fields root) {
    this.root = root;
  }

  /** Shows each place with what one schema says about it; a place may come several times. */
  static void through(Fields root, BiConsumer<Pointer, Fields> seen) {
    new SchemaWalk(root).walk(seen);
  }

  private void walk(BiConsumer<Pointer, Fields> seen) {
    waiting.add(new Stop(Pointer.ROOT, root, new Trail("#", Optional.empty())));
    for (int visited = 0; visited < MOST && !waiting.isEmpty(); visited++) {
      Stop stop = waiting.remove();
      seen.accept(stop.at(), stop.schema());
      next(stop);
    }
  }

  private void next(Stop stop) {
    Fields schema = stop.schema();
    schema
        .text("$ref")
        .filter(ref -> ref.startsWith("#/") && !stop.trail().contains(ref))
        .ifPresent(
            ref ->
                Pointer.of(ref.substring(1))
                    .in(root)
                    .ifPresent(
                        target ->
                            add(target, stop.at(), new Trail(ref, Optional.of(stop.trail())))));
    for (String combined : List.of("allOf", "anyOf", "oneOf")) {
      schema.itemsAt(combined).forEach(each -> add(each, stop.at(), stop.trail()));
    }
    for (String branch : List.of("then", "else")) {
      schema.get(branch).ifPresent(each -> add(each, stop.at(), stop.trail()));
    }
    if (stop.at().segments().size() >= DEEPEST) {
      return;
    }
    schema
        .fieldsAt("properties")
        .fields()
        .forEach((name, inner) -> add(inner, stop.at().child(name), stop.trail()));
    Pointer each = stop.at().child("*");
    schema.get("items").ifPresent(items -> add(items, each, stop.trail()));
    schema.itemsAt("items").forEach(item -> add(item, each, stop.trail()));
    schema.get("additionalProperties").ifPresent(more -> add(more, each, stop.trail()));
    schema
        .fieldsAt("patternProperties")
        .fields()
        .values()
        .forEach(more -> add(more, each, stop.trail()));
  }

  private void add(Value schema, Pointer at, Trail trail) {
    if (schema instanceof Fields fields && waiting.size() < MOST) {
      waiting.add(new Stop(at, fields, trail));
    }
  }

  /** The kinds of value a schema names itself: {@code array}, {@code object}. */
  static List<String> kinds(Fields schema) {
    List<Value> many = schema.itemsAt("type");
    return many.isEmpty()
        ? schema.text("type").map(List::of).orElse(List.of())
        : many.stream().filter(Text.class::isInstance).map(kind -> ((Text) kind).text()).toList();
  }
}
