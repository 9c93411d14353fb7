package dev.parley.resource;

/** Where a resource is in its life, in one vocabulary for all providers. */
public enum Lifecycle {
  PENDING,
  READY,
  UPDATING,
  DELETING,
  DELETED,
  FAILED,
  UNKNOWN
}
