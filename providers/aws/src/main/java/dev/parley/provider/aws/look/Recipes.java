package dev.parley.provider.aws.look;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The recipes of all types: those that are shipped, and an operator's own laid over them, type by
 * type.
 */
public final class Recipes {
  private static final String HOME = "/dev/parley/provider/aws/recipes/";

  private final Map<ResourceType, Recipe> recipes;
  private final List<String> skipped;

  private Recipes(Map<ResourceType, Recipe> recipes, List<String> skipped) {
    this.recipes = recipes;
    this.skipped = List.copyOf(skipped);
  }

  /**
   * Reads them.
   *
   * @param folder the operator's {@code *.yaml}, whose every name and input is checked
   * @throws Invalid with every mistake of every file in the folder
   */
  public static Recipes read(Operations operations, Optional<Path> folder) {
    var recipes = new TreeMap<ResourceType, Recipe>();
    for (String file : lines(HOME + "index.txt")) {
      var form = Form.of(Yaml.parse(file, resource(HOME + file)));
      new RecipeForm(operations, false)
          .recipes(form)
          .forEach(recipe -> recipes.put(recipe.type(), recipe));
      form.check();
    }
    folder.ifPresent(own -> overlay(recipes, operations, own));
    return new Recipes(recipes, skipped(recipes.values(), operations));
  }

  /** The types that have one. */
  public Collection<ResourceType> types() {
    return recipes.keySet();
  }

  /** The calls a type has beside create, read, update and delete. */
  public Collection<String> calls(ResourceType type) {
    return of(type).map(recipe -> recipe.calls().keySet()).orElse(java.util.Set.of());
  }

  /** Whether the type's own service can list it. */
  public boolean lists(ResourceType type) {
    return of(type).flatMap(Recipe::list).isPresent();
  }

  /** What can't be done, since a service's client is not there; for people. */
  public List<String> skipped() {
    return skipped;
  }

  Optional<Recipe> of(ResourceType type) {
    return Optional.ofNullable(recipes.get(type));
  }

  /** Shipped recipes with all names and inputs checked as an operator's are. */
  static List<Problem> problems(Operations operations) {
    var problems = new ArrayList<Problem>();
    for (String file : lines(HOME + "index.txt")) {
      var form = Form.of(Yaml.parse(file, resource(HOME + file)));
      new RecipeForm(operations, true).recipes(form);
      problems.addAll(form.problems());
    }
    return problems;
  }

  private static void overlay(
      Map<ResourceType, Recipe> recipes, Operations operations, Path folder) {
    var problems = new ArrayList<Problem>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try {
          var form = Form.of(Yaml.parse(file.getFileName().toString(), Files.readString(file)));
          new RecipeForm(operations, true)
              .recipes(form)
              .forEach(recipe -> recipes.put(recipe.type(), recipe));
          problems.addAll(form.problems());
        } catch (Invalid e) {
          problems.addAll(e.problems());
        }
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              folder.toString(),
              "the folder of recipes",
              "it can't be read: " + e.getMessage(),
              "make it, or leave the setting out"));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }

  private static List<String> skipped(Collection<Recipe> recipes, Operations operations) {
    var reasons = new TreeSet<String>();
    for (Recipe recipe : recipes) {
      for (Recipe.Ask ask : asks(recipe)) {
        if (!operations.serves(ask.operation())) {
          String service = ask.operation().substring(0, ask.operation().lastIndexOf('.'));
          reasons.add(
              recipe.type()
                  + ": "
                  + ask.operation()
                  + " is skipped, no client of "
                  + service
                  + " is on the class path or in the plugins folder");
        }
      }
    }
    return List.copyOf(reasons);
  }

  private static List<Recipe.Ask> asks(Recipe recipe) {
    var asks = new ArrayList<>(recipe.calls().values());
    recipe.exists().map(Recipe.Existence::ask).ifPresent(asks::add);
    recipe.health().forEach(look -> asks(look, asks));
    recipe.logs().forEach(place -> place.ask().ifPresent(asks::add));
    recipe.list().map(Recipe.Listing::ask).ifPresent(asks::add);
    recipe.usual().forEach(usual -> asks.add(usual.ask()));
    return asks;
  }

  private static void asks(Recipe.Look look, List<Recipe.Ask> asks) {
    look.ask().ifPresent(asks::add);
    look.then().forEach(next -> asks(next, asks));
  }

  static List<String> lines(String path) {
    return resource(path).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static String resource(String path) {
    try (InputStream file = Objects.requireNonNull(Recipes.class.getResourceAsStream(path), path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
