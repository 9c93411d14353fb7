package dev.parley.provider;

import java.util.Set;

/**
 * What a provider is.
 *
 * @param kind the factory's kind
 * @param family whose types it speaks
 * @param endpoint where it reaches its cloud
 * @param concurrency how many calls one account bears at once
 */
public record ProviderInfo(
    String kind,
    String family,
    String account,
    String endpoint,
    int concurrency,
    Set<Capability> capabilities) {
  public ProviderInfo {
    capabilities = Set.copyOf(capabilities);
  }
}
