package dev.parley.engine.execute;

import dev.parley.engine.execute.Work.Absent;
import dev.parley.engine.execute.Work.Doing;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.provider.Capability;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What each step of a run does next. Decides only: events are told to the run, and calls become
 * jobs of it, which go out after the events are on disk. Belongs to the run's thread.
 */
final class StepFlow {
  /** The run, as its steps see it. */
  interface Stage {
    /** Journals an event before any later job goes out. */
    void tell(Event event);

    /**
     * Asks the provider something after a pause; the reply comes to {@link StepFlow#heard}.
     *
     * @param call whether it is a new call rather than a look
     */
    void job(Work work, Duration pause, boolean call, Function<Calls, Reply> job);

    /** The step is done: what needs it may start. */
    void done(Work work);

    /** The step ended otherwise: what needs it is skipped. */
    void lost(Work work);

    boolean cancelling();
  }

  private final String run;
  private final Plan plan;
  private final Stage stage;
  private final Function<String, Provider> providers;
  private final Function<Address, Optional<Resource>> existing;
  private final Retries retries;
  private final Backoff backoff;
  private final Clock clock;
  private final Duration stepDeadline;
  private final Map<Address, Optional<Resource>> made = new HashMap<>();

  /**
   * @param existing what exists by the ledger, as far as this run has not changed it
   */
  StepFlow(
      String run,
      Plan plan,
      Stage stage,
      Function<String, Provider> providers,
      Function<Address, Optional<Resource>> existing,
      Backoff backoff,
      Clock clock,
      Duration stepDeadline) {
    this.run = run;
    this.plan = plan;
    this.stage = stage;
    this.providers = providers;
    this.existing = existing;
    this.retries = new Retries(backoff);
    this.backoff = backoff;
    this.clock = clock;
    this.stepDeadline = stepDeadline;
  }

  /** The process ended while the step was running: its call may or may not have gone out. */
  void recover(Work work) {
    work.deadline = clock.instant().plus(stepDeadline);
    work.sent = work.started;
    if (!resolve(work)) {
      return;
    }
    if (work.handle.isPresent()) {
      poll(work, Duration.ZERO);
      return;
    }
    findOut(work, Duration.ZERO, true);
  }

  /** Starts a step, or starts it again. */
  void begin(Work work) {
    if (!resolve(work)) {
      return;
    }
    work.deadline = clock.instant().plus(stepDeadline);
    boolean waitOn = work.handle.isPresent() && work.formerError.equals("DeadlinePassed");
    if (waitOn) {
      stage.tell(started(work));
      stage.tell(
          new Event.StepAccepted(run, work.step, work.handle.orElseThrow(), clock.instant()));
      poll(work, Duration.ZERO);
      return;
    }
    boolean again = work.attempt > 0;
    work.notTaken = true;
    anew(work);
    if (again && work.change instanceof Change.Create) {
      work.absent = Absent.SEND;
      look(work, Duration.ZERO);
    } else {
      send(work, Duration.ZERO);
    }
  }

  private Event started(Work work) {
    var token = work.token(plan);
    return new Event.StepStarted(
        run, work.step, work.attempt, token.value(), token.correlation(), clock.instant());
  }

  private boolean resolve(Work work) {
    try {
      work.change = Outputs.resolve(work.planned, this::known);
      return true;
    } catch (Outputs.Unresolved e) {
      fail(work, "Unresolved", e.getMessage() + "; plan again", false);
      return false;
    }
  }

  private Optional<Resource> known(Address at) {
    Optional<Resource> mine = made.get(at);
    return mine != null ? mine : existing.apply(at);
  }

  private void send(Work work, Duration pause) {
    work.doing = Doing.CALLING;
    var change = work.change;
    var token = work.token(plan);
    work.sentBefore = work.sent;
    work.sent = work.sent.or(() -> Optional.of(clock.instant()));
    stage.job(work, pause, true, calls -> calls.send(change, token));
  }

  private void poll(Work work, Duration pause) {
    work.doing = Doing.POLLING;
    var change = work.change;
    var token = work.token(plan);
    var handle = work.handle.orElseThrow();
    stage.job(work, pause, false, calls -> calls.poll(handle, change, token));
  }

  private void see(Work work, Duration pause) {
    work.doing = Doing.SEEING;
    var change = work.change;
    var token = work.token(plan);
    var id = work.id;
    stage.job(work, pause, false, calls -> calls.see(change, token, id));
  }

  private void look(Work work, Duration pause) {
    work.doing = Doing.LOOKING;
    var change = work.change;
    var token = work.token(plan);
    stage.job(work, pause, false, calls -> calls.look(change, token));
  }

  private void reread(Work work, Duration pause) {
    work.doing = Doing.CALLING;
    var change = work.change;
    stage.job(work, pause, false, calls -> calls.reread(change));
  }

  /** Decides what follows from what came back. */
  void heard(Work work, Reply reply) {
    switch (reply) {
      case Reply.Done(var resource) -> done(work, resource);
      case Reply.Running(var operation) -> running(work, operation);
      case Reply.Unseen(var id, var trouble) -> unseen(work, id, trouble);
      case Reply.Found(var resource) -> found(work, resource);
      case Reply.Reread(var resource) -> reread(work, resource);
      case Reply.Cleared _ -> {
        work.absent = Absent.SEND;
        look(work, Duration.ZERO);
      }
      case Reply.Trouble(var error, var finished) -> trouble(work, error, finished);
    }
  }

  private void done(Work work, Optional<Resource> resource) {
    stage.tell(new Event.StepDone(run, work.step, work.planned.at(), resource, clock.instant()));
    made.put(work.planned.at(), resource);
    stage.done(work);
  }

  private void running(Work work, Operation operation) {
    boolean first = !work.handle.equals(Optional.of(operation.handle()));
    if (first) {
      work.handle = Optional.of(operation.handle());
      stage.tell(new Event.StepAccepted(run, work.step, operation.handle(), clock.instant()));
    }
    work.id = operation.resource().or(() -> work.id);
    work.count.looked();
    work.notTaken = false;
    if (tooLate(work)) {
      fail(
          work,
          "DeadlinePassed",
          "it has been running for "
              + stepDeadline.toMinutes()
              + " minutes; retry to go on waiting for it",
          false);
      return;
    }
    poll(work, operation.retryAfter().orElseGet(() -> backoff.pause(work.polls++)));
  }

  private void unseen(Work work, Optional<ResourceId> id, Optional<ProviderException> trouble) {
    work.id = id.or(() -> work.id);
    work.doing = Doing.SEEING;
    if (trouble.isPresent()) {
      trouble(work, trouble.get(), false);
      return;
    }
    if (work.unseen++ < 10 && !tooLate(work)) {
      see(work, backoff.pause(work.unseen - 1));
    } else if (work.change instanceof Change.Delete) {
      fail(
          work,
          "StillThere",
          "the provider says it is deleted, but it is still there; look at it, then retry",
          false);
    } else {
      fail(
          work,
          "NotVisible",
          "the provider says it is done, but it can't be read; look whether it is there, then"
              + " retry",
          true);
    }
  }

  private void found(Work work, Optional<Resource> resource) {
    work.count.looked();
    if (work.failing.isPresent()) {
      resource.ifPresent(
          left ->
              stage.tell(
                  new Event.Observed(
                      work.planned.at(), Optional.of(left), false, clock.instant())));
      String left = resource.map(half -> "; " + half.id() + " is left half-made").orElse("");
      stop(work, work.failing.get(), left);
      return;
    }
    if (resource.isPresent()) {
      foundOurs(work, resource.get());
      return;
    }
    if (work.looksLeft > 0) {
      work.looksLeft--;
      look(work, backoff.pause(0));
      return;
    }
    work.notTaken = true;
    switch (work.absent) {
      case SEND -> {
        if (stage.cancelling()) {
          skip(work, "cancelled before the provider took it");
        } else {
          send(work, Duration.ZERO);
        }
      }
      case ASK_A_PERSON ->
          askPerson(
              work, "the provider did not say whether it happened, and nothing bears its mark");
    }
  }

  private void foundOurs(Work work, Resource resource) {
    switch (resource.lifecycle()) {
      case READY, UNKNOWN -> done(work, Optional.of(resource));
      case DELETED -> found(work, Optional.empty());
      case PENDING, UPDATING, DELETING -> {
        if (tooLate(work)) {
          fail(
              work,
              "DeadlinePassed",
              resource.id()
                  + " is "
                  + resource.lifecycle()
                  + " for too long; retry to go on waiting for it",
              false);
        } else {
          look(work, backoff.pause(work.polls++));
        }
      }
      case FAILED -> {
        if (work.cleared || !(work.change instanceof Change.Create create)) {
          fail(
              work,
              "OperationFailed",
              resource.id() + " has failed at the provider; delete it, then retry",
              false);
          return;
        }
        work.cleared = true;
        work.doing = Doing.LOOKING;
        var token = Tokens.clearing(plan, work.step, work.attempt);
        stage.job(work, Duration.ZERO, true, calls -> calls.clear(create, resource, token));
      }
    }
  }

  private void reread(Work work, Optional<Resource> now) {
    if (now.isEmpty() && !(work.change instanceof Change.Create)) {
      if (work.change instanceof Change.Delete) {
        done(work, Optional.empty());
      } else {
        fail(work, "NotFound", "it was removed by somebody else; plan again", false);
      }
      return;
    }
    if (work.change instanceof Change.Update update && now.isPresent()) {
      var current = now.get().properties();
      boolean moved =
          update.now().fields().keySet().stream()
              .anyMatch(name -> !update.was().get(name).equals(current.get(name)));
      if (moved) {
        fail(work, "PreconditionFailed", "somebody else changed it meanwhile; plan again", false);
        return;
      }
      work.change =
          new Change.Update(update.at(), update.region(), update.id(), current, update.now());
    }
    anew(work);
    send(work, Duration.ZERO);
  }

  private void trouble(Work work, ProviderException error, boolean finished) {
    if (work.failing.isPresent()) {
      stop(work, work.failing.get(), "");
      return;
    }
    work.notTaken = false;
    Next next =
        finished
            ? retries.call(error, true, work.change, work.count)
            : switch (work.doing) {
              case CALLING -> retries.call(error, false, work.change, work.count);
              case POLLING -> retries.poll(error, work.count);
              case SEEING, LOOKING -> retries.look(error, work.count);
              case WAITING, ENDED -> throw new IllegalStateException("nothing was asked: " + work);
            };
    if (tooLate(work) && !(next instanceof Next.Gone)) {
      next =
          error instanceof ProviderException.OutcomeUnknown
              ? new Next.AskPerson()
              : new Next.Stop();
    }
    switch (next) {
      case Next.Stop _ -> orphanThenStop(work, error, finished);
      case Next.AskPerson _ -> askPersonUnlessSafe(work, error);
      case Next.Gone _ -> done(work, Optional.empty());
      case Next.AdoptOurs _ -> {
        if (work.taken) {
          stop(work, error, "");
        } else {
          adopt(work, error);
        }
      }
      case Next.FindOut(var pause) -> findOut(work, pause, false);
      case Next.Send(var pause, var anew) -> {
        work.notTaken = true;
        if (anew) {
          anew(work);
        } else {
          work.sent = work.sentBefore;
        }
        delayed(work, error, pause);
        send(work, pause);
      }
      case Next.LookThenSend(var pause, var anew) -> {
        if (anew) {
          anew(work);
        }
        delayed(work, error, pause);
        work.absent = Absent.SEND;
        look(work, pause);
      }
      case Next.RereadThenSend(var pause) -> {
        work.notTaken = true;
        delayed(work, error, pause);
        if (work.change.at().type().isOperation()) { // there is nothing to read
          anew(work);
          send(work, pause);
        } else {
          reread(work, pause);
        }
      }
      case Next.LookAgain(var pause) -> lookAgain(work, pause);
    }
  }

  /** The provider has ended the former call: the next has a token of its own. */
  private void anew(Work work) {
    work.attempt++;
    work.handle = Optional.empty();
    work.sent = Optional.empty();
    stage.tell(started(work));
  }

  private void lookAgain(Work work, Duration pause) {
    switch (work.doing) {
      case POLLING -> poll(work, pause);
      case SEEING -> see(work, pause);
      case LOOKING -> look(work, pause);
      case CALLING, WAITING, ENDED ->
          throw new IllegalStateException("nothing was looked at: " + work);
    }
  }

  /** The name is taken: it is ours if it bears our mark, whatever lost the answer to our call. */
  private void adopt(Work work, ProviderException error) {
    Change change = work.change;
    var token = work.token(plan);
    work.doing = Doing.LOOKING;
    stage.job(
        work,
        Duration.ZERO,
        false,
        calls ->
            switch (calls.look(change, token)) {
              case Reply.Found(var resource) when resource.isEmpty() ->
                  new Reply.Trouble(error, true);
              case Reply reply -> reply;
            });
    work.taken = true;
  }

  /**
   * Finds out whether a call happened.
   *
   * @param crashed whether it is not even known that it was sent
   */
  private void findOut(Work work, Duration pause, boolean crashed) {
    boolean tokens = tokens(work);
    switch (work.change) {
      case Change.Create _ -> {
        work.absent = tokens || crashed ? Absent.SEND : Absent.ASK_A_PERSON;
        work.looksLeft = tokens ? 0 : crashed ? 1 : 2;
        look(work, pause);
      }
      case Change.Delete _ -> {
        work.absent = Absent.SEND;
        work.looksLeft = 0;
        look(work, pause);
      }
      case Change.Update _, Change.Read _ -> send(work, pause);
      case Change.Call _ -> {
        if (tokens) {
          send(work, pause);
        } else {
          askPerson(
              work, "the provider did not say whether " + work.planned.at() + " took the call");
        }
      }
      case Change.Replace _, Change.NoOp _ ->
          throw new IllegalStateException("no step is a " + work.change);
    }
  }

  private boolean tokens(Work work) {
    return providers
        .apply(work.account())
        .info()
        .capabilities()
        .contains(Capability.IDEMPOTENCY_TOKEN);
  }

  /** With tokens, sending the same again is safe even where looking is impossible. */
  private void askPersonUnlessSafe(Work work, ProviderException error) {
    boolean cantLook = work.doing == Doing.LOOKING && error instanceof ProviderException.Refused;
    if (cantLook && tokens(work) && work.absent == Absent.SEND) {
      send(work, Duration.ZERO);
    } else {
      askPerson(work, error.kind() + ": " + error.getMessage());
    }
  }

  private void askPerson(Work work, String why) {
    fail(work, "OutcomeUnknown", why + "; look whether it was made, then retry", true);
  }

  /**
   * A create that the provider had taken may have left something: it is found and written down
   * first.
   */
  private void orphanThenStop(Work work, ProviderException error, boolean finished) {
    if (finished && work.change instanceof Change.Create && !work.taken) {
      work.failing = Optional.of(error);
      look(work, Duration.ZERO);
    } else {
      stop(work, error, "");
    }
  }

  private void stop(Work work, ProviderException error, String left) {
    fail(work, error.kind(), error.getMessage() + left + "; " + advice(work, error), false);
  }

  /** Where the provider does not say what is missing, the type's schema says what it takes. */
  private String advice(Work work, ProviderException error) {
    if (error instanceof ProviderException.Forbidden forbidden && forbidden.missing().isEmpty()) {
      List<String> needed = needed(work);
      if (!needed.isEmpty()) {
        return "it takes " + String.join(", ", needed) + "; grant what is missing, then retry";
      }
    }
    return Retries.advice(error);
  }

  private List<String> needed(Work work) {
    Change change = work.change;
    if (change.at().type().isOperation()) {
      return List.of();
    }
    try {
      return providers
          .apply(work.account())
          .catalog()
          .describe(change.at().type())
          .map(schema -> schema.permissions().getOrDefault(change.action(), List.of()))
          .orElse(List.of());
    } catch (ProviderException e) {
      return List.of();
    }
  }

  private void delayed(Work work, ProviderException error, Duration pause) {
    Instant now = clock.instant();
    stage.tell(
        new Event.StepDelayed(
            run, work.step, error.kind() + ": " + error.getMessage(), now.plus(pause), now));
  }

  void fail(Work work, String kind, String message, boolean unknown) {
    stage.tell(new Event.StepFailed(run, work.step, kind, message, unknown, clock.instant()));
    stage.lost(work);
  }

  void skip(Work work, String why) {
    stage.tell(new Event.StepSkipped(run, work.step, why, clock.instant()));
    stage.lost(work);
  }

  /** A call of it is not sent for now. */
  void held(Work work, String why) {
    Instant now = clock.instant();
    stage.tell(new Event.StepDelayed(run, work.step, why, now, now));
  }

  /** The call that was held is sent now: its time begins anew. */
  void released(Work work) {
    Instant now = clock.instant();
    work.deadline = now.plus(stepDeadline);
    if (work.notTaken) {
      work.sent = work.sentBefore.or(() -> Optional.of(now));
    }
  }

  /** The run is in another state. */
  void moved(RunState state, String message) {
    stage.tell(new Event.RunMoved(run, state, message, clock.instant()));
  }

  private boolean tooLate(Work work) {
    return clock.instant().isAfter(work.deadline);
  }
}
