package dev.parley.plan;

import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value.Fields;
import java.util.Optional;

/** One thing somebody wants done. Wants of one Draft refer to one another by name. */
public sealed interface Want {

  /**
   * It shall exist and look like this. If it exists already, what is said here is changed and the
   * rest is kept.
   *
   * @param name the resource's name; unique within the Draft
   */
  record Make(String name, What what, Place place) implements Want {}

  /**
   * Something that exists shall change.
   *
   * @param arguments by the names of an Offering's roles ({@code size}), or by JSON pointer ({@code
   *     /VisibilityTimeout})
   * @param region where to move it, if it shall move
   */
  record Alter(Address at, Fields arguments, Optional<String> region) implements Want {}

  /** Something that exists shall go. */
  record Remove(Address at) implements Want {}

  /** An operation of something that exists: start, stop, reboot. */
  record Invoke(Address at, String operation, Fields input) implements Want {}

  /** What a Make makes. */
  sealed interface What {}

  /** A catalog type with its own properties; values may be references to names in the Draft. */
  record OfType(ResourceType type, Fields properties) implements What {}

  /**
   * An everyday service, made as the chosen family's Offering says. Arguments that name other
   * resources of the Draft are their names as text, or lists of names.
   */
  record OfService(String service, Fields arguments) implements What {}
}
