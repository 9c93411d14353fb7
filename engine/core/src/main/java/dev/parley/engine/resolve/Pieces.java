package dev.parley.engine.resolve;

import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.SchemaPaths;
import dev.parley.engine.json.Form;
import dev.parley.engine.json.Nearest;
import dev.parley.identity.Account;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the wants of a Draft into pieces, one for each address. */
final class Pieces {
  private final Scene scene;
  private final Troubles troubles;
  private final Map<Integer, Target> targets;
  private final TypeNames types;
  private final Expander expander;
  private final Map<Address, Piece> pieces = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  /**
   * With each Make's target, by the want's index.
   *
   * @param types all type names of the tenant's accounts
   */
  Pieces(Scene scene, Troubles troubles, Map<Integer, Target> targets, TypeNames types) {
    this.scene = scene;
    this.troubles = troubles;
    this.targets = targets;
    this.types = types;
    this.expander = new Expander(scene, troubles);
  }

  Map<Address, Piece> all() {
    List<Want> wants = scene.wish().draft().wants();
    for (int i = 0; i < wants.size(); i++) {
      String where = "/wants/" + i;
      switch (wants.get(i)) {
        case Want.Make make -> make(make, i, where);
        case Want.Alter alter -> alter(alter, where);
        case Want.Remove remove ->
            existing(remove.at(), where)
                .ifPresent(
                    there ->
                        add(
                            new Piece.Unwanted(
                                there.tracked().at(), there.spot(), where, there.tracked())));
        case Want.Invoke invoke -> invoke(invoke, where);
      }
    }
    return pieces;
  }

  private void make(Want.Make make, int index, String where) {
    if (make.name().isBlank() || make.name().contains("/")) {
      troubles.problem(
          where + "/name",
          "'" + make.name() + "'",
          "a name is not blank and has no slash",
          "choose another name");
      return;
    }
    Integer former = names.putIfAbsent(make.name(), index);
    if (former != null) {
      troubles.problem(
          where + "/name",
          "'" + make.name() + "'",
          "this name stands in the request twice, first at /wants/" + former,
          "choose another name for one of the two");
      return;
    }
    Target target = targets.get(index);
    if (target == null) { // its place has a problem of its own
      if (make.what() instanceof Want.OfType(var type, _)) {
        types.find(type, where + "/what/type", troubles);
      }
      return;
    }
    switch (make.what()) {
      case Want.OfService service -> makeService(make, service, target, where);
      case Want.OfType(var asked, var properties) ->
          makeType(make, asked, properties, target, where);
    }
  }

  private void makeService(Want.Make make, Want.OfService service, Target target, String where) {
    Spot spot = target.spot();
    String principalRegion =
        spot.offering(service.service())
            .map(
                offering ->
                    region(new Address(spot.id(), offering.principal(), make.name()), target))
            .orElse(target.regionOrDefault());
    for (Expander.Made made :
        expander.expand(spot, principalRegion, make.name(), where + "/what", service, false)) {
      Address at = new Address(spot.id(), made.type(), make.name() + made.suffix());
      schema(spot, made.type(), where)
          .ifPresent(
              type ->
                  add(
                      new Piece.Wanted(
                          at,
                          spot,
                          where,
                          type,
                          region(at, target, principalRegion),
                          made.properties(),
                          Optional.of(made.said()),
                          false)));
    }
  }

  private void makeType(
      Want.Make make, ResourceType asked, Fields properties, Target target, String where) {
    Optional<ResourceType> found = types.find(asked, where + "/what/type", troubles);
    if (found.isEmpty()) {
      return;
    }
    ResourceType type = found.get();
    Spot spot = target.spot();
    if (!type.family().equals(spot.account().family())) {
      troubles.problem(
          where + "/place",
          "account '" + spot.id() + "'",
          "it is of the family " + spot.account().family() + ", and " + type + " is not",
          "name an account of the family " + type.family());
      return;
    }
    Address at = new Address(spot.id(), type, make.name());
    schema(spot, type, where)
        .ifPresent(
            schema ->
                add(
                    new Piece.Wanted(
                        at,
                        spot,
                        where,
                        schema,
                        region(at, target),
                        scene.tracked(at).isPresent()
                            ? properties
                            : OwnName.in(schema, properties, make.name()),
                        Optional.empty(),
                        false)));
  }

  private String region(Address at, Target target) {
    return region(at, target, target.spot().account().region());
  }

  /** As said; else where it is; else where its like goes. */
  private String region(Address at, Target target, String otherwise) {
    Optional<String> there = scene.tracked(at).map(tracked -> tracked.resource().region());
    return target.said()
        ? target.regionOrDefault()
        : there.orElseGet(() -> target.region().orElse(otherwise));
  }

  private Optional<TypeSchema> schema(Spot spot, ResourceType type, String where) {
    Optional<TypeSchema> schema = spot.schema(type);
    if (schema.isEmpty()) {
      troubles.problem(
          where,
          "'" + type + "'",
          "account '" + spot.id() + "' does not offer this type",
          Nearest.hint(
              type.toString(),
              spot.catalog().types().stream().map(ResourceType::toString).toList(),
              "types"));
    }
    return schema;
  }

  private void alter(Want.Alter alter, String where) {
    Optional<Existing> found = existing(alter.at(), where);
    if (found.isEmpty()) {
      return;
    }
    Existing there = found.get();
    Spot spot = there.spot();
    Address at = there.tracked().at();
    String region = there.tracked().resource().region();
    if (alter.region().isPresent()) {
      Optional<String> allowed = spot.spelled(alter.region().get());
      if (allowed.isEmpty()) {
        List<String> known = spot.account().regions();
        troubles.problem(
            where + "/region",
            "'" + alter.region().get() + "'",
            "account '" + spot.id() + "' may not use it",
            Nearest.hint(alter.region().get(), known, "regions"));
        return;
      }
      region = allowed.get();
    }
    Optional<TypeSchema> schema = schema(spot, at.type(), where);
    if (schema.isEmpty()) {
      return;
    }
    var places = new LinkedHashMap<String, Value>();
    var roles = new LinkedHashMap<String, Value>();
    List<Offering> offerings = spot.offeringsOf(at.type());
    alter
        .arguments()
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith("/")) {
                places.put(name, value);
              } else if (offerings.stream().anyMatch(offering -> takes(offering, name))) {
                roles.put(name, value);
              } else {
                property(schema.get(), name)
                    .ifPresentOrElse(
                        property ->
                            places.put("/" + property.replace("~", "~0").replace("/", "~1"), value),
                        () ->
                            unknownRole(
                                where + "/arguments/" + name, at, name, offerings, schema.get()));
              }
            });
    Fields wish = Fields.EMPTY;
    Set<Pointer> said = new LinkedHashSet<>();
    if (!roles.isEmpty()) {
      Offering offering =
          offerings.stream()
              .filter(o -> roles.keySet().stream().allMatch(name -> takes(o, name)))
              .findFirst()
              .orElse(offerings.getFirst());
      for (Expander.Made made :
          expander.expand(
              spot,
              region,
              at.name(),
              where,
              new Want.OfService(offering.service(), new Fields(roles)),
              true)) {
        if (made.suffix().isEmpty()) {
          wish = made.properties();
          said.addAll(made.said());
        } else {
          alterPart(
              new Address(at.account(), made.type(), at.name() + made.suffix()),
              made,
              spot,
              region,
              where);
        }
      }
    }
    for (var place : places.entrySet()) {
      Pointer pointer = Pointer.of(place.getKey());
      try {
        wish = pointer.set(wish, place.getValue());
        said.add(pointer);
      } catch (IllegalArgumentException e) {
        // a list in what exists may be longer than what is known here: say it beside the wish
        said.add(pointer);
        wish = intoPrior(wish, pointer, place.getValue(), there.tracked(), where);
      }
    }
    add(new Piece.Wanted(at, spot, where, schema.get(), region, wish, Optional.of(said), true));
  }

  private Fields intoPrior(
      Fields wish, Pointer pointer, Value value, Tracked tracked, String where) {
    String top = pointer.segments().getFirst();
    Fields base = wish;
    Optional<Value> before =
        Optional.ofNullable(scene.wish().lastDesired().get(tracked.at()))
            .flatMap(last -> last.get(top))
            .or(() -> tracked.resource().properties().get(top));
    if (before.isPresent()) {
      base = wish.with(top, before.get());
    }
    try {
      return pointer.set(base, value);
    } catch (IllegalArgumentException e) {
      troubles.problem(
          where + "/arguments/" + pointer,
          Form.show(value),
          String.valueOf(e.getMessage()),
          "give another place");
      return wish;
    }
  }

  private void alterPart(Address at, Expander.Made made, Spot spot, String region, String where) {
    boolean exists = scene.tracked(at).isPresent();
    boolean touched = exists && !made.said().isEmpty();
    boolean appears = !exists && made.fresh();
    if (touched || appears) {
      schema(spot, made.type(), where)
          .ifPresent(
              type ->
                  add(
                      new Piece.Wanted(
                          at,
                          spot,
                          where,
                          type,
                          scene.tracked(at).map(t -> t.resource().region()).orElse(region),
                          made.properties(),
                          Optional.of(made.said()),
                          false)));
    }
  }

  private static boolean takes(Offering offering, String name) {
    if (offering.roles().containsKey(name) || offering.defaults().get(name).isPresent()) {
      return true;
    }
    boolean sized = !offering.sizes().isEmpty() && Set.of("size", "vcpu", "memory").contains(name);
    return sized
        || offering.parts().stream()
            .anyMatch(part -> part.only().contains(name) || mentions(part.properties(), name));
  }

  private static boolean mentions(Value template, String name) {
    return switch (template) {
      case Value.Text(var text) -> text.contains("${" + name + "}");
      case Value.Ref(var target, _) -> target.contains("${" + name + "}");
      case Value.Items(var items) -> items.stream().anyMatch(item -> mentions(item, name));
      case Fields fields ->
          fields.text("$each").filter(name::equals).isPresent()
              || fields.text("$pick").filter(name::equals).isPresent()
              || fields.fields().values().stream().anyMatch(field -> mentions(field, name));
      default -> false;
    };
  }

  private static Optional<String> property(TypeSchema schema, String name) {
    return SchemaPaths.names(schema, Pointer.ROOT).stream()
        .filter(name::equalsIgnoreCase)
        .findFirst();
  }

  private void unknownRole(
      String where, Address at, String name, List<Offering> offerings, TypeSchema schema) {
    var known = new ArrayList<String>();
    offerings.forEach(offering -> known.addAll(offering.roles().keySet()));
    known.addAll(SchemaPaths.names(schema, Pointer.ROOT));
    troubles.problem(
        where,
        "'" + name + "'",
        at + " has no such setting",
        Nearest.hint(name, known, "settings"));
  }

  private void invoke(Want.Invoke invoke, String where) {
    if (invoke.at().type().isOperation()) {
      new Operating(scene, troubles).piece(invoke, where).ifPresent(this::add);
      return;
    }
    Optional<Existing> found = existing(invoke.at(), where);
    if (found.isEmpty()) {
      return;
    }
    Existing there = found.get();
    Set<String> calls =
        schema(there.spot(), there.tracked().at().type(), where)
            .map(TypeSchema::calls)
            .orElse(Set.of());
    if (!calls.contains(invoke.operation())) {
      troubles.problem(
          where + "/operation",
          "'" + invoke.operation() + "'",
          there.tracked().at() + " has no such operation",
          calls.isEmpty()
              ? "there are no operations of this type"
              : Nearest.hint(invoke.operation(), calls, "operations"));
      return;
    }
    add(
        new Piece.Called(
            there.tracked().at(),
            there.spot(),
            where,
            there.tracked(),
            invoke.operation(),
            invoke.input()));
  }

  private record Existing(Tracked tracked, Spot spot) {}

  private Optional<Existing> existing(Address at, String where) {
    Optional<Tracked> tracked = scene.tracked(at);
    if (tracked.isEmpty()) {
      Collection<Tracked> alike = scene.named(at.name());
      String next =
          alike.isEmpty()
              ? Nearest.hint(at.name(), scene.trackedNames(), "resources")
              : "did you mean "
                  + String.join(
                      " or ", alike.stream().map(t -> t.at().toString()).sorted().limit(3).toList())
                  + "?";
      troubles.problem(where + "/at", at.toString(), "nothing of that name is known here", next);
      return Optional.empty();
    }
    Optional<Account> account = scene.account(at.account());
    if (account.isEmpty()) {
      troubles.problem(
          where + "/at",
          at.toString(),
          "its account '" + at.account() + "' is not configured any more",
          "configure the account again");
      return Optional.empty();
    }
    if (!account.get().environment().equals(scene.environment())) {
      troubles.problem(
          where + "/at",
          at.toString(),
          "it is in "
              + account.get().environment()
              + ", and the plan is for "
              + scene.environment(),
          "make one plan for each environment");
      return Optional.empty();
    }
    return scene.spot(account.get(), troubles).map(spot -> new Existing(tracked.get(), spot));
  }

  private void add(Piece piece) {
    Piece former = pieces.putIfAbsent(piece.at(), piece);
    if (former == null) {
      return;
    }
    if (former instanceof Piece.Wanted one
        && piece instanceof Piece.Wanted two
        && one.said().isPresent()
        && two.said().isPresent()
        && (one.mustExist() || two.mustExist())) {
      Set<Pointer> said = new LinkedHashSet<>(one.said().get());
      said.addAll(two.said().get());
      Fields wish = Overlay.places(one.wish(), two.wish(), two.said().get());
      String region =
          two.region().equals(scene.tracked(two.at()).map(t -> t.resource().region()).orElse(""))
              ? one.region()
              : two.region();
      pieces.put(
          piece.at(),
          new Piece.Wanted(
              one.at(),
              one.spot(),
              one.where(),
              one.type(),
              region,
              wish,
              Optional.of(said),
              true));
      return;
    }
    troubles.problem(
        piece.where(),
        piece.at().toString(),
        "the request wants two things of it, the first at " + former.where(),
        "ask for one of them, and for the other afterwards");
  }
}
