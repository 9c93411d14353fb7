package dev.parley.catalog;

import dev.parley.value.Pointer;

/**
 * One way in which properties don't fit a type's schema.
 *
 * @param path where in the properties
 * @param what what stands there
 * @param why the schema's reason
 * @param next what would fit: allowed values, the nearest known name
 */
public record SchemaError(Grade grade, Pointer path, String what, String why, String next) {

  /** How sure the schema is. */
  public enum Grade {
    /** The provider would refuse it. */
    ERROR,
    /** The schema does not know it; the provider may. Recorded, and no hindrance. */
    WARNING,
    /** Can't be told before the run. */
    UNKNOWN
  }
}
