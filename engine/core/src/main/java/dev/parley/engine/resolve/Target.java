package dev.parley.engine.resolve;

import java.util.Optional;

/**
 * Where some wants go.
 *
 * @param region the region to use; empty means each resource's own, or the account's
 */
record Target(Spot spot, Optional<String> region) {
  String regionOrDefault() {
    return region.orElse(spot.account().region());
  }
}
