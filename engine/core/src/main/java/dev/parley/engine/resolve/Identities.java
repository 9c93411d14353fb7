package dev.parley.engine.resolve;

import dev.parley.provider.ProviderException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whose accounts a plan touches; each provider is asked once for a plan. */
final class Identities {
  private final Scene scene;
  private final Map<String, Optional<String>> known = new HashMap<>();
  private final Map<String, String> unasked = new HashMap<>();

  Identities(Scene scene) {
    this.scene = scene;
  }

  /** What the provider says; empty, with a warning, where it can't be asked. */
  Optional<String> of(String account, Troubles troubles) {
    Optional<String> identity = known.computeIfAbsent(account, this::ask);
    String why = unasked.get(account);
    if (why != null) {
      troubles.warning(
          account,
          "account '" + account + "'",
          "it can't be asked now whose it is: " + why,
          "it is asked again before anything is done");
    }
    return identity;
  }

  private Optional<String> ask(String account) {
    try {
      return scene
          .account(account)
          .flatMap(scene::quietly)
          .flatMap(spot -> spot.provider().identity());
    } catch (ProviderException e) {
      unasked.put(account, e.kind() + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
