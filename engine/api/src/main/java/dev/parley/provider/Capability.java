package dev.parley.provider;

/**
 * What a provider can do beyond the life of a resource. A claimed one works; an unclaimed one is
 * refused.
 */
public enum Capability {
  DRY_RUN,
  IDEMPOTENCY_TOKEN,
  OPTIMISTIC_LOCK,
  TAGS,
  SEARCH,
  /** Any operation of the provider by its name. */
  OPERATIONS,
  PRICES,
  LOGS,
  HEALTH,
  COSTS,
  CANCEL,
  RESUMABLE_POLL
}
