package dev.parley.provider.aws.control;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.Patterns;
import dev.parley.provider.aws.body.Places;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.value.CanonicalJson;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Null;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an update sends: a JSON Patch (RFC 6902) over top-level properties.
 *
 * <p>Cloud Control applies it to what a read shows and hands the result to the handler as the whole
 * desired state. A read never shows what is write-only, so each write-only property is sent again
 * every time; otherwise the handler takes it for removed. What is read-only is never sent, nor what
 * can only be set at creation.
 *
 * @param operations one for each top-level property, sorted
 */
record Patch(List<Operation> operations) {
  /** What a patch does with one property. */
  sealed interface Operation {
    /** A top-level property. */
    Pointer path();

    /** Sets one that is not there, or that a read does not show. */
    record Add(Pointer path, Value value) implements Operation {}

    /** Sets one that is there. */
    record Replace(Pointer path, Value value) implements Operation {}

    /** Takes one away. */
    record Remove(Pointer path) implements Operation {}
  }

  Patch {
    operations = List.copyOf(operations);
  }

  /**
   * The patch that makes the resource as wanted.
   *
   * @param was as last observed
   * @param now as it shall be, secrets in place; what it does not mention stays, JSON's null takes
   *     away
   */
  static Patch of(TypeSchema type, Fields was, Fields now) {
    Fields wanted = Tagging.kept(type, sendable(type, now), was);
    Set<String> hidden = tops(type.writeOnly());
    Set<String> changed =
        Differ.changed(type, wanted, was).stream()
            .map(place -> place.segments().getFirst())
            .collect(Collectors.toSet());
    var operations = new ArrayList<Operation>();
    for (var one : wanted.fields().entrySet()) {
      String name = one.getKey();
      Pointer at = Pointer.ROOT.child(name);
      boolean there = was.get(name).isPresent();
      boolean unseen = hidden.contains(name);
      if (one.getValue() instanceof Null) {
        if (there) {
          operations.add(new Operation.Remove(at));
        }
      } else if (unseen) {
        Value value = value(type, at, was, one.getValue());
        operations.add(new Operation.Add(at, unfixed(type, at, value)));
      } else if (changed.contains(name)) {
        Value value = value(type, at, was, one.getValue());
        operations.add(there ? new Operation.Replace(at, value) : new Operation.Add(at, value));
      }
    }
    operations.sort(java.util.Comparator.comparing(one -> one.path().toString()));
    return new Patch(operations);
  }

  /** Top-level properties that can be set only at creation, and of which a read shows nothing. */
  static List<Pointer> unreachable(TypeSchema type, Fields now) {
    return now.fields().keySet().stream()
        .map(Pointer.ROOT::child)
        .filter(at -> type.writeOnly().contains(at) && type.createOnly().contains(at))
        .toList();
  }

  /** Without what is read-only, and what is both write-only and fixed at creation. */
  private static Fields sendable(TypeSchema type, Fields now) {
    var never = new HashSet<>(type.readOnly());
    type.createOnly().stream()
        .filter(fixed -> Patterns.anyCovers(type.writeOnly(), fixed))
        .forEach(never::add);
    type.createOnly().stream().filter(fixed -> fixed.segments().size() == 1).forEach(never::add);
    return Places.without(now, never);
  }

  /** Objects keep those of their fields that the wish does not mention. */
  private static Value value(TypeSchema type, Pointer at, Fields was, Value wanted) {
    Value before = at.in(Places.without(was, type.readOnly())).orElse(Value.NULL);
    return laid(before, wanted);
  }

  private static Value laid(Value before, Value wanted) {
    return switch (wanted) {
      case Fields(var fields) -> {
        var merged =
            new LinkedHashMap<>(before instanceof Fields(var old) ? old : Fields.EMPTY.fields());
        fields.forEach(
            (name, field) -> {
              if (field instanceof Null) {
                merged.remove(name);
              } else {
                merged.put(name, laid(merged.getOrDefault(name, Value.NULL), field));
              }
            });
        yield new Fields(merged);
      }
      case Items(var items) ->
          new Items(items.stream().map(item -> laid(Value.NULL, item)).toList());
      default -> wanted;
    };
  }

  /** Inside a property that is sent every time, what is fixed would be taken for a change. */
  private static Value unfixed(TypeSchema type, Pointer at, Value value) {
    List<Pointer> below =
        type.createOnly().stream()
            .filter(fixed -> fixed.segments().size() > 1)
            .filter(fixed -> fixed.segments().getFirst().equals(at.segments().getFirst()))
            .toList();
    Fields root = Places.without(Fields.of(at.segments().getFirst(), value), below);
    return at.in(root).orElse(value);
  }

  private static Set<String> tops(Set<Pointer> pointers) {
    return pointers.stream()
        .filter(pointer -> !pointer.segments().isEmpty())
        .map(pointer -> pointer.segments().getFirst())
        .collect(Collectors.toSet());
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  /** The document; the same for the same change, whenever it is built. */
  String json() {
    return CanonicalJson.write(new Items(operations.stream().<Value>map(Patch::document).toList()));
  }

  private static Fields document(Operation operation) {
    Fields document = Fields.of("path", Value.text(operation.path().toString()));
    return switch (operation) {
      case Operation.Add(_, var value) ->
          document.with("op", Value.text("add")).with("value", value);
      case Operation.Replace(_, var value) ->
          document.with("op", Value.text("replace")).with("value", value);
      case Operation.Remove _ -> document.with("op", Value.text("remove"));
    };
  }
}
