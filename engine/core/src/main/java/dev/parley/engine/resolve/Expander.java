package dev.parley.engine.resolve;

import dev.parley.catalog.Offering;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Nearest;
import dev.parley.plan.Want;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an everyday service into resources, as the offering of the chosen family says. */
final class Expander {
  /**
   * One resource of the service.
   *
   * @param said the places that hold what the request gave itself
   * @param fresh whether a said argument is why the part is made at all
   */
  record Made(
      String suffix, ResourceType type, Fields properties, Set<Pointer> said, boolean fresh) {}

  private static final Set<String> ALWAYS =
      Set.of("name", "region", "environment", "account", "vcpu", "memory", "size", "count");

  private final Scene scene;
  private final Troubles troubles;

  Expander(Scene scene, Troubles troubles) {
    this.scene = scene;
    this.troubles = troubles;
  }

  /**
   * All resources of the service.
   *
   * @param where the want's place in the Draft, for messages
   * @param altering whether it exists, so that nothing is needed
   */
  List<Made> expand(
      Spot spot, String region, String name, String where, Want.OfService what, boolean altering) {
    Optional<Offering> found = spot.offering(what.service());
    if (found.isEmpty()) {
      List<String> known = spot.serviceNames();
      troubles.problem(
          where + "/service",
          "'" + what.service() + "'",
          "account '" + spot.id() + "' offers no such service",
          Nearest.hint(what.service(), known, "services"));
      return List.of();
    }
    Offering offering = found.get();
    var arguments = new Arguments(offering, what, where + "/arguments");
    arguments.place(spot, region, name, scene.environment());
    arguments.size(others(offering, spot));
    if (!altering) {
      arguments.needs();
    }
    var made = new ArrayList<Made>();
    var used = new HashSet<>(ALWAYS);
    for (Offering.Part part : offering.parts()) {
      used.addAll(part.only().stream().map(condition -> condition.replaceFirst("^!", "")).toList());
      if (!part.only().stream().allMatch(arguments::holds)) {
        used.addAll(filler(arguments, part).used());
        continue;
      }
      var filler = new Filler(arguments.values, arguments.said);
      Fields properties = filler.fill(part.properties());
      used.addAll(filler.used());
      Set<Pointer> said = new LinkedHashSet<>(filler.saidPlaces());
      if (part.suffix().isEmpty()) {
        properties = direct(properties, said, arguments, filler.used(), where);
        used.addAll(offering.roles().keySet());
      }
      boolean fresh =
          part.only().stream()
              .anyMatch(condition -> arguments.said.contains(condition.replaceFirst("^!", "")));
      made.add(new Made(part.suffix(), part.type(), properties, said, fresh));
    }
    arguments.unused(used, spot);
    return made;
  }

  private static Filler filler(Arguments arguments, Offering.Part part) {
    var filler = new Filler(arguments.values, arguments.said);
    filler.fill(part.properties());
    return filler;
  }

  /** Arguments that are JSON pointers, or roles the template does not fill, go straight there. */
  private Fields direct(
      Fields properties, Set<Pointer> said, Arguments arguments, Set<String> used, String where) {
    Fields result = properties;
    for (var argument : arguments.values.entrySet()) {
      String name = argument.getKey();
      if (!arguments.said.contains(name)) {
        continue;
      }
      Optional<Pointer> place = Optional.empty();
      if (name.startsWith("/")) {
        place = Optional.of(Pointer.of(name));
      } else if (!used.contains(name)) {
        place = Optional.ofNullable(arguments.offering.roles().get(name));
      }
      if (place.isPresent()) {
        try {
          result = place.get().set(result, argument.getValue());
          said.add(place.get());
        } catch (IllegalArgumentException e) {
          troubles.problem(
              where + "/arguments/" + name,
              Form.show(argument.getValue()),
              String.valueOf(e.getMessage()),
              "give another place");
        }
      }
    }
    return result;
  }

  private List<Offering> others(Offering offering, Spot here) {
    return scene.spots().stream()
        .filter(spot -> !spot.account().family().equals(here.account().family()))
        .flatMap(spot -> spot.catalog().offerings().stream())
        .filter(other -> other.service().equals(offering.service()))
        .toList();
  }

  /** The arguments of one want, with what stands in for those that were not given. */
  private final class Arguments {
    private final Offering offering;
    private final String where;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Set<String> said = new LinkedHashSet<>();
    private final boolean sizeSaid;

    Arguments(Offering offering, Want.OfService what, String where) {
      this.offering = offering;
      this.where = where;
      values.putAll(offering.defaults().fields());
      Map<String, Value> given = new LinkedHashMap<>(what.arguments().fields());
      variant(what.service()).ifPresent(variant -> apply(variant, given));
      for (String name : List.copyOf(given.keySet())) {
        if (given.get(name) instanceof Text(var text)) {
          Optional<Fields> variant = variant(text);
          if (variant.isPresent()) {
            if (variant.get().get(name).isPresent()) {
              given.remove(name);
            }
            apply(variant.get(), given);
          }
        }
      }
      values.putAll(given);
      said.addAll(given.keySet());
      sizeSaid = given.containsKey("size");
    }

    private Optional<Fields> variant(String word) {
      String plain = word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
      return offering.variants().entrySet().stream()
          .filter(
              entry ->
                  entry.getKey().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "").equals(plain))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    /** What the request gives itself counts more than what the variant implies. */
    private void apply(Fields variant, Map<String, Value> given) {
      variant.fields().forEach(given::putIfAbsent);
    }

    void place(Spot spot, String region, String name, String environment) {
      values.put("name", Value.text(name));
      values.put("region", Value.text(region));
      values.put("environment", Value.text(environment));
      values.put("account", Value.text(spot.id()));
      said.removeAll(Set.of("name", "region", "environment", "account"));
    }

    void size(List<Offering> others) {
      Optional<Value> vcpu = Optional.ofNullable(values.get("vcpu"));
      Optional<Value> memory = Optional.ofNullable(values.get("memory"));
      boolean amounts = said.contains("vcpu") || said.contains("memory");
      Optional<Value> size =
          Optional.ofNullable(values.get("size")).filter(_ -> sizeSaid || !amounts);
      var sizes = new Sizes(offering, others);
      Sizes.Found found = sizes.find(size, vcpu, memory);
      String place =
          where + (sizeSaid || !amounts ? "/size" : said.contains("vcpu") ? "/vcpu" : "/memory");
      String shown = size.map(Form::show).orElse("the size");
      found
          .problem()
          .ifPresent(
              why ->
                  troubles.problem(
                      place,
                      shown,
                      why,
                      "one of micro, small, medium, large, xlarge, 2xlarge, or "
                          + Nearest.hint(size.map(Form::show).orElse(""), sizes.names(), "sizes")));
      found
          .note()
          .ifPresent(
              note ->
                  troubles.warning(
                      place, shown, note, "name a size of this cloud if you want another"));
      found
          .size()
          .ifPresent(
              chosen -> {
                values.put("size", Value.text(chosen.sku()));
                chosen.more().forEach((name, value) -> values.put("size." + name, value));
                if (amounts) {
                  said.add("size");
                }
              });
    }

    void needs() {
      for (String need : offering.needs()) {
        if (!values.containsKey(need) || values.get(need) instanceof Value.Null) {
          troubles.problem(
              where + "/" + need,
              "nothing",
              "a "
                  + offering.title().toLowerCase(Locale.ROOT)
                  + " can't be made without '"
                  + need
                  + "'",
              "say which " + need);
        }
      }
    }

    /**
     * Whether a condition of {@code only} holds: given and not false, or with {@code !} the
     * reverse.
     */
    boolean holds(String condition) {
      boolean negated = condition.startsWith("!");
      @Nullable Value value = values.get(negated ? condition.substring(1) : condition);
      boolean given =
          value != null
              && !(value instanceof Value.Null)
              && !value.equals(new Bool(false))
              && !value.equals(new Text("false"))
              && !value.equals(Items.of());
      return given != negated;
    }

    void unused(Set<String> used, Spot spot) {
      for (String name : said) {
        if (!used.contains(name) && !name.startsWith("/")) {
          var known = new ArrayList<>(used);
          known.removeAll(ALWAYS);
          known.remove("item");
          troubles.warning(
              where + "/" + name,
              "'" + name + "'",
              "a "
                  + offering.title().toLowerCase(Locale.ROOT)
                  + " in '"
                  + spot.id()
                  + "' has no such setting; it is not used",
              Nearest.hint(name, known, "settings"));
        }
      }
    }
  }
}
