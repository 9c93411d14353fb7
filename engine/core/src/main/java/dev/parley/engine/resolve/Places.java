package dev.parley.engine.resolve;

import dev.parley.catalog.Offering;
import dev.parley.engine.json.Nearest;
import dev.parley.identity.Account;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides where things go. Wants that say the same about their place go to the same account. What
 * exists stays where it is, and new things go where the things are that they refer to.
 */
final class Places {
  /**
   * Wants that go together.
   *
   * @param wants their indexes in the Draft
   * @param candidates where they may go, the usual first; at least one
   */
  record Group(Place place, List<Integer> wants, List<Target> candidates) {}

  private final Scene scene;
  private final Troubles troubles;
  private final List<Account> here;

  Places(Scene scene, Troubles troubles) {
    this.scene = scene;
    this.troubles = troubles;
    this.here =
        scene.accounts().stream()
            .filter(account -> account.environment().equals(scene.environment()))
            .toList();
  }

  /** All groups of things to make; those without a candidate are missing, with a problem. */
  List<Group> groups() {
    var byPlace = new LinkedHashMap<Place, List<Integer>>();
    List<Want> wants = scene.wish().draft().wants();
    for (int i = 0; i < wants.size(); i++) {
      if (wants.get(i) instanceof Want.Make make) {
        byPlace.computeIfAbsent(effective(make), _ -> new ArrayList<>()).add(i);
      }
    }
    var groups = new ArrayList<Group>();
    byPlace.forEach(
        (place, indexes) -> {
          List<Target> candidates = candidates(place, indexes);
          if (!candidates.isEmpty()) {
            groups.add(new Group(place, indexes, candidates));
          }
        });
    return groups;
  }

  private Place effective(Want.Make make) {
    Place place = make.place().or(scene.wish().draft().place());
    if (make.what() instanceof Want.OfType(var type, _)
        && place.account().isEmpty()
        && place.family().isEmpty()) {
      boolean known =
          scene.accounts().stream().anyMatch(account -> account.family().equals(type.family()));
      return known
          ? new Place(
              Optional.empty(), Optional.of(type.family()), place.region(), place.cheapest())
          : place;
    }
    return place;
  }

  private List<Target> candidates(Place place, List<Integer> indexes) {
    String where = "/wants/" + indexes.getFirst() + "/place";
    List<Account> accounts = place.account().isPresent() ? named(place, where) : open(place, where);
    if (accounts.isEmpty()) {
      return List.of();
    }
    Home home = home(accounts, indexes);
    if (place.account().isEmpty() && !home.accounts().isEmpty()) {
      accounts =
          accounts.stream().filter(account -> home.accounts().contains(account.id())).toList();
    }
    List<Spot> spots = accounts.stream().map(scene::quietly).flatMap(Optional::stream).toList();
    if (spots.isEmpty()) {
      scene.spot(accounts.getFirst(), troubles);
      return List.of();
    }
    List<Spot> able = spots.stream().filter(spot -> offersAll(spot, indexes)).toList();
    spots = able.isEmpty() ? spots : able;
    if (!place.cheapest()
        && place.family().isPresent()
        && spots.size() > 1
        && home.accounts().isEmpty()) {
      String choices = spots.stream().map(Spot::id).collect(Collectors.joining(", "));
      troubles.problem(
          where,
          place.family().get(),
          "more than one account of " + scene.environment() + " fits",
          "say which: " + choices);
      return List.of();
    }
    return place.cheapest() && home.accounts().isEmpty()
        ? weighed(place, spots)
        : usual(place, spots, home);
  }

  private List<Target> usual(Place place, List<Spot> spots, Home home) {
    return spots.stream()
        .map(
            spot ->
                new Target(
                    spot,
                    place.region().flatMap(spot::spelled).or(() -> home.region(spot.id())),
                    place.region().isPresent()))
        .toList();
  }

  private static List<Target> weighed(Place place, List<Spot> spots) {
    var targets = new ArrayList<Target>();
    for (Spot spot : spots) {
      var regions = new LinkedHashSet<String>();
      if (place.region().isPresent()) {
        spot.spelled(place.region().get()).ifPresent(regions::add);
      } else {
        regions.add(spot.account().region());
        regions.addAll(spot.account().regions());
      }
      regions.forEach(region -> targets.add(new Target(spot, Optional.of(region), true)));
    }
    return targets;
  }

  private List<Account> named(Place place, String where) {
    String name = place.account().orElseThrow();
    Optional<Account> account = scene.account(name);
    if (account.isEmpty()) {
      List<String> known = scene.accounts().stream().map(Account::id).toList();
      troubles.problem(
          where + "/account",
          "'" + name + "'",
          "there is no such account",
          Nearest.hint(name, known, "accounts"));
      return List.of();
    }
    Account found = account.get();
    boolean otherEnvironment = !found.environment().equals(scene.environment());
    if (otherEnvironment) {
      troubles.problem(
          where + "/account",
          "account '" + found.id() + "'",
          "it is for " + found.environment() + ", and the plan is for " + scene.environment(),
          "name an account of " + scene.environment() + ", or make two plans");
    }
    if (place.family().isPresent() && !place.family().get().equals(found.family())) {
      troubles.problem(
          where + "/family",
          "'" + place.family().get() + "'",
          "account '" + found.id() + "' is of the family " + found.family(),
          "leave one of the two away");
    }
    Optional<Spot> spot = scene.spot(found, troubles);
    if (spot.isPresent()
        && place.region().isPresent()
        && !spot.get().allows(place.region().get())) {
      region(where, place.region().get(), "account '" + found.id() + "'", found.regions());
      return List.of();
    }
    return otherEnvironment || spot.isEmpty() ? List.of() : List.of(found);
  }

  private List<Account> open(Place place, String where) {
    if (here.isEmpty()) {
      troubles.problem(
          "/environment",
          "'" + scene.environment() + "'",
          "no account is of that environment",
          Nearest.hint(scene.environment(), scene.environments(), "environments"));
      return List.of();
    }
    List<Account> fitting = here;
    if (place.family().isPresent()) {
      String family = place.family().get();
      fitting = here.stream().filter(account -> account.family().equals(family)).toList();
      if (fitting.isEmpty()) {
        List<String> families = here.stream().map(Account::family).distinct().toList();
        troubles.problem(
            where + "/family",
            "'" + family + "'",
            "no account of " + scene.environment() + " is of that family",
            Nearest.hint(family, families, "families in " + scene.environment()));
        return List.of();
      }
    }
    if (place.region().isPresent()) {
      String region = place.region().get();
      List<Account> before = fitting;
      fitting =
          fitting.stream()
              .filter(
                  account -> scene.quietly(account).map(spot -> spot.allows(region)).orElse(false))
              .toList();
      if (fitting.isEmpty()) {
        var regions = new TreeSet<String>();
        before.forEach(account -> regions.addAll(account.regions()));
        region(where, region, "no account of " + scene.environment() + " that fits", regions);
      }
    }
    return fitting;
  }

  private void region(String where, String region, String who, Collection<String> allowed) {
    String why = who.startsWith("no ") ? who + " may use it" : who + " may not use it";
    String guess =
        Nearest.to(region, allowed, 1).stream()
            .map(near -> "did you mean " + near + "? ")
            .findFirst()
            .orElse("");
    troubles.problem(
        where + "/region",
        "'" + region + "'",
        why,
        guess + "Allowed: " + String.join(", ", allowed));
  }

  private boolean offersAll(Spot spot, List<Integer> indexes) {
    return indexes.stream()
        .map(scene.wish().draft().wants()::get)
        .allMatch(
            want ->
                !(want instanceof Want.Make(_, Want.OfService(var service, _), _))
                    || spot.offering(service).isPresent());
  }

  /** Where the things stand that exist already or are referred to. */
  private record Home(Set<String> accounts, Map<String, Set<String>> regions) {
    Optional<String> region(String account) {
      Set<String> found = regions.getOrDefault(account, Set.of());
      return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }
  }

  private Home home(List<Account> accounts, List<Integer> indexes) {
    Set<String> ids = accounts.stream().map(Account::id).collect(Collectors.toSet());
    var existing = new LinkedHashSet<String>();
    var referred = new LinkedHashSet<String>();
    var regions = new LinkedHashMap<String, Set<String>>();
    Set<String> made = names(indexes);
    for (int index : indexes) {
      var make = (Want.Make) scene.wish().draft().wants().get(index);
      for (Tracked tracked : scene.named(make.name())) {
        if (ids.contains(tracked.at().account()) && isThat(tracked.at(), make)) {
          existing.add(tracked.at().account());
        }
      }
      for (String name : mentioned(make)) {
        for (Tracked tracked : made.contains(name) ? List.<Tracked>of() : scene.named(name)) {
          if (ids.contains(tracked.at().account())) {
            referred.add(tracked.at().account());
            String region = tracked.resource().region();
            if (!region.isBlank() && !region.equalsIgnoreCase("global")) {
              regions
                  .computeIfAbsent(tracked.at().account(), _ -> new LinkedHashSet<>())
                  .add(region);
            }
          }
        }
      }
    }
    return new Home(existing.isEmpty() ? referred : existing, regions);
  }

  private Set<String> names(List<Integer> indexes) {
    return indexes.stream()
        .map(i -> ((Want.Make) scene.wish().draft().wants().get(i)).name())
        .collect(Collectors.toSet());
  }

  private boolean isThat(Address at, Want.Make make) {
    return switch (make.what()) {
      case Want.OfType(var type, _) ->
          at.type().equals(type) || at.type().unversioned().equals(type.unversioned());
      case Want.OfService(var service, _) ->
          scene
              .account(at.account())
              .flatMap(scene::quietly)
              .flatMap(spot -> spot.offering(service))
              .map(Offering::principal)
              .filter(at.type()::equals)
              .isPresent();
    };
  }

  /** Names of other things that a want may refer to. */
  private static Set<String> mentioned(Want.Make make) {
    var names = new LinkedHashSet<String>();
    switch (make.what()) {
      case Want.OfService(_, var arguments) ->
          arguments
              .fields()
              .forEach(
                  (name, value) -> {
                    if (!name.equals("name")) {
                      texts(value, names);
                    }
                  });
      case Want.OfType(_, var properties) -> references(properties, names);
    }
    return names;
  }

  private static void texts(Value value, Set<String> names) {
    switch (value) {
      case Text(var text) -> names.add(text);
      case Items(var items) -> items.forEach(item -> texts(item, names));
      default -> references(value, names);
    }
  }

  private static void references(Value value, Set<String> names) {
    switch (value) {
      case Ref(var target, _) -> names.add(target.substring(target.lastIndexOf('/') + 1));
      case Items(var items) -> items.forEach(item -> references(item, names));
      case Fields(var fields) -> fields.values().forEach(field -> references(field, names));
      default -> {}
    }
  }
}
