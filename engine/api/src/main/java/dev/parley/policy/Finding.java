package dev.parley.policy;

import dev.parley.resource.Address;
import dev.parley.value.Pointer;
import java.util.Optional;
import java.util.Set;

/**
 * A rule that did not pass for a resource or the plan.
 *
 * @param rule the rule's id, for example {@code AWS-S3-001}
 * @param outcome FAIL or UNKNOWN
 * @param address the resource; empty if it is about the whole plan
 * @param path where in the resource
 * @param message what is wrong, with names and values
 * @param remedy what to do about it
 * @param roles who must approve if the enforcement is APPROVE: teams or roles, any of them
 * @param waiver the waiver that holds it back, if there is one
 */
public record Finding(
    String rule,
    Severity severity,
    Enforcement enforcement,
    Outcome outcome,
    Optional<Address> address,
    Pointer path,
    String message,
    String remedy,
    Set<String> roles,
    Optional<Waiver> waiver) {
  public Finding {
    roles = Set.copyOf(roles);
  }

  /** Whether it counts for the verdict. */
  public boolean active() {
    return waiver.isEmpty();
  }
}
