package dev.parley.rules.read;

import dev.parley.engine.json.Nearest;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** An object that a person wrote, read field by field; every mistake is noted, none is thrown. */
public final class Section {
  private final Fields fields;
  private final Pointer at;
  private final Function<Pointer, String> where;
  private final List<Problem> problems;

  /**
   * A section.
   *
   * @param where names a place for messages: file and line
   * @param problems where mistakes are noted
   */
  public Section(
      Fields fields, Pointer at, Function<Pointer, String> where, List<Problem> problems) {
    this.fields = fields;
    this.at = at;
    this.where = where;
    this.problems = problems;
  }

  /** A section of any value; a mistake if it is no object. */
  public static Section of(
      Value value, Pointer at, Function<Pointer, String> where, List<Problem> problems) {
    if (value instanceof Fields fields) {
      return new Section(fields, at, where, problems);
    }
    problems.add(
        new Problem(
            where.apply(at),
            "'" + kind(value) + "'",
            "an object is expected here",
            "write key: value lines"));
    return new Section(Fields.EMPTY, at, where, problems);
  }

  /** Notes a mistake in a field. */
  public void wrong(String field, String what, String why, String next) {
    problems.add(new Problem(where.apply(at.child(field)), what, why, next));
  }

  /** Notes a mistake in the section as a whole. */
  public void wrong(String what, String why, String next) {
    problems.add(new Problem(where.apply(at), what, why, next));
  }

  /** Refuses fields of other names. */
  public Section only(String... names) {
    Set<String> known = new TreeSet<>(List.of(names));
    for (String name : fields.fields().keySet()) {
      if (!known.contains(name)) {
        String next =
            Nearest.to(name, known, 1).stream()
                .findFirst()
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known: " + String.join(", ", known));
        wrong(name, "'" + name + "'", "nobody knows this key", next);
      }
    }
    return this;
  }

  /** Whether a field is there. */
  public boolean has(String name) {
    return fields.get(name).isPresent();
  }

  /** The names of the fields. */
  public Collection<String> names() {
    return fields.fields().keySet();
  }

  /** The whole object. */
  public Fields fields() {
    return fields;
  }

  /** Where it is. */
  public Pointer at() {
    return at;
  }

  /** Where it is, for a message. */
  public String place() {
    return where.apply(at);
  }

  /** Any value. */
  public Optional<Value> value(String name) {
    return fields.get(name);
  }

  /** A text, or nothing. */
  public Optional<String> text(String name) {
    return fields
        .get(name)
        .flatMap(
            value ->
                switch (value) {
                  case Text(var text) -> Optional.of(text);
                  case Num(var number) -> Optional.of(number.toPlainString());
                  default -> refuse(name, value, "a text");
                });
  }

  /** A text that must be there; "" when it is not. */
  public String needed(String name) {
    var text = text(name);
    if (text.isEmpty() || text.get().isBlank()) {
      if (!has(name) || text.isPresent()) {
        wrong("no '" + name + "'", "it is needed", "write " + name + ": ...");
      }
      return "";
    }
    return text.get();
  }

  /** One of an enumeration's words, in lower case. */
  public <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    return text(name)
        .flatMap(
            text -> {
              for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                  return Optional.of(constant);
                }
              }
              var words =
                  List.of(type.getEnumConstants()).stream()
                      .map(c -> c.name().toLowerCase(java.util.Locale.ROOT))
                      .toList();
              wrong(
                  name, "'" + text + "'", "no such " + name, "one of " + String.join(", ", words));
              return Optional.empty();
            });
  }

  /** A number. */
  public Optional<BigDecimal> number(String name) {
    return fields
        .get(name)
        .flatMap(
            value ->
                value instanceof Num(var number)
                    ? Optional.of(number)
                    : refuse(name, value, "a number"));
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return fields
        .get(name)
        .flatMap(
            value ->
                value instanceof Bool(var bool)
                    ? Optional.of(bool)
                    : refuse(name, value, "true or false"));
  }

  /** An amount such as {@code USD 500} or {@code 500 USD}. */
  public Optional<Money> money(String name) {
    return text(name)
        .flatMap(
            text -> {
              var read = amount(text);
              if (read.isEmpty()) {
                wrong(
                    name,
                    "'" + text + "'",
                    "that is no amount of money",
                    "write for example USD 500");
              }
              return read;
            });
  }

  /** Reads {@code USD 500}. */
  public static Optional<Money> amount(String text) {
    String[] parts = text.strip().split("\\s+");
    if (parts.length != 2) {
      return Optional.empty();
    }
    String currency = parts[0].matches("[A-Z]{3}") ? parts[0] : parts[1];
    String number = parts[0].matches("[A-Z]{3}") ? parts[1] : parts[0];
    boolean good = currency.matches("[A-Z]{3}") && number.matches("\\d{1,15}(?:\\.\\d{1,6})?");
    return good ? Optional.of(Money.of(number, currency)) : Optional.empty();
  }

  /** A list of texts; a single text counts as a list of one. */
  public List<String> texts(String name) {
    var found = fields.get(name);
    if (found.isEmpty()) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    for (Value value : found.get() instanceof Items(var items) ? items : List.of(found.get())) {
      switch (value) {
        case Text(var text) -> texts.add(text);
        case Num(var number) -> texts.add(number.toPlainString());
        default -> refuse(name, value, "a list of texts");
      }
    }
    return texts;
  }

  /** An object inside; empty if there is none. */
  public Section section(String name) {
    Value value = fields.get(name).orElse(Fields.EMPTY);
    return of(value, at.child(name), where, problems);
  }

  /** The objects of a list inside. */
  public List<Section> sections(String name) {
    var found = fields.get(name);
    if (found.isEmpty()) {
      return List.of();
    }
    if (!(found.get() instanceof Items(var items))) {
      refuse(name, found.get(), "a list");
      return List.of();
    }
    var sections = new ArrayList<Section>();
    for (int i = 0; i < items.size(); i++) {
      sections.add(of(items.get(i), at.child(name).child(Integer.toString(i)), where, problems));
    }
    return sections;
  }

  /** An object of texts or lists of texts. */
  public Map<String, List<String>> lists(String name) {
    var lists = new LinkedHashMap<String, List<String>>();
    Section inner = section(name);
    inner.names().forEach(key -> lists.put(key, inner.texts(key)));
    return lists;
  }

  private <T> Optional<T> refuse(String name, Value value, String expected) {
    wrong(
        name,
        "'" + name + "' is " + kind(value),
        expected + " is expected",
        "write " + name + " as " + expected);
    return Optional.empty();
  }

  /** What kind of value it is, in words. */
  public static String kind(Value value) {
    return switch (value) {
      case Text _ -> "a text";
      case Num _ -> "a number";
      case Bool _ -> "true or false";
      case Value.Null _ -> "empty";
      case Items _ -> "a list";
      case Fields _ -> "an object";
      case Value.Ref _ -> "a reference";
      case Value.Secret _ -> "a secret";
      case Value.Unknown _ -> "an unknown";
    };
  }
}
