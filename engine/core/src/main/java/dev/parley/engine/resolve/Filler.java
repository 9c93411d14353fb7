package dev.parley.engine.resolve;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of an offering's part, and notes which places hold what the request really
 * said, so that a later request changes only what it says.
 *
 * <p>Beside {@code ${argument}} a template may hold {@code {$ref: "${argument}#/Output"}}, {@code
 * {$each: argument, item: …}}, {@code {$pick: argument, of: {value: …, "*": …}, else: …}} and
 * {@code {$text: "${argument}"}}, for a type that wants a number written as text. What lacks its
 * argument is left out.
 */
final class Filler {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");

  private final Map<String, Value> arguments;
  private final Set<String> said;
  private final Set<Pointer> saidPlaces = new LinkedHashSet<>();
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * With these arguments.
   *
   * @param said those that the request gave itself; the rest are defaults
   */
  Filler(Map<String, Value> arguments, Set<String> said) {
    this.arguments = arguments;
    this.said = said;
  }

  /** The part's properties. */
  Fields fill(Fields template) {
    return fill(template, Pointer.ROOT, false).orElse(Fields.EMPTY) instanceof Fields filled
        ? filled
        : Fields.EMPTY;
  }

  /** The places that hold what was said, or that what was said leaves empty. */
  Set<Pointer> saidPlaces() {
    return saidPlaces;
  }

  /** The arguments that the template asked for. */
  Set<String> used() {
    return used;
  }

  private Optional<Value> fill(Value template, Pointer at, boolean decided) {
    return switch (template) {
      case Text(var text) -> text(text, at, decided);
      case Ref(var target, var pointer) -> reference(target, pointer, at, decided);
      case Items(var items) -> {
        var filled = new ArrayList<Value>();
        for (Value item : items) {
          fill(item, at.child(Integer.toString(filled.size())), decided).ifPresent(filled::add);
        }
        yield Optional.of(new Items(filled));
      }
      case Fields fields when fields.get("$each").isPresent() -> each(fields, at, decided);
      case Fields fields when fields.get("$pick").isPresent() -> pick(fields, at, decided);
      case Fields fields when fields.get("$text").isPresent() ->
          fill(fields.get("$text").get(), at, decided).flatMap(Filler::plain).map(Text::new);
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach(
            (name, field) ->
                fill(field, at.child(name), decided).ifPresent(value -> filled.put(name, value)));
        yield Optional.of(new Fields(filled));
      }
      default -> {
        note(at, decided);
        yield Optional.of(template);
      }
    };
  }

  private Optional<Value> text(String text, Pointer at, boolean decided) {
    Matcher match = PLACEHOLDER.matcher(text);
    if (match.matches()) {
      note(at, decided || isSaid(match.group(1)));
      return argument(match.group(1));
    }
    Optional<String> filled = inline(text);
    note(at, decided || placeholders(text).stream().anyMatch(this::isSaid));
    return filled.map(Text::new);
  }

  private Optional<Value> reference(String target, String pointer, Pointer at, boolean decided) {
    note(at, decided || placeholders(target + pointer).stream().anyMatch(this::isSaid));
    Optional<String> filledPointer = inline(pointer);
    if (filledPointer.isEmpty()) {
      return Optional.empty();
    }
    Matcher match = PLACEHOLDER.matcher(target);
    if (match.matches()) {
      Value value = single(argument(match.group(1)).orElse(Value.NULL));
      return switch (value) {
        case Text(var name) -> Optional.of(new Ref(name, filledPointer.get()));
        case Value.Null _ -> Optional.empty();
        default -> Optional.of(value);
      };
    }
    return inline(target).map(name -> new Ref(name, filledPointer.get()));
  }

  private static Value single(Value value) {
    return value instanceof Items(var items) && items.size() == 1 ? items.getFirst() : value;
  }

  private Optional<Value> each(Fields template, Pointer at, boolean decided) {
    String name = template.text("$each").orElse("");
    boolean here = decided || isSaid(name);
    note(at, here);
    Optional<Value> values = argument(name);
    if (values.isEmpty() || template.get("item").isEmpty()) {
      return Optional.empty();
    }
    List<Value> list = values.get() instanceof Items(var items) ? items : List.of(values.get());
    var made = new ArrayList<Value>();
    for (Value value : list) {
      var inner = new HashMap<>(arguments);
      inner.put("item", value);
      if (value instanceof Fields fields) {
        fields.fields().forEach((field, content) -> inner.put("item." + field, content));
      }
      var filler = new Filler(inner, said);
      filler.fill(template.get("item").get(), Pointer.ROOT, false).ifPresent(made::add);
      used.addAll(filler.used);
      if (!filler.saidPlaces.isEmpty()) {
        note(at, true);
      }
    }
    return Optional.of(new Items(made));
  }

  private Optional<Value> pick(Fields template, Pointer at, boolean decided) {
    String name = template.text("$pick").orElse("");
    boolean here = decided || isSaid(name);
    Fields of = template.fieldsAt("of");
    Optional<Value> value = argument(name);
    Optional<Value> chosen = value.flatMap(Filler::plain).flatMap(of::get);
    if (chosen.isEmpty() && value.isPresent() && !value.get().equals(new Bool(false))) {
      chosen = of.get("*");
    }
    Optional<Value> result = chosen.or(() -> template.get("else"));
    if (result.isEmpty()) {
      note(at, here);
      return Optional.empty();
    }
    return fill(result.get(), at, here);
  }

  private Optional<Value> argument(String name) {
    used.add(name.contains(".") ? name.substring(0, name.indexOf('.')) : name);
    return Optional.ofNullable(arguments.get(name)).filter(value -> !(value instanceof Value.Null));
  }

  private boolean isSaid(String name) {
    return said.contains(name)
        || (name.contains(".") && said.contains(name.substring(0, name.indexOf('.'))));
  }

  private void note(Pointer at, boolean isSaid) {
    if (isSaid) {
      saidPlaces.add(at);
    }
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The text with all placeholders filled; empty if one can't be. */
  private Optional<String> inline(String text) {
    if (text.indexOf("${") < 0) {
      return Optional.of(text);
    }
    var out = new StringBuilder();
    Matcher match = PLACEHOLDER.matcher(text);
    int end = 0;
    while (match.find()) {
      Optional<String> plain = argument(match.group(1)).flatMap(Filler::plain);
      if (plain.isEmpty()) {
        return Optional.empty();
      }
      out.append(text, end, match.start()).append(plain.get());
      end = match.end();
    }
    return Optional.of(out.append(text.substring(end)).toString());
  }

  private static Optional<String> plain(Value value) {
    return switch (single(value)) {
      case Text(var text) -> Optional.of(text);
      case Num(var number) -> Optional.of(number.toPlainString());
      case Bool(var bool) -> Optional.of(Boolean.toString(bool));
      default -> Optional.empty();
    };
  }
}
