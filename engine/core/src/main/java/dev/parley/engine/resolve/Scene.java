package dev.parley.engine.resolve;

import dev.parley.engine.account.Accounts;
import dev.parley.identity.Account;
import dev.parley.plan.Want;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one resolving looks at: the wish, the tenant's accounts, what is tracked, what is there. */
final class Scene {
  private final Wish wish;
  private final Accounts accounts;
  private final List<Account> all;
  private final Map<String, Optional<Spot>> spots = new HashMap<>();
  private final Map<Address, Tracked> tracked = new HashMap<>();
  private final Map<String, List<Tracked>> named = new HashMap<>();
  private final Priors priors;
  private final Identities identities;
  private final String environment;

  Scene(Wish wish, Accounts accounts) {
    this.wish = wish;
    this.accounts = accounts;
    this.all = accounts.accounts(wish.tenant().id());
    for (Tracked each : wish.tracked()) {
      tracked.put(each.at(), each);
      named.computeIfAbsent(each.at().name(), _ -> new ArrayList<>(1)).add(each);
    }
    this.priors = new Priors(this);
    this.identities = new Identities(this);
    this.environment = chooseEnvironment();
  }

  Wish wish() {
    return wish;
  }

  String environment() {
    return environment;
  }

  List<Account> accounts() {
    return all;
  }

  Optional<Account> account(String id) {
    return all.stream().filter(account -> account.id().equalsIgnoreCase(id)).findFirst();
  }

  Optional<Tracked> tracked(Address at) {
    return Optional.ofNullable(tracked.get(at));
  }

  /** The tracked address that a text spells, if it does. */
  Optional<Address> trackedAddress(String text) {
    try {
      Address address = Address.of(text);
      return tracked.containsKey(address) ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  List<Tracked> named(String name) {
    return named.getOrDefault(name, List.of());
  }

  Set<String> trackedNames() {
    return named.keySet();
  }

  Priors priors() {
    return priors;
  }

  Identities identities() {
    return identities;
  }

  /** The account, opened; empty with a problem if its provider can't be used. */
  Optional<Spot> spot(Account account, Troubles troubles) {
    Optional<Spot> spot = quietly(account);
    if (spot.isEmpty()) {
      troubles.problem(
          account.id(),
          "account '" + account.id() + "'",
          "its catalog can't be read now",
          "check the account, or name another one");
    }
    return spot;
  }

  /** The account, opened; empty if its provider can't be used. */
  Optional<Spot> quietly(Account account) {
    return spots.computeIfAbsent(account.id(), _ -> open(account));
  }

  private Optional<Spot> open(Account account) {
    try {
      return Optional.of(new Spot(account, accounts.provider(wish.tenant().id(), account.id())));
    } catch (ProviderException e) {
      return Optional.empty();
    }
  }

  /** All accounts that can be opened. */
  List<Spot> spots() {
    return all.stream().map(this::quietly).flatMap(Optional::stream).toList();
  }

  List<String> environments() {
    return List.copyOf(new LinkedHashSet<>(all.stream().map(Account::environment).toList()));
  }

  /** Said, or that of the accounts that are named, or development, or the only one there is. */
  private String chooseEnvironment() {
    if (wish.draft().environment().isPresent()) {
      String said = wish.draft().environment().get();
      return environments().stream().filter(said::equalsIgnoreCase).findFirst().orElse(said);
    }
    var named = new TreeSet<String>();
    for (Want want : wish.draft().wants()) {
      Optional<String> account =
          switch (want) {
            case Want.Make make -> make.place().or(wish.draft().place()).account();
            case Want.Alter alter -> Optional.of(alter.at().account());
            case Want.Remove remove -> Optional.of(remove.at().account());
            case Want.Invoke invoke -> Optional.of(invoke.at().account());
          };
      account.flatMap(this::account).map(Account::environment).ifPresent(named::add);
    }
    if (named.size() == 1) {
      return named.first();
    }
    List<String> known = environments();
    return known.contains("development") || known.size() != 1 ? "development" : known.getFirst();
  }
}
