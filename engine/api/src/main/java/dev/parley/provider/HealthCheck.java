package dev.parley.provider;

import dev.parley.resource.Resource;

/** Looks whether a resource that was made works. */
@FunctionalInterface
public interface HealthCheck {
  /** One look; never sleeps, never throws for what the provider says. */
  Health look(Provider provider, Resource resource);
}
