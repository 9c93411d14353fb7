package dev.parley.run;

import dev.parley.plan.Change;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One change of a run.
 *
 * @param id unique in the run: {@code s-1}; a Replace has two steps, a delete and a create
 * @param needs steps that must be done before
 * @param attempt counts from 1; rises only after the provider finished the former call
 * @param made the resource as read after success; empty for a delete
 * @param error kind and message of the last failure
 */
public record Step(
    String id,
    Change change,
    Set<String> needs,
    StepState state,
    int attempt,
    Optional<Resource> made,
    Optional<String> error,
    String message,
    Optional<Instant> started,
    Optional<Instant> ended) {
  public Step {
    needs = Set.copyOf(needs);
  }

  /** Which resource it is about. */
  public Address at() {
    return change.at();
  }
}
