package dev.parley.rules;

import dev.parley.cost.PriceSource;
import dev.parley.rules.parameter.RuleParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Rulebook is made of.
 *
 * @param packs the shipped packs in force; empty means all
 * @param folders rule folders for every tenant
 * @param tenants by tenant id; a tenant that is not there has the defaults
 * @param reload how often folders are looked at; zero means only when asked
 * @param prices to compare regions with; may be empty
 */
public record RulebookSettings(
    Set<String> packs,
    List<Path> folders,
    Map<String, TenantSettings> tenants,
    Duration reload,
    List<PriceSource> prices) {
  public RulebookSettings {
    packs = Set.copyOf(packs);
    folders = List.copyOf(folders);
    tenants = Map.copyOf(tenants);
    prices = List.copyOf(prices);
  }

  /** All shipped packs with their defaults. */
  public static RulebookSettings defaults() {
    return new RulebookSettings(Set.of(), List.of(), Map.of(), Duration.ofSeconds(2), List.of());
  }

  /**
   * One tenant's part.
   *
   * @param folders rule folders of its own
   */
  public record TenantSettings(RuleParameters parameters, List<Path> folders) {
    public TenantSettings {
      folders = List.copyOf(folders);
    }

    /** Parameters alone. */
    public static TenantSettings of(RuleParameters parameters) {
      return new TenantSettings(parameters, List.of());
    }
  }

  /** The same for one tenant more. */
  public RulebookSettings withTenant(String tenant, TenantSettings settings) {
    var all = new java.util.HashMap<>(tenants);
    all.put(tenant, settings);
    return new RulebookSettings(packs, folders, all, reload, prices);
  }

  /** The same with these packs only. */
  public RulebookSettings withPacks(Set<String> only) {
    return new RulebookSettings(only, folders, tenants, reload, prices);
  }

  /** The same with these folders for every tenant. */
  public RulebookSettings withFolders(List<Path> shared) {
    return new RulebookSettings(packs, shared, tenants, reload, prices);
  }

  /** The same with another interval. */
  public RulebookSettings withReload(Duration interval) {
    return new RulebookSettings(packs, folders, tenants, interval, prices);
  }

  /** The same with prices. */
  public RulebookSettings withPrices(List<PriceSource> sources) {
    return new RulebookSettings(packs, folders, tenants, reload, sources);
  }
}
