package dev.parley.rules.logic;

import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.util.List;
import java.util.Set;

/** What an assertion may look at: one resource, or the plan, with its surroundings. */
public interface View {
  /** The resource's properties; none for the plan. */
  Value.Fields properties();

  /** A derived value: {@code /region}, {@code /tags/owner}. */
  Found context(Pointer at);

  /** The property a derived value was taken from; the root where there is none. */
  Pointer origin(Pointer context);

  /**
   * The resources of these types, this one among them: those of the plan as they will be, and those
   * that stand and stay.
   */
  List<? extends View> others(Set<String> types);

  /** Whether this one points at the other, by reference or by the other's id. */
  Tri pointsAt(View other);
}
