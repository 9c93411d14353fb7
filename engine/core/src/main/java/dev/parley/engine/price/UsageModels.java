package dev.parley.engine.price;

import dev.parley.engine.json.Form;
import dev.parley.engine.json.Yaml;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each type of resource costs money for, and which types are free by nature. Data: a type that
 * is in neither list is unpriced, never free.
 */
public final class UsageModels {
  private static final List<String> SHIPPED = List.of("aws.yaml", "azure.yaml", "gcp.yaml");

  private final Map<String, List<UsageModel>> models;
  private final Set<String> free;
  private final Map<String, RegionRatios> regions;
  private final String revision;

  private UsageModels(
      Map<String, List<UsageModel>> models,
      Set<String> free,
      Map<String, RegionRatios> regions,
      String revision) {
    this.models = models;
    this.free = free;
    this.regions = regions;
    this.revision = revision;
  }

  /** Our own. */
  public static UsageModels shipped() {
    var texts = new LinkedHashMap<String, String>();
    SHIPPED.forEach(
        file -> texts.put(file, PriceBook.resource("/dev/parley/engine/usage/" + file)));
    return read(texts);
  }

  /**
   * From YAML.
   *
   * @param files name → text
   * @throws dev.parley.value.Invalid with every mistake of the first file that has any
   */
  public static UsageModels read(Map<String, String> files) {
    var models = new HashMap<String, List<UsageModel>>();
    var free = new HashSet<String>();
    var regions = new HashMap<String, RegionRatios>();
    files.forEach(
        (file, text) -> {
          Form form = Form.of(Yaml.parse(file, text));
          Form families = form.object("regions");
          for (String family : families.names()) {
            regions.put(family, RegionRatios.read(families.object(family)));
          }
          free.addAll(form.texts("free"));
          Form types = form.object("types");
          for (String type : types.names()) {
            types.read(type, type, ResourceType::of, "write family:name");
            if (free.contains(type)) {
              types.wrong(
                  type,
                  "'" + type + "'",
                  "it is among the free types too",
                  "leave it in one place");
            }
            models.put(type, types.objects(type).stream().map(UsageModels::model).toList());
          }
          form.done();
          form.check();
        });
    String all = String.join("\n", files.values());
    return new UsageModels(models, free, regions, Digest.ofText(all).hex());
  }

  /** Whether the type costs nothing by nature. */
  public boolean free(ResourceType type) {
    return free.contains(key(type));
  }

  /** Whether the type is known here: priced, assumed or free. */
  public boolean knows(ResourceType type) {
    return free(type) || models.containsKey(key(type));
  }

  /** Every type known here, by family and unversioned name. */
  public Set<String> types() {
    var all = new TreeSet<>(models.keySet());
    all.addAll(free);
    return all;
  }

  /** Changes whenever any model or assumption does. */
  public String revision() {
    return revision;
  }

  List<UsageModel> of(ResourceType type) {
    return models.getOrDefault(key(type), List.of());
  }

  RegionRatios regions(String family) {
    return regions.getOrDefault(family, RegionRatios.NONE);
  }

  private static String key(ResourceType type) {
    return type.family() + ":" + type.unversioned();
  }

  private static UsageModel model(Form form) {
    Form with = form.object("with");
    var variables = new LinkedHashMap<String, UsageModel.Variable>();
    for (String name : with.names()) {
      variables.put(name, variable(with.object(name)));
    }
    var when = new LinkedHashMap<String, List<String>>();
    Form conditions = form.object("when");
    for (String name : conditions.names()) {
      when.put(name, conditions.texts(name));
    }
    var model =
        new UsageModel(
            form.required("what"),
            variables,
            form.required("service"),
            form.required("sku"),
            form.required("unit"),
            form.value("quantity").map(value -> factors(form, value)).orElse(List.of()),
            form.pointer("each"),
            when);
    if (model.quantity().isEmpty()) {
      form.wrong(
          "quantity",
          "no quantity",
          "'quantity' is needed",
          "write a number, a variable, or a list of both");
    }
    for (String name : named(model)) {
      if (!variables.containsKey(name)) {
        form.wrong("variable '" + name + "'", "it is not looked up in 'with'", "add it there");
      }
    }
    form.done();
    return model;
  }

  private static UsageModel.Variable variable(Form form) {
    var map = new HashMap<String, String>();
    Form entries = form.object("map");
    for (String name : entries.names()) {
      entries.text(name).ifPresent(text -> map.put(name, text));
    }
    var steps = new ArrayList<BigDecimal>();
    if (form.value("steps").orElse(Items.of()) instanceof Items(var items)) {
      items.forEach(
          item -> {
            if (item instanceof Num(var number)) {
              steps.add(number);
            }
          });
    }
    var variable =
        new UsageModel.Variable(
            form.required("at"),
            form.pointer("follow"),
            map,
            steps,
            form.text("else"),
            form.text("assume"));
    form.done();
    return variable;
  }

  private static List<UsageModel.Factor> factors(Form form, Value value) {
    return switch (value) {
      case Num(var number) -> List.of(new UsageModel.Factor.Fixed(number));
      case Text(var name) -> List.of(new UsageModel.Factor.Named(name));
      case Fields(var fields) -> {
        var guess = new HashMap<String, BigDecimal>();
        fields.forEach(
            (environment, amount) -> {
              if (amount instanceof Num(var number) && number.signum() > 0) {
                guess.put(environment, number);
              } else {
                form.wrong(
                    "quantity",
                    Form.show(amount),
                    "what is used is never assumed to be nothing",
                    "write a number above 0");
              }
            });
        if (!guess.containsKey("otherwise")) {
          form.wrong(
              "quantity",
              "no 'otherwise'",
              "every environment needs an assumption",
              "add otherwise: and a number");
        }
        yield List.of(new UsageModel.Factor.Guess(guess));
      }
      case Items(var items) ->
          items.stream().flatMap(item -> factors(form, item).stream()).toList();
      default -> List.of();
    };
  }

  private static Set<String> named(UsageModel model) {
    var names = new TreeSet<>(Comparator.<String>naturalOrder());
    for (String text : List.of(model.what(), model.service(), model.sku())) {
      names.addAll(Metering.placeholders(text));
    }
    names.addAll(model.when().keySet());
    model
        .quantity()
        .forEach(
            factor -> {
              if (factor instanceof UsageModel.Factor.Named(var name)) {
                names.add(name);
              }
            });
    return names;
  }

  /** Prices of other regions as shares of a reference region's. */
  record RegionRatios(
      Optional<String> reference, Map<String, BigDecimal> ratios, BigDecimal otherwise) {
    static final RegionRatios NONE = new RegionRatios(Optional.empty(), Map.of(), BigDecimal.ONE);

    static RegionRatios read(Form form) {
      var ratios = new HashMap<String, BigDecimal>();
      Form entries = form.object("ratios");
      for (String region : entries.names()) {
        entries.number(region).ifPresent(ratio -> ratios.put(region, ratio));
      }
      String reference = form.required("reference");
      BigDecimal otherwise = form.number("otherwise").orElse(BigDecimal.ONE);
      form.done();
      return new RegionRatios(Optional.of(reference), Map.copyOf(ratios), otherwise);
    }

    /** The reference region first. */
    List<String> inOrder() {
      var all = new ArrayList<String>();
      reference.ifPresent(all::add);
      ratios.keySet().stream().sorted().filter(region -> !all.contains(region)).forEach(all::add);
      return all;
    }

    BigDecimal ratio(String region) {
      return reference.filter(region::equals).isPresent()
          ? BigDecimal.ONE
          : ratios.getOrDefault(region, otherwise);
    }
  }

  /** For tests and tools: where in the properties a type's models look. */
  Set<Pointer> looksAt(ResourceType type) {
    var places = new HashSet<Pointer>();
    for (UsageModel model : of(type)) {
      for (UsageModel.Variable variable : model.with().values()) {
        String at = variable.at();
        if (at.startsWith("/")) {
          places.add(Pointer.of(at));
        } else if (at.startsWith("./") && model.each().isPresent()) {
          places.add(Pointer.of(model.each().get() + "/*" + at.substring(1)));
        }
      }
      model.each().ifPresent(places::add);
    }
    return places;
  }
}
