package dev.parley.engine.catalog;

import dev.parley.catalog.TypeSchema;
import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.Resource;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what making a resource look as wanted would take. Compares only what was asked for: what
 * the provider adds by itself, the order of sets, and {@code 60} against {@code "60"} are no
 * difference.
 */
public final class Differ {
  private Differ() {}

  /** Create, Update, Replace or NoOp. */
  public static Change plan(
      Address at, String region, TypeSchema type, Fields desired, Optional<Resource> prior) {
    if (prior.isEmpty()) {
      return new Change.Create(at, region, desired);
    }
    Resource resource = prior.get();
    Fields was = resource.properties();
    if (moves(resource.region(), region)) {
      return new Change.Replace(
          at, region, resource.region(), resource.id(), was, desired, List.of());
    }
    List<Pointer> changed = changed(type, desired, was);
    if (changed.isEmpty()) {
      return new Change.NoOp(at, resource.region(), resource.id(), was);
    }
    List<Pointer> because =
        type.createOnly().stream()
            .filter(
                fixed ->
                    changed.stream().anyMatch(place -> touches(fixed, place, desired, was, type)))
            .sorted(java.util.Comparator.comparing(Pointer::toString))
            .toList();
    return because.isEmpty()
        ? new Change.Update(at, resource.region(), resource.id(), was, desired)
        : new Change.Replace(at, region, resource.region(), resource.id(), was, desired, because);
  }

  /** The places where the observed properties are not as wanted, in the order of the wish. */
  public static List<Pointer> changed(TypeSchema type, Fields desired, Fields observed) {
    var comparison = new Comparison(type);
    comparison.compare(
        Optional.of(desired), Optional.of(observed), SchemaNode.of(type.schema()), Pointer.ROOT);
    return comparison.changed;
  }

  /** The same places, with both values. */
  public static List<Drift.Difference> differences(
      TypeSchema type, Fields expected, Fields observed) {
    return changed(type, expected, observed).stream()
        .map(place -> new Drift.Difference(place, place.in(expected), place.in(observed)))
        .toList();
  }

  /** A resource that is not in a region can't leave it. */
  private static boolean moves(String from, String to) {
    return !from.isBlank()
        && !to.isBlank()
        && !from.equals("*")
        && !from.equalsIgnoreCase("global")
        && !plain(from).equals(plain(to));
  }

  private static String plain(String region) {
    return region.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** Whether a changed place lies in a fixed property, or holds one whose own value changed. */
  private static boolean touches(
      Pointer fixed, Pointer place, Fields desired, Fields was, TypeSchema type) {
    if (Patterns.covers(fixed, place)) {
      return true;
    }
    boolean inside = Patterns.covers(place, fixed);
    if (fixed.segments().contains("*")) {
      return inside && !held(fixed, desired).equals(held(fixed, was));
    }
    return inside
        && fixed.in(desired).isPresent()
        && !new Comparison(type)
            .same(
                fixed.in(desired).get(),
                fixed.in(was).orElse(Value.NULL),
                SchemaNode.of(type.schema()).at(fixed),
                fixed);
  }

  /** What the places that a pattern means hold, whatever their order. */
  private static List<String> held(Pointer pattern, Fields in) {
    return Patterns.places(pattern, in).stream()
        .map(place -> place.in(in).orElse(Value.NULL).toString())
        .sorted()
        .toList();
  }

  private static final class Comparison {
    private final TypeSchema type;
    private final List<Pointer> changed = new ArrayList<>();

    Comparison(TypeSchema type) {
      this.type = type;
    }

    void compare(Optional<Value> want, Optional<Value> have, SchemaNode schema, Pointer at) {
      Value wanted = want.orElse(Value.NULL);
      Value is = have.orElse(Value.NULL);
      if (wanted.equals(is) || ignored(wanted, at)) {
        return;
      }
      if (wanted instanceof Fields fields && (is instanceof Fields || is instanceof Null)) {
        if (is instanceof Null && fields.isEmpty()) {
          return;
        }
        Fields observed = is instanceof Fields f ? f : Fields.EMPTY;
        fields
            .fields()
            .forEach(
                (name, field) ->
                    compare(
                        Optional.of(field),
                        observed.get(name),
                        schema.property(name),
                        at.child(name)));
        return;
      }
      if (wanted instanceof Items(var items) && is instanceof Items(var observed)) {
        if (tags(at)) {
          compareSet(items, observed, schema.item(), at, true);
        } else if (schema.set()) {
          compareSet(items, observed, schema.item(), at, false);
        } else if (items.size() == observed.size()) {
          SchemaNode item = schema.item();
          for (int i = 0; i < items.size(); i++) {
            compare(
                Optional.of(items.get(i)),
                Optional.of(observed.get(i)),
                item,
                at.child(Integer.toString(i)));
          }
        } else {
          changed.add(at);
        }
        return;
      }
      if (wanted instanceof Items(var items) && items.isEmpty() && is instanceof Null) {
        return;
      }
      if (!equalAsText(wanted, is)) {
        changed.add(at);
      }
    }

    boolean same(Value wanted, Value is, SchemaNode schema, Pointer at) {
      var inner = new Comparison(type);
      inner.compare(Optional.of(wanted), Optional.of(is), schema, at);
      return inner.changed.isEmpty();
    }

    private void compareSet(
        List<Value> items, List<Value> observed, SchemaNode item, Pointer at, boolean moreIsFine) {
      if (items.size() > observed.size() || (!moreIsFine && items.size() != observed.size())) {
        changed.add(at);
        return;
      }
      var left = new ArrayList<>(observed);
      for (int i = 0; i < items.size(); i++) {
        Value wanted = items.get(i);
        Pointer place = at.child(Integer.toString(i));
        if (left.remove(wanted)) {
          continue;
        }
        Optional<Value> twin =
            left.stream().filter(is -> same(wanted, is, item, place)).findFirst();
        if (twin.isEmpty()) {
          changed.add(at);
          return;
        }
        left.remove(twin.get());
      }
    }

    private boolean tags(Pointer at) {
      return type.tags().map(tags -> tags.at().equals(at)).orElse(false);
    }

    /** What can't be compared: never shown, or not ours to set. */
    private boolean ignored(Value wanted, Pointer at) {
      return wanted instanceof Secret
          || Patterns.anyCovers(type.writeOnly(), at)
          || Patterns.anyCovers(type.readOnly(), at);
    }

    private static boolean equalAsText(Value a, Value b) {
      Optional<String> left = text(a);
      return left.isPresent() && left.equals(text(b)) || numbers(a, b);
    }

    private static boolean numbers(Value a, Value b) {
      Optional<BigDecimal> left = number(a);
      Optional<BigDecimal> right = number(b);
      boolean bothTexts = a instanceof Text && b instanceof Text;
      return !bothTexts
          && left.isPresent()
          && right.isPresent()
          && left.get().compareTo(right.get()) == 0;
    }

    private static Optional<String> text(Value value) {
      return switch (value) {
        case Text(var text) -> Optional.of(text);
        case Num(var number) -> Optional.of(number.toPlainString());
        case Bool(var bool) -> Optional.of(Boolean.toString(bool));
        case Items _, Fields _, Null _, Ref _, Secret _, Unknown _ -> Optional.empty();
      };
    }

    private static Optional<BigDecimal> number(Value value) {
      if (value instanceof Num(var number)) {
        return Optional.of(number);
      }
      if (value instanceof Text(var text)
          && text.length() < 40
          && text.matches("-?\\d+(\\.\\d+)?")) {
        return Optional.of(new BigDecimal(text));
      }
      return Optional.empty();
    }
  }
}
