package dev.parley.provider.sandbox.cloud;

import java.util.Map;

/**
 * How one account of a simulated cloud behaves.
 *
 * @param seed from which ids and addresses are thrown
 * @param latency how much of the usual time an operation takes: 0 nothing, 1 all of it
 * @param rate mutating calls in a second; 0 means no limit
 * @param burst how many may come at once
 * @param quotas how many of a type (without family) there may be; {@code *} for every type
 * @param pageSize how many a list shows at once
 */
public record Profile(
    String seed,
    double latency,
    double rate,
    double burst,
    Map<String, Integer> quotas,
    int pageSize) {
  /** At once, and without limits. */
  public static final Profile INSTANT = new Profile("parley", 0, 0, 1, Map.of(), 100);

  public Profile {
    quotas = Map.copyOf(quotas);
  }

  /** How many of a type there may be. */
  int quota(String typeName) {
    return quotas.getOrDefault(typeName, quotas.getOrDefault("*", Integer.MAX_VALUE));
  }
}
