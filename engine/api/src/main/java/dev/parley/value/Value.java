package dev.parley.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Anything a plan, a catalog or a provider can say: JSON, plus a reference to another resource's
 * output, a secret, and a value that is not known yet.
 *
 * <p>Immutable. Numbers are decimal; {@code 1}, {@code 1.0} and {@code 1e0} are equal.
 */
public sealed interface Value {

  /** A string. */
  record Text(String text) implements Value {}

  /** A number, normalised: no trailing zeros, never in exponent notation when printed. */
  record Num(BigDecimal number) implements Value {
    public Num {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
  }

  /** True or false. */
  record Bool(boolean bool) implements Value {}

  /** JSON's null: present, and empty. */
  record Null() implements Value {}

  /** A list. */
  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    /** Of these values, in this order. */
    public static Items of(Value... items) {
      return new Items(List.of(items));
    }
  }

  /** An object; keeps the order in which its fields were given, which equality ignores. */
  record Fields(Map<String, Value> fields) implements Value {
    /** No fields. */
    public static final Fields EMPTY = new Fields(Map.of());

    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** One field. */
    public static Fields of(String name, Value value) {
      return new Fields(Map.of(name, value));
    }

    /** The named field, if it is there. */
    public Optional<Value> get(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    /** The named field as text, if it is there and is text. */
    public Optional<String> text(String name) {
      return fields.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** The named field as an object; empty if it is anything else. */
    public Fields fieldsAt(String name) {
      return fields.get(name) instanceof Fields found ? found : EMPTY;
    }

    /** The named field as a list; empty if it is anything else. */
    public List<Value> itemsAt(String name) {
      return fields.get(name) instanceof Items(List<Value> items) ? items : List.of();
    }

    /** A copy with one field set. */
    public Fields with(String name, Value value) {
      var copy = new LinkedHashMap<>(fields);
      copy.put(name, value);
      return new Fields(copy);
    }

    /** A copy without one field. */
    public Fields without(String name) {
      var copy = new LinkedHashMap<>(fields);
      copy.remove(name);
      return new Fields(copy);
    }

    /** Whether there is no field. */
    public boolean isEmpty() {
      return fields.isEmpty();
    }
  }

  /**
   * Stands for an output of another resource, known only once that resource exists.
   *
   * @param target the name of the resource inside a Draft; its whole address inside a Plan
   * @param pointer where in the observed resource (JSON Pointer, RFC 6901); "" is its provider id
   */
  record Ref(String target, String pointer) implements Value {}

  /**
   * Names a secret; never holds it. Only a provider call may resolve the reference.
   *
   * @param reference for example {@code env:DB_PASSWORD} or {@code file:/run/secrets/db}
   */
  record Secret(String reference) implements Value {}

  /**
   * Not known before the run.
   *
   * @param why what it depends on, for a person to read
   */
  record Unknown(String why) implements Value {}

  /** JSON's null. */
  Null NULL = new Null();

  static Text text(String text) {
    return new Text(text);
  }

  static Num num(long number) {
    return new Num(BigDecimal.valueOf(number));
  }

  static Num num(BigDecimal number) {
    return new Num(number);
  }

  static Bool bool(boolean bool) {
    return new Bool(bool);
  }

  /** A list of texts. */
  static Items texts(Iterable<String> texts) {
    var items = new ArrayList<Value>();
    texts.forEach(text -> items.add(new Text(text)));
    return new Items(items);
  }

  /** Whether a reference or an unknown stands anywhere in it. */
  default boolean hasHoles() {
    return switch (this) {
      case Ref _, Unknown _ -> true;
      case Items(var items) -> items.stream().anyMatch(Value::hasHoles);
      case Fields(var fields) -> fields.values().stream().anyMatch(Value::hasHoles);
      case Text _, Num _, Bool _, Null _, Secret _ -> false;
    };
  }
}
