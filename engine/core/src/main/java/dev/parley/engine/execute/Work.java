package dev.parley.engine.execute;

import dev.parley.engine.state.StepFile;
import dev.parley.plan.Change;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.ProviderException;
import dev.parley.provider.Token;
import dev.parley.resource.ResourceId;
import dev.parley.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step under way; only its run's thread changes it. */
final class Work {
  /** What the step is doing. */
  enum Doing {
    WAITING,
    CALLING,
    POLLING,
    /** Reading what was made. */
    SEEING,
    /** Searching for its mark. */
    LOOKING,
    ENDED
  }

  /** What it means if its mark is not found. */
  enum Absent {
    SEND,
    ASK_A_PERSON
  }

  final String step;
  final Change planned;
  final StepState found;
  final String formerError;

  /** When an earlier process first started it. */
  final Optional<Instant> started;

  final List<Work> dependents = new ArrayList<>();
  final Retries.Count count = new Retries.Count();

  Doing doing = Doing.WAITING;
  int waitingFor;
  int attempt;
  Optional<OperationHandle> handle;
  Optional<ResourceId> id = Optional.empty();
  Optional<ProviderException> failing = Optional.empty();
  Absent absent = Absent.SEND;
  int looksLeft;
  int polls;
  int unseen;
  boolean cleared;

  /** Whether the provider said that the name is taken. */
  boolean taken;

  /** Its call, from when it enters the lane until it is answered. */
  Optional<Runnable> queued = Optional.empty();

  /** Whether the last thing known is that the provider did not take the call. */
  boolean notTaken;

  Instant deadline = Instant.MAX;

  /** When its present attempt may first have been sent. */
  Optional<Instant> sent = Optional.empty();

  /** The same, as it was before the last call went out. */
  Optional<Instant> sentBefore = Optional.empty();

  /** The planned change, its references resolved; set before the first call. */
  Change change;

  Work(StepFile file) {
    step = file.id();
    planned = file.change();
    change = planned;
    found = file.state();
    formerError = file.errorKind();
    attempt = file.attempt();
    handle = file.handle();
    started = file.started();
  }

  String account() {
    return planned.at().account();
  }

  Token token(dev.parley.plan.Plan plan) {
    Token token = Tokens.of(plan, step, attempt);
    return sent.map(token::again).orElse(token);
  }

  @Override
  public String toString() {
    return step + " " + planned.sign() + " " + planned.at();
  }
}
