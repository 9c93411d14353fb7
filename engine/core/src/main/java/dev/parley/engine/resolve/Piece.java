package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.Optional;
import java.util.Set;

/** One address of a plan in the making. */
sealed interface Piece {
  Address at();

  Spot spot();

  /** The want's place in the Draft, for messages. */
  String where();

  /**
   * It shall look like this.
   *
   * @param said what counts if it exists already; empty means all of it
   */
  record Wanted(
      Address at,
      Spot spot,
      String where,
      TypeSchema type,
      String region,
      Fields wish,
      Optional<Set<Pointer>> said,
      boolean mustExist)
      implements Piece {}

  /** It shall go. */
  record Unwanted(Address at, Spot spot, String where, Tracked tracked) implements Piece {}

  /** An operation of it shall be called. */
  record Called(
      Address at, Spot spot, String where, Tracked tracked, String operation, Fields input)
      implements Piece {}

  /** An operation of the account itself shall be called. */
  record Operated(
      Address at, Spot spot, String where, String region, String operation, Fields input)
      implements Piece {}
}
