package dev.parley.app.settings;

import dev.parley.engine.json.Yaml;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One object of the file, read field by field. Every mistake is noted and a stand-in returned, so
 * that reading goes on; {@link #end} notes the keys nobody asked for.
 */
final class Section {
  private final Yaml yaml;
  private final Pointer at;
  private final Fields fields;
  private final List<Problem> problems;
  private final References references;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(Yaml yaml, Pointer at, Fields fields, List<Problem> problems, References references) {
    this.yaml = yaml;
    this.at = at;
    this.fields = fields;
    this.problems = problems;
    this.references = references;
  }

  /** The whole file. */
  static Section root(Yaml yaml, List<Problem> problems, References references) {
    Fields fields =
        switch (yaml.value()) {
          case Fields found -> found;
          case Value.Null _ -> Fields.EMPTY;
          default -> {
            problems.add(new Problem(yaml.file(), "the file", "an object is expected", "write 'tenants:' and so on"));
            yield Fields.EMPTY;
          }
        };
    return new Section(yaml, Pointer.ROOT, fields, problems, references);
  }

  /** The section below; empty if it is not there. */
  Section section(String name) {
    Fields below = Fields.EMPTY;
    Optional<Value> found = take(name);
    if (found.isPresent() && !(found.get() instanceof Value.Null)) {
      if (found.get() instanceof Fields there) {
        below = there;
      } else {
        wrong(name, "an object is expected", "write its fields below, indented");
      }
    }
    return new Section(yaml, at.child(name), below, problems, references);
  }

  boolean has(String name) {
    return fields.get(name).isPresent();
  }

  /** Each field of this section as a section of its own, by name. */
  Map<String, Section> each() {
    var all = new LinkedHashMap<String, Section>();
    fields.fields().keySet().forEach(name -> all.put(name, section(name)));
    return all;
  }

  /** The sections of a list. */
  List<Section> list(String name) {
    var all = new ArrayList<Section>();
    List<Value> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      Pointer here = at.child(name).child(Integer.toString(i));
      if (items.get(i) instanceof Fields item) {
        all.add(new Section(yaml, here, item, problems, references));
      } else {
        problems.add(new Problem(yaml.where(here), here.toString(), "an object is expected", "write its fields"));
      }
    }
    return all;
  }

  Optional<String> text(String name) {
    return take(name).flatMap(value -> asText(name, value));
  }

  String text(String name, String fallback) {
    return text(name).orElse(fallback);
  }

  String required(String name, String example) {
    if (!has(name)) {
      known.add(name);
      problems.add(
          new Problem(yaml.where(at), at + "/" + name, "it is missing", "write '" + name + ": " + example + "'"));
    }
    return text(name).orElse("");
  }

  List<String> texts(String name) {
    var all = new ArrayList<String>();
    for (Value item : items(name)) {
      asText(name, item).ifPresent(all::add);
    }
    return all;
  }

  boolean flag(String name, boolean fallback) {
    Optional<Value> found = take(name);
    if (found.isEmpty()) {
      return fallback;
    }
    if (found.get() instanceof Bool(boolean bool)) {
      return bool;
    }
    wrong(name, "true or false is expected", "write true or false");
    return fallback;
  }

  BigDecimal number(String name, long fallback, long least, long most) {
    Optional<Value> found = take(name);
    if (found.isEmpty()) {
      return BigDecimal.valueOf(fallback);
    }
    if (found.get() instanceof Num(BigDecimal number)
        && number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
      return number;
    }
    wrong(name, "a number from " + least + " to " + most + " is expected", "write for example " + fallback);
    return BigDecimal.valueOf(fallback);
  }

  /** A field read by a parser that throws IllegalArgumentException with the reason. */
  <T> Optional<T> parsed(String name, String example, Function<String, T> parse) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text.get()));
    } catch (RuntimeException e) {
      wrong(name, String.valueOf(e.getMessage()), "write for example " + example);
      return Optional.empty();
    }
  }

  Map<String, String> map(String name) {
    var all = new LinkedHashMap<String, String>();
    Section below = section(name);
    below.fields.fields().keySet().forEach(key -> below.text(key).ifPresent(text -> all.put(key, text)));
    return all;
  }

  /** A field as it stands, its {@code ${env:…}} and {@code ${file:…}} made into secrets. */
  Fields raw(String name) {
    return take(name).map(references::secrets).orElse(Fields.EMPTY) instanceof Fields found ? found : Fields.EMPTY;
  }

  /** Notes a mistake at a field. */
  void wrong(String name, String why, String next) {
    Pointer field = at.child(name);
    String what = fields.get(name).map(value -> field + " = " + brief(value)).orElse(field.toString());
    problems.add(new Problem(yaml.where(field), what, why, next));
  }

  /** Notes every key that was never asked for. */
  void end() {
    for (String name : fields.fields().keySet()) {
      if (!known.contains(name)) {
        String next =
            nearest(name).map(near -> "did you mean '" + near + "'?").orElse("known here: " + String.join(", ", known));
        problems.add(new Problem(yaml.where(at.child(name)), at.child(name).toString(), "unknown key", next));
      }
    }
  }

  private Optional<String> nearest(String name) {
    return known.stream()
        .filter(candidate -> candidate.startsWith(name) || name.startsWith(candidate) || distance(candidate, name) <= 2)
        .findFirst();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private List<Value> items(String name) {
    Optional<Value> found = take(name);
    if (found.isEmpty() || found.get() instanceof Value.Null) {
      return List.of();
    }
    if (found.get() instanceof Items(List<Value> items)) {
      return items;
    }
    wrong(name, "a list is expected", "write [one, two]");
    return List.of();
  }

  private Optional<Value> take(String name) {
    known.add(name);
    return fields.get(name);
  }

  private Optional<String> asText(String name, Value value) {
    Optional<String> text =
        switch (value) {
          case Text(String words) -> Optional.of(words);
          case Num(BigDecimal number) -> Optional.of(number.toPlainString());
          case Bool(boolean bool) -> Optional.of(Boolean.toString(bool));
          default -> Optional.empty();
        };
    if (text.isEmpty()) {
      wrong(name, "text is expected", "write words, in quotes if in doubt");
      return Optional.empty();
    }
    try {
      return Optional.of(references.resolve(text.get()));
    } catch (IllegalArgumentException e) {
      wrong(name, String.valueOf(e.getMessage()), "set it, or write the value here");
      return Optional.empty();
    }
  }

  private static String brief(Value value) {
    return switch (value) {
      case Text(String words) -> "'" + words + "'";
      case Num(BigDecimal number) -> number.toPlainString();
      case Bool(boolean bool) -> Boolean.toString(bool);
      case Items _ -> "a list";
      case Fields _ -> "an object";
      default -> "nothing";
    };
  }
}
