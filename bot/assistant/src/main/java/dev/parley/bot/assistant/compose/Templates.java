package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.engine.blueprint.BlueprintFiles;
import dev.parley.plan.Blueprint;
import dev.parley.plan.Blueprint.Parameter;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Blueprints: recognised by name or by their words, and filled from a request. */
final class Templates {
  private final Scene scene;
  private final Memory memory;

  Templates(Scene scene, Memory memory) {
    this.scene = scene;
    this.memory = memory;
  }

  /** The draft of a blueprint with the request's values. */
  Draft fill(String name, Request request) {
    Blueprint blueprint =
        scene.conversation().blueprints().stream()
            .filter(b -> b.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow();
    Map<String, Value> given = given(blueprint, request);
    var values = new LinkedHashMap<String, Value>();
    for (Parameter parameter : blueprint.parameters()) {
      Optional<Value> value =
          Optional.ofNullable(given.get(parameter.name()))
              .or(parameter::fallback)
              .filter(v -> !(v instanceof Value.Null));
      values.put(parameter.name(), value.orElseGet(() -> ask(blueprint, parameter)));
    }
    try {
      return BlueprintFiles.fill(blueprint, new Fields(values));
    } catch (Invalid e) {
      throw new Halt(
          new Reading.Lost(
              List.of("use blueprint " + name),
              List.of(),
              "The blueprint can't be filled: " + e.getMessage() + "."));
    }
  }

  /** Whether a number the request says is one of the blueprint's parameters. */
  boolean takes(String name, Request request, int number) {
    return scene.conversation().blueprints().stream()
        .filter(b -> b.name().equalsIgnoreCase(name))
        .anyMatch(b -> given(b, request).containsValue(Value.num(number)));
  }

  private Value ask(Blueprint blueprint, Parameter parameter) {
    String key = "parameter:" + parameter.name();
    Optional<String> answer = memory.answer(key);
    if (answer.isPresent()) {
      return typed(parameter, answer.get());
    }
    throw new Halt(
        memory.ask(
            parameter.name(),
            key,
            "Blueprint "
                + blueprint.name()
                + " needs "
                + parameter.title().toLowerCase(Locale.ROOT)
                + ". Which?",
            parameter.choices().stream().map(Templates::show).toList()));
  }

  private static String show(Value value) {
    return switch (value) {
      case Text(var text) -> text;
      case Value.Num(var number) -> number.toPlainString();
      case Value.Bool(var bool) -> Boolean.toString(bool);
      default -> "";
    };
  }

  private static Value typed(Parameter parameter, String text) {
    return switch (parameter.kind()) {
      case NUMBER ->
          text.matches("-?\\d{1,15}(\\.\\d{1,9})?")
              ? Value.num(new BigDecimal(text))
              : Value.text(text);
      case FLAG ->
          Value.bool(
              text.equalsIgnoreCase("true")
                  || text.equalsIgnoreCase("yes")
                  || text.equalsIgnoreCase("on"));
      case TEXT -> Value.text(text);
    };
  }

  /** What the request says about the parameters: by key, by a counted word, by kind of value. */
  private Map<String, Value> given(Blueprint blueprint, Request request) {
    var given = new HashMap<String, Value>();
    for (Parameter parameter : blueprint.parameters()) {
      value(parameter, request).ifPresent(value -> given.put(parameter.name(), value));
    }
    List<Parameter> numbers =
        blueprint.parameters().stream().filter(p -> p.kind() == Blueprint.Kind.NUMBER).toList();
    Optional<Integer> bare =
        request.clauses().stream()
            .flatMap(c -> c.count().isPresent() ? Stream.of(c.count().getAsInt()) : Stream.empty())
            .findFirst();
    if (numbers.size() == 1 && bare.isPresent() && !given.containsKey(numbers.getFirst().name())) {
      given.put(numbers.getFirst().name(), Value.num(bare.get()));
    }
    return given;
  }

  private Optional<Value> value(Parameter parameter, Request request) {
    Set<String> words = words(parameter.name() + " " + parameter.title());
    for (Clause clause : request.clauses()) {
      for (Pair pair : pairs(clause)) {
        if (pair.key().equalsIgnoreCase(parameter.name())) {
          return Optional.of(typed(parameter, pair.value()));
        }
      }
      for (Noun noun : clause.nouns()) {
        boolean counted = noun.count().isPresent() && parameter.kind() == Blueprint.Kind.NUMBER;
        if (counted
            && noun.kind() instanceof Noun.OfService(var service, var base, _)
            && counts(service, base, words)) {
          return Optional.of(Value.num(noun.count().getAsInt()));
        }
        for (Quality quality : noun.qualities()) {
          Optional<Value> value =
              quality.options().stream().flatMap(o -> o.get(parameter.name()).stream()).findFirst();
          if (value.isPresent()) {
            return value;
          }
        }
        if (words.contains("name") && !noun.names().isEmpty()) {
          return Optional.of(Value.text(noun.names().getFirst()));
        }
      }
      for (Quality quality : clause.loose()) {
        Optional<Value> value =
            quality.options().stream().flatMap(o -> o.get(parameter.name()).stream()).findFirst();
        if (value.isPresent()) {
          return value;
        }
      }
    }
    if (words.contains("environment") && request.frame().environment().isPresent()) {
      return request.frame().environment().map(Value::text);
    }
    return Optional.empty();
  }

  private static List<Pair> pairs(Clause clause) {
    return Stream.concat(
            clause.pairs().stream(), clause.nouns().stream().flatMap(n -> n.pairs().stream()))
        .toList();
  }

  private boolean counts(String service, String base, Set<String> words) {
    boolean generic = words.contains("count") || words.contains("number") || words.contains("size");
    return generic
        || words.contains(base)
        || scene.services().offerings(service).stream()
            .flatMap(o -> o.words().stream())
            .flatMap(word -> Arrays.stream(word.split(" ")))
            .anyMatch(word -> words.contains(word) || words.contains(word + "s"))
        || words.contains(service);
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
  }

  /** A blueprint whose words are the request's: two thirds of them, at least two. */
  Optional<String> like(Draft draft, String message) {
    Set<String> said = words(message);
    draft
        .wants()
        .forEach(
            want -> {
              if (want instanceof Want.Make make) {
                Target.service(make)
                    .ifPresent(
                        service -> {
                          said.add(service);
                          said.addAll(List.of(service.split("-")));
                        });
              }
            });
    return scene.conversation().blueprints().stream()
        .filter(
            blueprint -> {
              long shared =
                  blueprint.words().stream()
                      .filter(word -> said.contains(word) || said.contains(word + "s"))
                      .count();
              return shared >= 2 && shared * 3 >= blueprint.words().size() * 2L;
            })
        .map(Blueprint::name)
        .findFirst();
  }
}
