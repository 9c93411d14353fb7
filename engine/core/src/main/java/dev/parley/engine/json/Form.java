package dev.parley.engine.json;

import dev.parley.value.Invalid;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An object in a file that people write. Reading it collects every mistake instead of stopping at
 * the first; {@link #done} refuses the fields that nobody asked for.
 */
public final class Form {
  private final Fields fields;
  private final Pointer at;
  private final Function<Pointer, String> where;
  private final List<Problem> problems;
  private final Set<String> asked = new LinkedHashSet<>();

  private Form(Fields fields, Pointer at, Function<Pointer, String> where, List<Problem> problems) {
    this.fields = fields;
    this.at = at;
    this.where = where;
    this.problems = problems;
  }

  /** The whole of a YAML document. */
  public static Form of(Yaml yaml) {
    return root(yaml.value(), yaml::where);
  }

  /** The whole of a JSON document; places are named {@code file#pointer}. */
  public static Form of(String file, Value json) {
    return root(json, pointer -> file + "#" + pointer);
  }

  private static Form root(Value value, Function<Pointer, String> where) {
    var form =
        new Form(
            value instanceof Fields f ? f : Fields.EMPTY, Pointer.ROOT, where, new ArrayList<>());
    if (!(value instanceof Fields)) {
      form.wrong(
          Pointer.ROOT, show(value), "an object is expected here", "write fields: name: value");
    }
    return form;
  }

  /** The object itself. */
  public Fields fields() {
    return fields;
  }

  /** A field of any kind. */
  public Optional<Value> value(String name) {
    asked.add(name);
    return fields.get(name).filter(value -> !(value instanceof Value.Null));
  }

  /** A text that may be missing. Numbers and flags are taken as they are written. */
  public Optional<String> text(String name) {
    return value(name).flatMap(value -> asText(at.child(name), value));
  }

  /** A text that must be there and not be blank; "" stands for the mistake. */
  public String required(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty() && !fields.fields().containsKey(name)) {
      wrong(name, "nothing", "'" + name + "' is needed", "write " + name + ": …");
    } else if (text.filter(String::isBlank).isPresent()) {
      wrong(name, "a blank '" + name + "'", "it may not be blank", "write a text");
    }
    return text.orElse("");
  }

  /** A text that must be one of these. */
  public Optional<String> oneOf(String name, List<String> allowed) {
    Optional<String> text = text(name);
    if (text.isPresent() && !allowed.contains(text.get())) {
      wrong(
          name,
          "'" + text.get() + "'",
          "it is none of " + String.join(", ", allowed),
          Nearest.hint(text.get(), allowed, "values"));
      return Optional.empty();
    }
    return text;
  }

  /** A number that may be missing. */
  public Optional<BigDecimal> number(String name) {
    return value(name)
        .flatMap(
            value -> {
              if (value instanceof Num(var number)) {
                return Optional.of(number);
              }
              wrong(name, show(value), "a number is expected", "write digits without quotes");
              return Optional.empty();
            });
  }

  /** True or false. */
  public boolean flag(String name, boolean fallback) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Bool(var bool)) {
                return bool;
              }
              wrong(name, show(value), "true or false is expected", "write true or false");
              return fallback;
            })
        .orElse(fallback);
  }

  /** A list of texts; missing is empty, and one text stands for a list of one. */
  public List<String> texts(String name) {
    Optional<Value> value = value(name);
    var texts = new ArrayList<String>();
    List<Value> items =
        value.map(v -> v instanceof Items(var list) ? list : List.of(v)).orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      Pointer place =
          value.get() instanceof Items ? at.child(name).child(Integer.toString(i)) : at.child(name);
      asText(place, items.get(i)).ifPresent(texts::add);
    }
    return texts;
  }

  /** An object that may be missing; a missing one is empty. */
  public Form object(String name) {
    Value value = value(name).orElse(Fields.EMPTY);
    if (!(value instanceof Fields)) {
      wrong(name, show(value), "an object is expected", "write fields below '" + name + "'");
    }
    return new Form(value instanceof Fields f ? f : Fields.EMPTY, at.child(name), where, problems);
  }

  /** A list of objects; missing is empty. */
  public List<Form> objects(String name) {
    Value value = value(name).orElse(Items.of());
    var forms = new ArrayList<Form>();
    if (value instanceof Items(var items)) {
      for (int i = 0; i < items.size(); i++) {
        Pointer place = at.child(name).child(Integer.toString(i));
        if (items.get(i) instanceof Fields f) {
          forms.add(new Form(f, place, where, problems));
        } else {
          wrong(place, show(items.get(i)), "an object is expected", "write fields");
        }
      }
    } else {
      wrong(name, show(value), "a list is expected", "begin each entry with '- '");
    }
    return forms;
  }

  /** The names of all fields; each is asked for thereby. */
  public List<String> names() {
    asked.addAll(fields.fields().keySet());
    return List.copyOf(fields.fields().keySet());
  }

  /** A JSON pointer that may be missing. */
  public Optional<Pointer> pointer(String name) {
    return text(name).flatMap(text -> asPointer(at.child(name), text));
  }

  /** A list of JSON pointers. */
  public List<Pointer> pointers(String name) {
    var pointers = new ArrayList<Pointer>();
    List<String> texts = texts(name);
    for (int i = 0; i < texts.size(); i++) {
      asPointer(at.child(name).child(Integer.toString(i)), texts.get(i)).ifPresent(pointers::add);
    }
    return pointers;
  }

  /** Notes a mistake about a field. */
  public void wrong(String name, String what, String why, String next) {
    wrong(at.child(name), what, why, next);
  }

  /** Notes a mistake about this object. */
  public void wrong(String what, String why, String next) {
    wrong(at, what, why, next);
  }

  /** Reads one thing that throws {@code IllegalArgumentException} when it is wrong. */
  public <T> Optional<T> read(String name, String text, Function<String, T> reader, String next) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      wrong(name, "'" + text + "'", String.valueOf(e.getMessage()), next);
      return Optional.empty();
    }
  }

  /** Notes every field that was not asked for. */
  public void done() {
    for (String name : fields.fields().keySet()) {
      if (!asked.contains(name)) {
        wrong(
            name,
            "'" + name + "'",
            "there is no such field here",
            Nearest.hint(name, asked, "fields"));
      }
    }
  }

  /** All mistakes so far, of this object and all others of the same document. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Ends the reading of the whole document.
   *
   * @throws Invalid if there was any mistake
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }

  /** A value as people would recognise it, not too long. */
  public static String show(Value value) {
    String text =
        switch (value) {
          case Text(var t) -> "'" + t + "'";
          case Value.Secret _ -> "a secret";
          case Value.Ref(var target, var pointer) -> "a reference to " + target + pointer;
          case Value.Unknown(var why) -> "something unknown (" + why + ")";
          default -> Json.write(value);
        };
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }

  private Optional<String> asText(Pointer place, Value value) {
    return switch (value) {
      case Text(var text) -> Optional.of(text);
      case Num(var number) -> Optional.of(number.toPlainString());
      case Bool(var bool) -> Optional.of(Boolean.toString(bool));
      default -> {
        wrong(place, show(value), "a text is expected", "write a word");
        yield Optional.empty();
      }
    };
  }

  private Optional<Pointer> asPointer(Pointer place, String text) {
    try {
      return Optional.of(Pointer.of(text));
    } catch (IllegalArgumentException e) {
      wrong(place, "'" + text + "'", "a JSON pointer begins with a slash", "write /" + text);
      return Optional.empty();
    }
  }

  private void wrong(Pointer place, String what, String why, String next) {
    problems.add(new Problem(where.apply(place), what, why, next));
  }
}
