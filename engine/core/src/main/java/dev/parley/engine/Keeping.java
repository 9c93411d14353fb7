package dev.parley.engine;

import dev.parley.engine.json.Codec;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes a draft that was carried out into a blueprint: its names' common beginning, its region, its
 * sizes and how many there are become parameters whose fallbacks are what was asked for.
 */
final class Keeping {
  private static final List<String> SIZES =
      List.of("size", "vcpu", "memory", "disk", "storage", "replicas", "nodes", "version");
  private static final Set<String> SMALL_WORDS =
      Set.of(
          "a", "an", "and", "the", "with", "of", "in", "for", "to", "on", "at", "create", "make",
          "add", "new");

  private Keeping() {}

  static Blueprint blueprint(String name, Draft draft, int uses) {
    var parameters = new ArrayList<Blueprint.Parameter>();
    Fields template = Codec.encode(draft);
    Optional<String> stem = stem(draft);
    if (stem.isPresent()) {
      Set<String> names =
          draft.wants().stream()
              .flatMap(want -> made(want).stream())
              .map(Want.Make::name)
              .collect(Collectors.toSet());
      template = (Fields) renamed(template, names, stem.get());
      parameters.add(
          new Blueprint.Parameter(
              "name",
              "what its parts' names begin with",
              Blueprint.Kind.TEXT,
              Optional.of(Value.text(stem.get())),
              List.of()));
    }
    Optional<Value> region = template.fieldsAt("place").get("region");
    if (region.isPresent()) {
      template =
          template.with(
              "place", template.fieldsAt("place").with("region", Value.text("${region}")));
      parameters.add(
          new Blueprint.Parameter("region", "where", Blueprint.Kind.TEXT, region, List.of()));
    }
    for (String size : SIZES) {
      Optional<Value> common = common(template, size);
      if (common.isPresent()) {
        template = sized(template, size);
        parameters.add(
            new Blueprint.Parameter(
                size,
                size,
                common.get() instanceof Value.Num ? Blueprint.Kind.NUMBER : Blueprint.Kind.TEXT,
                common,
                List.of()));
      }
    }
    Optional<Counting.Counted> counted = Counting.in(template);
    if (counted.isPresent()) {
      template = counted.get().template();
      parameters.add(
          new Blueprint.Parameter(
              "count",
              "how many",
              Blueprint.Kind.NUMBER,
              Optional.of(Value.num(counted.get().count())),
              List.of()));
    }
    return new Blueprint(name, draft.title(), words(draft), parameters, template, uses);
  }

  private static Optional<Want.Make> made(Want want) {
    return want instanceof Want.Make make ? Optional.of(make) : Optional.empty();
  }

  /** What all names begin with, up to a dash; empty if they have nothing in common. */
  private static Optional<String> stem(Draft draft) {
    List<String> names =
        draft.wants().stream().flatMap(want -> made(want).stream()).map(Want.Make::name).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String stem = names.size() == 1 ? names.getFirst() : names.getFirst().replaceFirst("-.*", "");
    boolean all = names.stream().allMatch(name -> name.equals(stem) || name.startsWith(stem + "-"));
    return all && !stem.isBlank() ? Optional.of(stem) : Optional.empty();
  }

  private static Value renamed(Value value, Set<String> names, String stem) {
    return switch (value) {
      case Text(var text) when names.contains(text) ->
          Value.text("${name}" + text.substring(stem.length()));
      case Value.Ref(var target, var pointer) when names.contains(target) ->
          new Value.Ref("${name}" + target.substring(stem.length()), pointer);
      case Fields(var fields) -> {
        var copy = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> copy.put(name, renamed(field, names, stem)));
        yield new Fields(copy);
      }
      case Items(var items) ->
          new Items(items.stream().map(item -> renamed(item, names, stem)).toList());
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

  /** The value of an argument, if every want that has it says the same. */
  private static Optional<Value> common(Fields template, String argument) {
    Set<Value> values = new HashSet<>();
    for (Value want : template.itemsAt("wants")) {
      if (want instanceof Fields fields) {
        fields.fieldsAt("what").fieldsAt("arguments").get(argument).ifPresent(values::add);
      }
    }
    return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
  }

  private static Fields sized(Fields template, String argument) {
    var wants = new ArrayList<Value>();
    for (Value want : template.itemsAt("wants")) {
      if (want instanceof Fields fields
          && fields.fieldsAt("what").fieldsAt("arguments").get(argument).isPresent()) {
        Fields what = fields.fieldsAt("what");
        wants.add(
            fields.with(
                "what",
                what.with(
                    "arguments",
                    what.fieldsAt("arguments").with(argument, Value.text("${" + argument + "}")))));
      } else {
        wants.add(want);
      }
    }
    return template.with("wants", new Items(wants));
  }

  private static Set<String> words(Draft draft) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : draft.title().toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (word.length() > 1 && !SMALL_WORDS.contains(word)) {
        words.add(word);
      }
    }
    for (Want want : draft.wants()) {
      made(want)
          .map(Want.Make::what)
          .ifPresent(
              what -> {
                switch (what) {
                  case Want.OfService service -> words.add(service.service());
                  case Want.OfType type ->
                      words.add(type.type().toString().toLowerCase(Locale.ROOT));
                }
              });
    }
    return new TreeSet<>(words);
  }
}
