package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.AccountId;
import dev.parley.bot.assistant.concept.Concept.City;
import dev.parley.bot.assistant.concept.Concept.Family;
import dev.parley.bot.assistant.concept.Concept.Region;
import dev.parley.bot.assistant.lexicon.Atlas;
import dev.parley.catalog.Catalog;
import dev.parley.identity.Account;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.plan.Want.OfType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides where things go, and asks where that is open. */
final class Places {
  private final Scene scene;
  private final Work work;
  private final Memory memory;

  Places(Scene scene, Work work, Memory memory) {
    this.scene = scene;
    this.work = work;
    this.memory = memory;
  }

  /**
   * What was said about a place, before it is settled.
   *
   * @param city to become a region once the family is known
   */
  record Said(
      Optional<String> account,
      Optional<String> family,
      Optional<Region> region,
      Optional<City> city) {
    static Said of(List<Concept> concepts) {
      Optional<String> account = Optional.empty();
      Optional<String> family = Optional.empty();
      Optional<Region> region = Optional.empty();
      Optional<City> city = Optional.empty();
      for (Concept concept : concepts) {
        switch (concept) {
          case AccountId(var id) -> account = Optional.of(id);
          case Family(var name) -> family = Optional.of(name);
          case Region code -> region = Optional.of(code);
          case City found -> city = Optional.of(found);
          default -> {}
        }
      }
      return new Said(account, family, region, city);
    }

    boolean isEmpty() {
      return account.isEmpty() && family.isEmpty() && region.isEmpty() && city.isEmpty();
    }

    boolean names(String region) {
      return region().filter(r -> r.code().equals(region)).isPresent();
    }
  }

  /** Settles a place for things: the account, if one can be told, and the region. */
  Place settle(
      Said said, Optional<String> environment, boolean cheapest, List<Make> makes, Place before) {
    if (cheapest && said.account().isEmpty()) {
      if (said.city().isPresent()) {
        work.note(
            "The region is left open together with the cloud, since the cheapest place is wanted.");
      }
      return new Place(Optional.empty(), said.family(), said.region().map(Region::code), true);
    }
    List<Account> candidates = candidates(said, environment, makes);
    Optional<Account> former = before.account().flatMap(scene::account);
    boolean keeps = said.account().isEmpty() && said.family().isEmpty();
    if (keeps && former.isPresent() && candidates.contains(former.get())) {
      return at(former.get(), said, before);
    }
    if (keeps && former.isPresent()) {
      List<Account> same =
          candidates.stream().filter(a -> a.family().equals(former.get().family())).toList();
      candidates = same.isEmpty() ? candidates : same;
    }
    if (candidates.isEmpty()) {
      return unsettled(said, environment, before);
    }
    if (candidates.size() > 1) {
      work.note(
          "No account was named: "
              + candidates.getFirst().id()
              + " is assumed ("
              + String.join(", ", candidates.stream().skip(1).limit(4).map(Account::id).toList())
              + " would do as well).");
    }
    return at(candidates.getFirst(), said, before);
  }

  private Place at(Account account, Said said, Place before) {
    Optional<String> region = region(account.family(), said);
    boolean familyStays =
        before
            .account()
            .flatMap(scene::account)
            .map(Account::family)
            .filter(account.family()::equals)
            .isPresent();
    if (region.isEmpty() && before.region().isPresent()) {
      Optional<String> formerFamily =
          before.account().flatMap(scene::account).map(Account::family).or(before::family);
      region =
          familyStays || formerFamily.isEmpty()
              ? before.region()
              : Atlas.counterpart(formerFamily.get(), before.region().get(), account.family());
    }
    return new Place(Optional.of(account.id()), Optional.empty(), region, false);
  }

  Optional<String> region(String family, Said said) {
    return said.region()
        .map(Region::code)
        .or(() -> said.city().flatMap(city -> Optional.ofNullable(city.regions().get(family))));
  }

  private Place unsettled(Said said, Optional<String> environment, Place before) {
    Optional<Account> chosen = memory.answer("account").flatMap(scene::account);
    if (chosen.isPresent()) {
      return at(
          chosen.get(),
          new Said(Optional.of(chosen.get().id()), Optional.empty(), said.region(), said.city()),
          before);
    }
    if (said.account().isEmpty() && said.family().isPresent() && environment.isPresent()) {
      var choices =
          new ArrayList<>(
              scene.conversation().accounts().stream()
                  .filter(a -> a.family().equals(said.family().get()))
                  .map(Account::id)
                  .toList());
      if (!choices.isEmpty()
          && candidates(
                  new Said(Optional.empty(), said.family(), Optional.empty(), Optional.empty()),
                  environment,
                  List.of())
              .isEmpty()) {
        scene.conversation().accounts().stream()
            .filter(a -> is(a, environment.get()))
            .map(Account::id)
            .forEach(choices::add);
        throw new Halt(
            memory.ask(
                "account",
                "account",
                "There is no "
                    + said.family().get()
                    + " account for "
                    + environment.get()
                    + ". Which account?",
                choices));
      }
    }
    if (said.account().isPresent()
        && scene.account(said.account().get()).isPresent()
        && environment.isPresent()) {
      Account account = scene.account(said.account().get()).orElseThrow();
      List<String> others =
          scene.conversation().accounts().stream()
              .filter(a -> is(a, environment.get()))
              .map(Account::id)
              .toList();
      if (!is(account, environment.get()) && !others.isEmpty()) {
        var choices = new ArrayList<>(others);
        choices.add(account.id());
        throw new Halt(
            memory.ask(
                "account",
                "account",
                account.id()
                    + " is for "
                    + account.environment()
                    + ", not for "
                    + environment.get()
                    + ". Which account?",
                choices));
      }
    }
    Optional<String> family =
        said.family()
            .or(
                () ->
                    said.region()
                        .filter(r -> r.families().size() == 1)
                        .map(r -> r.families().iterator().next()));
    Optional<String> region =
        said.region().map(Region::code).or(() -> family.flatMap(f -> region(f, said)));
    return new Place(
        said.account(), said.account().isPresent() ? Optional.empty() : family, region, false);
  }

  /** The accounts that fit everything that was said, in their order. */
  List<Account> candidates(Said said, Optional<String> environment, List<Make> makes) {
    return scene.conversation().accounts().stream()
        .filter(a -> said.account().map(a.id()::equals).orElse(true))
        .filter(a -> said.family().map(a.family()::equals).orElse(true))
        .filter(a -> environment.map(e -> is(a, e)).orElse(true))
        .filter(a -> said.region().map(r -> has(a, r)).orElse(true))
        .filter(
            a ->
                said.city()
                    .map(
                        c ->
                            c.regions().containsKey(a.family())
                                && allows(a, c.regions().get(a.family())))
                    .orElse(true))
        .filter(a -> makes.stream().allMatch(make -> offers(a, make, said)))
        .toList();
  }

  static boolean is(Account account, String environment) {
    return account.environment().equalsIgnoreCase(environment);
  }

  private static boolean has(Account account, Region region) {
    boolean listed =
        account.regions().contains(region.code()) || account.region().equals(region.code());
    return listed
        || account.regions().isEmpty()
            && (region.families().isEmpty() || region.families().contains(account.family()));
  }

  private static boolean allows(Account account, String region) {
    return account.regions().isEmpty()
        || account.regions().contains(region)
        || account.region().equals(region);
  }

  private boolean offers(Account account, Make make, Said said) {
    return switch (make.what()) {
      case OfType(var type, _) -> type.family().equals(account.family());
      case OfService(var service, var arguments) -> {
        @org.jspecify.annotations.Nullable
        Catalog catalog = scene.conversation().catalogs().get(account.id());
        boolean offered =
            catalog == null
                || scene.services().offerings(service).isEmpty()
                || catalog.offerings().stream()
                    .anyMatch(offering -> offering.service().equals(service));
        boolean open = said.account().isEmpty() && said.family().isEmpty();
        Set<String> families =
            !open
                ? Set.of()
                : arguments.text("size").map(scene.services()::familiesOf).orElse(Set.of());
        yield offered && (families.isEmpty() || families.contains(account.family()));
      }
    };
  }

  /** The environment, told or assumed; asks where there are several to assume. */
  Optional<String> environment(Optional<String> said, Said place, List<Make> makes) {
    if (said.isPresent()) {
      return known(said.get());
    }
    if (place.account().isPresent()) {
      return Optional.empty();
    }
    List<String> environments =
        candidates(place, Optional.empty(), makes).stream()
            .map(Account::environment)
            .distinct()
            .toList();
    if (environments.size() <= 1) {
      return Optional.empty();
    }
    Optional<String> answer = memory.answer("environment");
    if (answer.isPresent()) {
      return answer;
    }
    List<String> mild =
        environments.stream().filter(e -> !e.toLowerCase(Locale.ROOT).startsWith("prod")).toList();
    if (mild.size() == 1) {
      work.note("No environment was named: " + mild.getFirst() + " is assumed.");
      return Optional.of(mild.getFirst());
    }
    var choices = new ArrayList<>(mild);
    environments.stream().filter(e -> !mild.contains(e)).forEach(choices::add);
    throw new Halt(memory.ask("environment", "environment", "For which environment?", choices));
  }

  /** The tenant's own word for an environment; asks if there is no account for it. */
  private Optional<String> known(String said) {
    List<String> environments =
        scene.conversation().accounts().stream().map(Account::environment).distinct().toList();
    Optional<String> exact = environments.stream().filter(said::equalsIgnoreCase).findFirst();
    if (exact.isPresent() || environments.isEmpty()) {
      return exact.or(() -> Optional.of(said));
    }
    Optional<String> alike =
        environments.stream()
            .filter(e -> e.length() >= 3 && (said.startsWith(e) || e.startsWith(said)))
            .findFirst();
    if (alike.isPresent()) {
      return alike;
    }
    Optional<String> answer = memory.answer("environment");
    if (answer.isPresent()) {
      return answer;
    }
    throw new Halt(
        memory.ask(
            "environment",
            "environment",
            "There is no account for " + said + ". Which environment instead?",
            environments));
  }
}
