package dev.parley.engine.execute;

import dev.parley.engine.execute.Work.Absent;
import dev.parley.engine.execute.Work.Doing;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.RunFile;
import dev.parley.engine.state.StepFile;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.provider.Capability;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.run.RunState;
import dev.parley.run.StepState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Carries out one run. One thread owns the run and does nothing but decide: it takes what came
 * back, decides what follows for each step, journals all of it in one append, and only then sends
 * calls and sets timers. Calls run on threads of their own, as many as the account's {@link Lane}
 * lets through; a step that waits is a counter or a timer, never a thread.
 */
final class RunLoop {
  /** What the thread is told. */
  private sealed interface Message {}

  private record Heard(Work work, Reply reply) implements Message {}

  private record Due(Work work, Runnable then) implements Message {}

  private record CancelAsked() implements Message {}

  private record Stop() implements Message {}

  private final String tenant;
  private final String run;
  private final Plan plan;
  private final Ledger ledger;
  private final Lanes lanes;
  private final Function<String, Provider> providers;
  private final Retries retries;
  private final Backoff backoff;
  private final Pauses pauses;
  private final Clock clock;
  private final Duration stepDeadline;
  private final BooleanSupplier closing;

  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, ArrayDeque<Work>> ready = new LinkedHashMap<>();
  private final Map<String, Integer> unanswered = new HashMap<>();
  private final Map<Address, Optional<Resource>> made = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private int open;
  private boolean cancelling;
  private boolean heldBack;

  RunLoop(
      String tenant,
      RunFile file,
      Ledger ledger,
      Lanes lanes,
      Function<String, Provider> providers,
      Backoff backoff,
      Pauses pauses,
      Clock clock,
      Duration stepDeadline,
      BooleanSupplier closing) {
    this.tenant = tenant;
    this.run = file.id();
    this.plan = file.plan();
    this.ledger = ledger;
    this.lanes = lanes;
    this.providers = providers;
    this.retries = new Retries(backoff);
    this.backoff = backoff;
    this.pauses = pauses;
    this.clock = clock;
    this.stepDeadline = stepDeadline;
    this.closing = closing;
    this.cancelling = file.state() == RunState.CANCELLING;
    for (StepFile step : file.steps()) {
      works.put(step.id(), new Work(step));
    }
    for (StepFile step : file.steps()) {
      Work work = works.get(step.id());
      for (String need : step.needs()) {
        Work needed = works.get(need);
        if (work != null && needed != null && needed.found != StepState.DONE) {
          needed.dependents.add(work);
          work.waitingFor++;
        }
      }
    }
  }

  /** The person wants it to stop at the next safe point. */
  void cancel() {
    inbox.add(new CancelAsked());
  }

  /** Leaves the run where it is; what has come back by now is journaled first. */
  void stop() {
    inbox.add(new Stop());
  }

  /**
   * Goes on until every step has ended.
   *
   * @return whether they have; false if it was stopped before
   */
  boolean carryOut() throws InterruptedException {
    takeUp();
    while (true) {
      if (cancelling) {
        holdBack();
      } else if (!closing.getAsBoolean()) {
        start();
      }
      settle();
      if (open == 0) {
        return true;
      }
      boolean stopped = false;
      Message first = inbox.take();
      var batch = new ArrayList<Message>();
      batch.add(first);
      inbox.drainTo(batch);
      for (Message message : batch) {
        switch (message) {
          case Heard(var work, var reply) -> heard(work, reply);
          case Due(var work, var then) -> {
            if (work.doing != Doing.ENDED) {
              then.run();
            }
          }
          case CancelAsked _ -> cancelling = true;
          case Stop _ -> stopped = true;
        }
      }
      if (stopped) {
        settle();
        return false;
      }
    }
  }

  /** Journals what was decided, then does it. */
  private void settle() {
    if (!events.isEmpty()) {
      ledger.record(tenant, events);
      events.clear();
    }
    List<Runnable> now = List.copyOf(afterwards);
    afterwards.clear();
    now.forEach(Runnable::run);
  }

  // --- where a step comes in ---

  private void takeUp() {
    for (Work work : works.values()) {
      switch (work.found) {
        case DONE, FAILED, SKIPPED, UNKNOWN -> work.doing = Doing.ENDED;
        case WAITING -> {
          open++;
          if (work.waitingFor == 0) {
            queue(work);
          }
        }
        case RUNNING, DELAYED -> {
          open++;
          recover(work);
        }
      }
    }
    for (Work work : List.copyOf(works.values())) {
      boolean failed = work.found == StepState.FAILED || work.found == StepState.SKIPPED || work.found == StepState.UNKNOWN;
      if (failed) {
        skipDependents(work);
      }
    }
  }

  /** The process ended while the step was running: its call may or may not have gone out. */
  private void recover(Work work) {
    work.deadline = clock.instant().plus(stepDeadline);
    if (!resolve(work)) {
      return;
    }
    if (work.handle.isPresent()) {
      poll(work, Duration.ZERO);
      return;
    }
    findOut(work, Duration.ZERO, true);
  }

  private void queue(Work work) {
    ready.computeIfAbsent(work.account(), _ -> new ArrayDeque<>()).add(work);
  }

  private void start() {
    for (Map.Entry<String, ArrayDeque<Work>> account : ready.entrySet()) {
      ArrayDeque<Work> queue = account.getValue();
      if (queue.isEmpty()) {
        continue;
      }
      Lane lane;
      try {
        lane = lanes.of(tenant, account.getKey());
      } catch (RuntimeException e) {
        while (!queue.isEmpty()) {
          fail(queue.removeFirst(), "NoAccount", "account " + account.getKey() + " can't be used: " + e.getMessage(), false);
        }
        continue;
      }
      int room = lane.window() - unanswered.getOrDefault(account.getKey(), 0);
      while (room-- > 0 && !queue.isEmpty()) {
        begin(queue.removeFirst());
      }
    }
  }

  private void begin(Work work) {
    if (!resolve(work)) {
      return;
    }
    work.deadline = clock.instant().plus(stepDeadline);
    boolean waitOn = work.handle.isPresent() && work.formerError.equals("DeadlinePassed");
    if (waitOn) {
      events.add(started(work));
      events.add(new Event.StepAccepted(run, work.step, work.handle.orElseThrow(), clock.instant()));
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
    return new Event.StepStarted(run, work.step, work.attempt, token.value(), token.correlation(), clock.instant());
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
    return mine != null ? mine : ledger.read(tenant, book -> book.tracked(at).map(Tracked::resource));
  }

  // --- what a step does: each is one job, sent after the next append ---

  private void send(Work work, Duration pause) {
    work.doing = Doing.CALLING;
    var change = work.change;
    var token = work.token(plan);
    job(work, pause, true, calls -> calls.send(change, token));
  }

  private void poll(Work work, Duration pause) {
    work.doing = Doing.POLLING;
    var change = work.change;
    var token = work.token(plan);
    var handle = work.handle.orElseThrow();
    job(work, pause, false, calls -> calls.poll(handle, change, token));
  }

  private void see(Work work, Duration pause) {
    work.doing = Doing.SEEING;
    var change = work.change;
    var token = work.token(plan);
    var id = work.id;
    job(work, pause, false, calls -> calls.see(change, token, id));
  }

  private void look(Work work, Duration pause) {
    work.doing = Doing.LOOKING;
    var change = work.change;
    var token = work.token(plan);
    job(work, pause, false, calls -> calls.look(change, token));
  }

  private void reread(Work work, Duration pause) {
    work.doing = Doing.CALLING;
    var change = work.change;
    job(work, pause, false, calls -> calls.reread(change));
  }

  private void job(Work work, Duration pause, boolean call, Function<Calls, Reply> job) {
    String account = work.account();
    unanswered.merge(account, 1, Integer::sum);
    Lane lane = lanes.of(tenant, account);
    Runnable onTheWire =
        () -> inbox.add(new Heard(work, job.apply(new Calls(providers.apply(account), lane))));
    Runnable enter = () -> {
      if (call) {
        work.queued = Optional.of(onTheWire);
        lane.call(onTheWire);
      } else {
        lane.look(onTheWire);
      }
    };
    if (pause.isZero()) {
      afterwards.add(enter);
    } else {
      unanswered.merge(account, -1, Integer::sum);
      Runnable due = () -> {
        if (cancelling && work.notTaken && work.doing == Doing.CALLING) {
          skip(work, "cancelled before the provider took it");
        } else {
          unanswered.merge(account, 1, Integer::sum);
          afterwards.add(enter);
        }
      };
      afterwards.add(() -> pauses.after(pause, () -> inbox.add(new Due(work, due))));
    }
  }

  // --- what came back ---

  private void heard(Work work, Reply reply) {
    unanswered.merge(work.account(), -1, Integer::sum);
    work.queued = Optional.empty();
    if (work.doing == Doing.ENDED) {
      return;
    }
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
    events.add(new Event.StepDone(run, work.step, work.planned.at(), resource, clock.instant()));
    made.put(work.planned.at(), resource);
    end(work);
    for (Work dependent : work.dependents) {
      if (--dependent.waitingFor == 0 && dependent.doing == Doing.WAITING) {
        queue(dependent);
      }
    }
  }

  private void running(Work work, Operation operation) {
    boolean first = !work.handle.equals(Optional.of(operation.handle()));
    if (first) {
      work.handle = Optional.of(operation.handle());
      events.add(new Event.StepAccepted(run, work.step, operation.handle(), clock.instant()));
    }
    work.id = operation.resource().or(() -> work.id);
    work.count.looked();
    work.notTaken = false;
    if (tooLate(work)) {
      fail(work, "DeadlinePassed", "it has been running for " + stepDeadline.toMinutes() + " minutes; retry to go on waiting for it", false);
      return;
    }
    poll(work, operation.retryAfter().orElseGet(() -> backoff.pause(work.polls++)));
  }

  private void unseen(Work work, Optional<dev.parley.resource.ResourceId> id, Optional<ProviderException> trouble) {
    work.id = id.or(() -> work.id);
    work.doing = Doing.SEEING;
    if (trouble.isPresent()) {
      trouble(work, trouble.get(), false);
      return;
    }
    if (work.unseen++ < 10 && !tooLate(work)) {
      see(work, backoff.pause(work.unseen - 1));
    } else if (work.change instanceof Change.Delete) {
      fail(work, "StillThere", "the provider says it is deleted, but it is still there; look at it, then retry", false);
    } else {
      fail(work, "NotVisible", "the provider says it is done, but it can't be read; look whether it is there, then retry", true);
    }
  }

  private void found(Work work, Optional<Resource> resource) {
    work.count.looked();
    if (work.failing.isPresent()) {
      resource.ifPresent(
          left -> events.add(new Event.Observed(work.planned.at(), Optional.of(left), false, clock.instant())));
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
        if (cancelling) {
          skip(work, "cancelled before the provider took it");
        } else {
          send(work, Duration.ZERO);
        }
      }
      case ASK_A_PERSON -> askPerson(work, "the provider did not say whether it happened, and nothing bears its mark");
    }
  }

  private void foundOurs(Work work, Resource resource) {
    switch (resource.lifecycle()) {
      case READY, UNKNOWN -> done(work, Optional.of(resource));
      case DELETED -> found(work, Optional.empty());
      case PENDING, UPDATING, DELETING -> {
        if (tooLate(work)) {
          fail(work, "DeadlinePassed", resource.id() + " is " + resource.lifecycle() + " for too long; retry to go on waiting for it", false);
        } else {
          look(work, backoff.pause(work.polls++));
        }
      }
      case FAILED -> {
        if (work.cleared || !(work.change instanceof Change.Create create)) {
          fail(work, "OperationFailed", resource.id() + " has failed at the provider; delete it, then retry", false);
          return;
        }
        work.cleared = true;
        work.doing = Doing.LOOKING;
        var token = Tokens.clearing(plan, work.step, work.attempt);
        job(work, Duration.ZERO, true, calls -> calls.clear(create, resource, token));
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
          update.now().fields().keySet().stream().anyMatch(name -> !update.was().get(name).equals(current.get(name)));
      if (moved) {
        fail(work, "PreconditionFailed", "somebody else changed it meanwhile; plan again", false);
        return;
      }
      work.change = new Change.Update(update.at(), update.region(), update.id(), current, update.now());
    }
    anew(work);
    send(work, Duration.ZERO);
  }

  // --- what went wrong ---

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
      next = error instanceof ProviderException.OutcomeUnknown ? new Next.AskPerson() : new Next.Stop();
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
        reread(work, pause);
      }
      case Next.LookAgain(var pause) -> lookAgain(work, pause);
    }
  }

  /** The provider has ended the former call: the next has a token of its own. */
  private void anew(Work work) {
    work.attempt++;
    work.handle = Optional.empty();
    events.add(started(work));
  }

  private void lookAgain(Work work, Duration pause) {
    switch (work.doing) {
      case POLLING -> poll(work, pause);
      case SEEING -> see(work, pause);
      case LOOKING -> look(work, pause);
      case CALLING, WAITING, ENDED -> throw new IllegalStateException("nothing was looked at: " + work);
    }
  }

  /** The name is taken: it is ours if it bears our mark, whatever lost the answer to our call. */
  private void adopt(Work work, ProviderException error) {
    Change change = work.change;
    var token = work.token(plan);
    work.doing = Doing.LOOKING;
    job(
        work,
        Duration.ZERO,
        false,
        calls ->
            switch (calls.look(change, token)) {
              case Reply.Found(var resource) when resource.isEmpty() -> new Reply.Trouble(error, true);
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
          askPerson(work, "the provider did not say whether " + work.planned.at() + " took the call");
        }
      }
      case Change.Replace _, Change.NoOp _ -> throw new IllegalStateException("no step is a " + work.change);
    }
  }

  private boolean tokens(Work work) {
    return providers.apply(work.account()).info().capabilities().contains(Capability.IDEMPOTENCY_TOKEN);
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

  /** A create that the provider had taken may have left something: it is found and written down first. */
  private void orphanThenStop(Work work, ProviderException error, boolean finished) {
    if (finished && work.change instanceof Change.Create && !work.taken) {
      work.failing = Optional.of(error);
      look(work, Duration.ZERO);
    } else {
      stop(work, error, "");
    }
  }

  private void stop(Work work, ProviderException error, String left) {
    fail(work, error.kind(), error.getMessage() + left + "; " + Retries.advice(error), false);
  }

  private void delayed(Work work, ProviderException error, Duration pause) {
    Instant now = clock.instant();
    events.add(
        new Event.StepDelayed(run, work.step, error.kind() + ": " + error.getMessage(), now.plus(pause), now));
  }

  private void fail(Work work, String kind, String message, boolean unknown) {
    events.add(new Event.StepFailed(run, work.step, kind, message, unknown, clock.instant()));
    end(work);
    skipDependents(work);
  }

  private void skip(Work work, String why) {
    events.add(new Event.StepSkipped(run, work.step, why, clock.instant()));
    end(work);
    skipDependents(work);
  }

  private void skipDependents(Work failed) {
    for (Work dependent : failed.dependents) {
      if (dependent.doing == Doing.WAITING) {
        skip(dependent, "it needs " + failed.step + " (" + failed.planned.at() + "), which is not done");
      }
    }
  }

  /** The run is to stop: what no provider has taken is skipped, even if it waits for its turn already. */
  private void holdBack() {
    if (heldBack) {
      return;
    }
    heldBack = true;
    ready.clear();
    for (Work work : works.values()) {
      if (work.doing == Doing.WAITING) {
        skip(work, "the run was cancelled");
      } else if (work.doing == Doing.CALLING && work.notTaken) {
        boolean back = work.queued.filter(lanes.of(tenant, work.account())::withdraw).isPresent();
        if (back) {
          unanswered.merge(work.account(), -1, Integer::sum);
          skip(work, "cancelled before the provider took it");
        }
      }
    }
  }

  private void end(Work work) {
    work.doing = Doing.ENDED;
    open--;
  }

  private boolean tooLate(Work work) {
    return clock.instant().isAfter(work.deadline);
  }
}
