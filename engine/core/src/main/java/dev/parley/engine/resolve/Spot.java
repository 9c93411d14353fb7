package dev.parley.engine.resolve;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.resource.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An account with its open provider and catalog. */
final class Spot {
  private final Account account;
  private final Provider provider;
  private final Catalog catalog;
  private final Map<String, Offering> services = new HashMap<>();

  Spot(Account account, Provider provider) {
    this.account = account;
    this.provider = provider;
    this.catalog = provider.catalog();
    for (Offering offering : catalog.offerings()) {
      offering
          .variants()
          .keySet()
          .forEach(variant -> services.putIfAbsent(plain(variant), offering));
      offering.words().forEach(word -> services.putIfAbsent(plain(word), offering));
    }
    catalog.offerings().forEach(offering -> services.put(plain(offering.service()), offering));
  }

  Account account() {
    return account;
  }

  Provider provider() {
    return provider;
  }

  Catalog catalog() {
    return catalog;
  }

  String id() {
    return account.id();
  }

  Optional<TypeSchema> schema(ResourceType type) {
    return catalog.describe(type);
  }

  /** The offering of a service, by its name, a variant's name or another word for it. */
  Optional<Offering> offering(String service) {
    return Optional.ofNullable(services.get(plain(service)));
  }

  /** The offerings whose principal is of a type. */
  List<Offering> offeringsOf(ResourceType type) {
    return catalog.offerings().stream()
        .filter(offering -> offering.principal().equals(type))
        .toList();
  }

  List<String> serviceNames() {
    return catalog.offerings().stream().map(Offering::service).toList();
  }

  /** Whether things may go there. */
  boolean allows(String region) {
    return account.regions().isEmpty() || spelled(region).isPresent();
  }

  /** The region as the account spells it. */
  Optional<String> spelled(String region) {
    if (account.regions().isEmpty()) {
      return Optional.of(region);
    }
    return account.regions().stream()
        .filter(known -> plain(known).equals(plain(region)))
        .findFirst();
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
