package dev.parley.engine.verify;

import dev.parley.provider.Capability;
import dev.parley.provider.Health;
import dev.parley.provider.HealthCheck;
import dev.parley.provider.ProviderException;
import java.util.Optional;

/** Ready-made health checks. */
public final class HealthLooks {
  /** What the provider itself says, where it can say anything. */
  public static final HealthCheck PROVIDER =
      (provider, resource) -> {
        if (!provider.info().capabilities().contains(Capability.HEALTH)) {
          return new Health(Health.State.UNKNOWN, "the provider does not say", Optional.empty());
        }
        try {
          return provider.health(resource);
        } catch (ProviderException.Throttled | ProviderException.Unavailable e) {
          return new Health(
              Health.State.STARTING, e.kind() + ": " + e.getMessage(), Optional.empty());
        } catch (ProviderException e) {
          return new Health(
              Health.State.UNKNOWN, e.kind() + ": " + e.getMessage(), Optional.empty());
        }
      };

  private HealthLooks() {}
}
