package dev.parley.provider.aws.fake.world;

import dev.parley.provider.aws.fake.wire.AccessKey;

/** One change of the world, as it is kept. */
public sealed interface Entry {
  /** A resource came to be, or changed. */
  record Put(Stored resource) implements Entry {}

  /** A resource is no more. */
  record Gone(Place place, String id) implements Entry {}

  /** A request came in, or went on. */
  record Asked(Progress progress) implements Entry {}

  /** A key was given out. */
  record Keyed(AccessKey key) implements Entry {}

  /** A role can be taken. */
  record Trusted(Role role) implements Entry {}

  /** Something was logged. */
  record Logged(LogLine line) implements Entry {}

  /** Something was charged. */
  record Charged(Charge charge) implements Entry {}
}
