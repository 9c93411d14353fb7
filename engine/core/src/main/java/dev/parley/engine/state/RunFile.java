package dev.parley.engine.state;

import dev.parley.approval.Receipt;
import dev.parley.plan.Plan;
import dev.parley.provider.Health;
import dev.parley.resource.Address;
import dev.parley.run.Event;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import dev.parley.run.Wait;
import dev.parley.value.Value.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run's state, changed only by its events. */
public final class RunFile {
  private final String id;
  private final Plan plan;
  private final String receipt;
  private final Optional<String> undoes;
  private final Instant started;
  private final Map<String, StepFile> steps = new LinkedHashMap<>();
  private final Map<Address, Health> health = new TreeMap<>();
  private final Map<Address, Optional<Fields>> before = new HashMap<>();
  private final List<Wait> waits = new ArrayList<>();
  private Optional<String> undoneBy = Optional.empty();
  private RunState state = RunState.RUNNING;
  private Optional<Instant> ended = Optional.empty();
  private String message = "";
  private @Nullable Run view;

  RunFile(Event.RunStarted event) {
    id = event.run();
    plan = event.plan();
    receipt = event.receipt();
    undoes = event.undoes();
    started = event.at();
    Steps.of(plan).forEach(planned -> steps.put(planned.id(), new StepFile(planned)));
  }

  public String id() {
    return id;
  }

  public Plan plan() {
    return plan;
  }

  public String receipt() {
    return receipt;
  }

  public RunState state() {
    return state;
  }

  /** The run it rolls back. */
  public Optional<String> undoes() {
    return undoes;
  }

  public Optional<String> undoneBy() {
    return undoneBy;
  }

  public Collection<StepFile> steps() {
    return Collections.unmodifiableCollection(steps.values());
  }

  public Optional<StepFile> step(String step) {
    return Optional.ofNullable(steps.get(step));
  }

  /**
   * What had been asked for at addresses that the run changed, before it did; empty for nothing.
   */
  public Map<Address, Optional<Fields>> before() {
    return Collections.unmodifiableMap(before);
  }

  /** Whether no step can move any more by itself. */
  public boolean stepsEnded() {
    return steps.values().stream()
        .allMatch(
            step ->
                switch (step.state()) {
                  case DONE, FAILED, SKIPPED, UNKNOWN -> true;
                  case WAITING, RUNNING, DELAYED -> false;
                });
  }

  /**
   * Whether its receipt still covers more of it. What it waited for the chat does not count: the
   * approval says that it waits.
   */
  public boolean covered(Receipt leave, Instant now) {
    Duration waited =
        waits.stream().map(wait -> wait.by(now)).reduce(Duration.ZERO, Duration::plus);
    return now.isBefore(leave.expires().plus(waited));
  }

  /** As it is now. */
  public synchronized Run view() {
    Run now = view;
    if (now == null) {
      var list = new ArrayList<Step>(steps.size());
      steps.values().forEach(step -> list.add(step.view()));
      now =
          new Run(
              plan.tenant(),
              id,
              plan.id(),
              plan.revision(),
              plan.thread(),
              receipt,
              state,
              list,
              health,
              undoes,
              undoneBy,
              started,
              ended,
              waits,
              message);
      view = now;
    }
    return now;
  }

  StepFile mine(String step) {
    view = null;
    StepFile found = steps.get(step);
    if (found == null) {
      throw new IllegalStateException("run " + id + " has no step " + step);
    }
    return found;
  }

  void remember(Address at, Optional<Fields> desired) {
    before.putIfAbsent(at, desired);
  }

  void checked(Event.Checked event) {
    view = null;
    health.put(event.address(), event.health());
  }

  void cancelAsked(String user, Instant at) {
    if (state == RunState.RUNNING || state == RunState.WAITING) {
      waitOver(at);
      move(RunState.CANCELLING, user + " asked to stop", Optional.empty());
    }
  }

  void retried() {
    for (StepFile step : steps.values()) {
      if (step.state() == StepState.FAILED
          || step.state() == StepState.SKIPPED
          || step.state() == StepState.UNKNOWN) {
        step.again();
      }
    }
    health.clear();
    move(RunState.RUNNING, "", Optional.empty());
  }

  void moved(Event.RunMoved event) {
    waitOver(event.at());
    if (event.state() == RunState.WAITING) {
      waits.add(new Wait(event.message(), event.at(), Optional.empty()));
    }
    move(
        event.state(),
        event.message(),
        event.state().ended() ? Optional.of(event.at()) : Optional.empty());
  }

  void undoneBy(String run) {
    view = null;
    undoneBy = Optional.of(run);
  }

  private void waitOver(Instant at) {
    if (!waits.isEmpty() && waits.getLast().until().isEmpty()) {
      Wait wait = waits.removeLast();
      waits.add(new Wait(wait.why(), wait.since(), Optional.of(at)));
    }
  }

  private void move(RunState to, String words, Optional<Instant> end) {
    view = null;
    state = to;
    message = words;
    ended = end;
  }
}
