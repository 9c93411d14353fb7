package dev.parley.engine.resolve;

import java.util.Optional;

/**
 * Where some wants go.
 *
 * @param region the region to use; empty means each resource's own, or the account's
 * @param said whether the region was asked for, so that what is elsewhere moves
 */
record Target(Spot spot, Optional<String> region, boolean said) {
  String regionOrDefault() {
    return region.orElse(spot.account().region());
  }
}
