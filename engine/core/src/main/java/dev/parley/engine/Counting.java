package dev.parley.engine;

import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds what a template says several times over, {@code ${name}-1} to {@code ${name}-3}, and says
 * it once, as often as the parameter {@code count} tells.
 */
final class Counting {
  private static final String COUNT = "${count}";
  private static final String ONE = "${name}-${index}";

  private Counting() {}

  /** A template that repeats, and how often it did. */
  record Counted(Fields template, int count) {}

  /** Empty if nothing is there several times, or something refers to only some of it. */
  static Optional<Counted> in(Fields template) {
    var twins = new ArrayList<Value>();
    var rest = new ArrayList<Value>();
    int place = 0;
    for (Value want : template.itemsAt("wants")) {
      String own = name(twins.size() + 1);
      if (want instanceof Fields fields && fields.text("name").equals(Optional.of(own))) {
        if (twins.isEmpty()) {
          place = rest.size();
        }
        twins.add(replaced(want, own));
      } else {
        rest.add(want);
      }
    }
    if (twins.size() < 2 || twins.stream().distinct().count() > 1) {
      return Optional.empty();
    }
    Items all =
        Value.texts(IntStream.rangeClosed(1, twins.size()).mapToObj(Counting::name).toList());
    rest.add(place, repeat(twins.getFirst()));
    Fields counted = (Fields) together(template.with("wants", new Items(rest)), all);
    boolean some = all.items().stream().anyMatch(one -> mentions(counted, ((Text) one).text()));
    return some ? Optional.empty() : Optional.of(new Counted(counted, twins.size()));
  }

  private static String name(int number) {
    return "${name}-" + number;
  }

  private static Fields repeat(Value item) {
    return Fields.of("$repeat", Value.text(COUNT)).with("item", item);
  }

  private static Value replaced(Value value, String own) {
    return switch (value) {
      case Text(var text) when text.equals(own) -> Value.text(ONE);
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, replaced(field, own)));
        yield new Fields(copy);
      }
      case Items(var items) -> new Items(items.stream().map(item -> replaced(item, own)).toList());
      case Text _,
          Value.Num _,
          Value.Bool _,
          Value.Null _,
          Value.Ref _,
          Value.Secret _,
          Value.Unknown _ ->
          value;
    };
  }

  private static Value together(Value value, Items all) {
    return switch (value) {
      case Items items when items.equals(all) -> repeat(Value.text(ONE));
      case Items(var items) -> new Items(items.stream().map(item -> together(item, all)).toList());
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, together(field, all)));
        yield new Fields(copy);
      }
      case Text _,
          Value.Num _,
          Value.Bool _,
          Value.Null _,
          Value.Ref _,
          Value.Secret _,
          Value.Unknown _ ->
          value;
    };
  }

  private static boolean mentions(Value value, String name) {
    return switch (value) {
      case Text(var text) -> text.equals(name);
      case Value.Ref(var target, _) -> target.equals(name);
      case Items(List<Value> items) -> items.stream().anyMatch(item -> mentions(item, name));
      case Fields(var fields) -> fields.values().stream().anyMatch(field -> mentions(field, name));
      case Value.Num _, Value.Bool _, Value.Null _, Value.Secret _, Value.Unknown _ -> false;
    };
  }
}
