package dev.parley.engine.resolve;

import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Draft;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Draft, with all that resolving it needs to know.
 *
 * @param plan the id the plan shall bear
 * @param words the request as it was said, secrets redacted
 * @param tracked everything Parley made or imported for the tenant
 * @param lastDesired what was last asked for, by address, references unresolved
 * @param undoes the run that shall be rolled back, if this is a rollback
 */
public record Wish(
    Tenant tenant,
    String thread,
    String plan,
    int revision,
    User requester,
    String words,
    Draft draft,
    List<Tracked> tracked,
    Map<Address, Fields> lastDesired,
    Optional<String> undoes,
    Instant now) {
  public Wish {
    tracked = List.copyOf(tracked);
    lastDesired = Map.copyOf(lastDesired);
  }
}
