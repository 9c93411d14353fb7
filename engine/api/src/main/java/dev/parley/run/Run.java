package dev.parley.run;

import dev.parley.provider.Health;
import dev.parley.resource.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One plan carried out.
 *
 * @param id for people: {@code r-17}
 * @param plan the plan's id
 * @param receipt the receipt it spends
 * @param health what the checks said, by address
 * @param undoes the run it rolls back, if it is a rollback
 * @param undoneBy the run that rolled it back
 * @param waits when it waited for the chat, oldest first
 */
public record Run(
    String tenant,
    String id,
    String plan,
    int revision,
    String thread,
    String receipt,
    RunState state,
    List<Step> steps,
    Map<Address, Health> health,
    Optional<String> undoes,
    Optional<String> undoneBy,
    Instant started,
    Optional<Instant> ended,
    List<Wait> waits,
    String message) {
  public Run {
    steps = List.copyOf(steps);
    health = Collections.unmodifiableMap(new TreeMap<>(health));
    waits = List.copyOf(waits);
  }

  /** One that never waited for the chat. */
  public Run(
      String tenant,
      String id,
      String plan,
      int revision,
      String thread,
      String receipt,
      RunState state,
      List<Step> steps,
      Map<Address, Health> health,
      Optional<String> undoes,
      Optional<String> undoneBy,
      Instant started,
      Optional<Instant> ended,
      String message) {
    this(
        tenant, id, plan, revision, thread, receipt, state, steps, health, undoes, undoneBy,
        started, ended, List.of(), message);
  }

  /** What it waits for, if it waits. */
  public Optional<Wait> waiting() {
    return waits.isEmpty()
        ? Optional.empty()
        : Optional.of(waits.getLast()).filter(wait -> wait.until().isEmpty());
  }

  /** How long it has waited for the chat by then, in all. */
  public Duration waited(Instant now) {
    return waits.stream().map(wait -> wait.by(now)).reduce(Duration.ZERO, Duration::plus);
  }

  /** How many steps are in a state. */
  public long count(StepState state) {
    return steps.stream().filter(step -> step.state() == state).count();
  }
}
