package dev.parley.plan;

import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.List;

/** What a plan does with one resource. */
public sealed interface Change {
  /** Which resource. */
  Address at();

  /** Where it is, or will be. */
  String region();

  /** {@code +} makes it. */
  record Create(Address at, String region, Fields desired) implements Change {}

  /**
   * {@code ~} changes it in place.
   *
   * @param was the properties as last observed
   * @param now all properties as they shall be
   */
  record Update(Address at, String region, ResourceId id, Fields was, Fields now)
      implements Change {}

  /**
   * {@code ±} deletes it and makes it anew, since something can't be changed in place.
   *
   * @param region where the new one goes
   * @param because the properties that can't change; empty if the region is the reason
   */
  record Replace(
      Address at,
      String region,
      String fromRegion,
      ResourceId id,
      Fields was,
      Fields now,
      List<Pointer> because)
      implements Change {
    public Replace {
      because = List.copyOf(because);
    }
  }

  /** {@code -} deletes it. */
  record Delete(Address at, String region, ResourceId id, Fields was) implements Change {}

  /** {@code ?} looks at it. */
  record Read(Address at, String region, ResourceId id) implements Change {}

  /** {@code =} leaves it as it is. */
  record NoOp(Address at, String region, ResourceId id, Fields was) implements Change {}

  /** {@code !} calls an operation of it. */
  record Call(Address at, String region, ResourceId id, String operation, Fields input)
      implements Change {}

  /** The sign people read. */
  default String sign() {
    return switch (this) {
      case Create _ -> "+";
      case Update _ -> "~";
      case Replace _ -> "±";
      case Delete _ -> "-";
      case Read _ -> "?";
      case NoOp _ -> "=";
      case Call _ -> "!";
    };
  }

  /** The word programs read: create, update, replace, delete, read, no-op, call. */
  default String action() {
    return switch (this) {
      case Create _ -> "create";
      case Update _ -> "update";
      case Replace _ -> "replace";
      case Delete _ -> "delete";
      case Read _ -> "read";
      case NoOp _ -> "no-op";
      case Call _ -> "call";
    };
  }

  /** The properties the resource shall have; of a Delete, Read or Call, those it has or none. */
  default Fields properties() {
    return switch (this) {
      case Create c -> c.desired();
      case Update c -> c.now();
      case Replace c -> c.now();
      case Delete c -> c.was();
      case NoOp c -> c.was();
      case Read _ -> Fields.EMPTY;
      case Call c -> c.input();
    };
  }

  /** Whether carrying it out changes anything. */
  default boolean mutates() {
    return !(this instanceof Read || this instanceof NoOp);
  }
}
