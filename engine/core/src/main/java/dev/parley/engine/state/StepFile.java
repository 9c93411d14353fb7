package dev.parley.engine.state;

import dev.parley.plan.Change;
import dev.parley.provider.OperationHandle;
import dev.parley.resource.Resource;
import dev.parley.run.Event;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step's state, changed only by its events. */
public final class StepFile {
  private final String id;
  private final Change change;
  private final Set<String> needs;
  private StepState state = StepState.WAITING;
  private int attempt;
  private String correlation = "";
  private Optional<OperationHandle> handle = Optional.empty();
  private Optional<Resource> made = Optional.empty();
  private Optional<String> error = Optional.empty();
  private String errorKind = "";
  private String message = "";
  private Optional<Instant> started = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private @Nullable Step view;

  StepFile(Steps.Planned planned) {
    id = planned.id();
    change = planned.change();
    needs = planned.needs();
  }

  public String id() {
    return id;
  }

  public Change change() {
    return change;
  }

  public Set<String> needs() {
    return needs;
  }

  public StepState state() {
    return state;
  }

  /** Of the last call; 0 before the first. */
  public int attempt() {
    return attempt;
  }

  /** The running or unfinished provider call, if the provider took one. */
  public Optional<OperationHandle> handle() {
    return handle;
  }

  public Optional<Resource> made() {
    return made;
  }

  /** The kind of the last failure; "" if there was none. */
  public String errorKind() {
    return errorKind;
  }

  public Optional<Instant> started() {
    return started;
  }

  /** As it is now. */
  Step view() {
    Step now = view;
    if (now == null) {
      now =
          new Step(
              id, change, needs, state, Math.max(1, attempt), made, error, message, started, ended);
      view = now;
    }
    return now;
  }

  void started(Event.StepStarted event) {
    if (event.attempt() > attempt) {
      handle = Optional.empty();
    }
    attempt = event.attempt();
    correlation = event.correlation();
    started = started.or(() -> Optional.of(event.at()));
    move(StepState.RUNNING, "");
  }

  void accepted(Event.StepAccepted event) {
    handle = Optional.of(event.handle());
    move(StepState.RUNNING, "");
  }

  void delayed(Event.StepDelayed event) {
    move(StepState.DELAYED, event.why());
  }

  void done(Event.StepDone event) {
    made = event.made();
    error = Optional.empty();
    errorKind = "";
    ended = Optional.of(event.at());
    move(StepState.DONE, "");
  }

  void failed(Event.StepFailed event) {
    errorKind = event.kind();
    error = Optional.of(event.kind() + ": " + event.message());
    ended = Optional.of(event.at());
    move(event.unknown() ? StepState.UNKNOWN : StepState.FAILED, event.message());
  }

  void skipped(Event.StepSkipped event) {
    ended = Optional.of(event.at());
    move(StepState.SKIPPED, event.why());
  }

  /** Ready for another try; a call that was only too slow keeps its handle. */
  void again() {
    if (!errorKind.equals("DeadlinePassed")) {
      handle = Optional.empty();
    }
    ended = Optional.empty();
    move(StepState.WAITING, "");
  }

  private void move(StepState to, String words) {
    state = to;
    message = words;
    view = null;
  }

  @Override
  public String toString() {
    return id + " " + change.sign() + " " + change.at() + " " + state + " " + correlation;
  }
}
