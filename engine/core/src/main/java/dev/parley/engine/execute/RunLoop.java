package dev.parley.engine.execute;

import dev.parley.engine.execute.Work.Doing;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.RunFile;
import dev.parley.engine.state.StepFile;
import dev.parley.provider.Provider;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.run.Presence;
import dev.parley.run.RunState;
import dev.parley.run.StepState;
import java.time.Clock;
import java.time.Duration;
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
final class RunLoop implements StepFlow.Stage {
  /**
   * How soon a run that waits for the chat asks again. Asking costs nothing; nobody who watches a
   * chat notices two seconds.
   */
  private static final Duration LOOK_AROUND = Duration.ofSeconds(2);

  /** What the thread is told. */
  private sealed interface Message {}

  private record Heard(Work work, Reply reply) implements Message {}

  private record Due(Work work, Runnable then) implements Message {}

  /** The lane had room for a call, but nobody can be told of it. */
  private record Held(Work work, Runnable enter, String why) implements Message {}

  private record LookAround() implements Message {}

  private record CancelAsked() implements Message {}

  private record Stop() implements Message {}

  private final String tenant;
  private final Ledger ledger;
  private final Lanes lanes;
  private final Function<String, Provider> providers;
  private final Pauses pauses;
  private final BooleanSupplier closing;
  private final StepFlow flow;
  private final Gate gate;

  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, ArrayDeque<Work>> ready = new LinkedHashMap<>();
  private final Map<String, Integer> unanswered = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /**
   * Steps that were lost, while what needs them is being skipped: a queue, since chains may be
   * long.
   */
  private final ArrayDeque<Work> losing = new ArrayDeque<>();

  /** Calls that go out when somebody can be told of them again. */
  private final Map<Work, Runnable> parked = new LinkedHashMap<>();

  private int open;
  private boolean waiting;
  private boolean looking;
  private boolean cancelling;
  private boolean heldBack;

  /** Accounts that are not, or not surely, those the plan was approved for; and why. */
  private Map<String, String> strange = Map.of();

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
      Presence presence,
      BooleanSupplier closing) {
    this.tenant = tenant;
    this.ledger = ledger;
    this.lanes = lanes;
    this.providers = providers;
    this.pauses = pauses;
    this.closing = closing;
    this.flow =
        new StepFlow(
            file.id(),
            file.plan(),
            this,
            providers,
            at -> ledger.read(tenant, book -> book.tracked(at).map(Tracked::resource)),
            backoff,
            clock,
            stepDeadline);
    this.gate = new Gate(file.plan(), presence);
    this.waiting = file.state() == RunState.WAITING;
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
   * @param strangers accounts in which nothing may be done, and why
   * @return whether they have; false if it was stopped before
   */
  boolean carryOut(Map<String, String> strangers) throws InterruptedException {
    strange = strangers;
    if (cancelling) {
      gate.lift();
    }
    takeUp();
    while (true) {
      if (cancelling) {
        holdBack();
      } else if (!closing.getAsBoolean() && attended()) {
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
          case Held(var work, var enter, var why) -> held(work, enter, why);
          case LookAround _ -> looking = false;
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
          reachable(work).ifPresent(flow::recover);
        }
      }
    }
    for (Work work : List.copyOf(works.values())) {
      boolean failed =
          work.found == StepState.FAILED
              || work.found == StepState.SKIPPED
              || work.found == StepState.UNKNOWN;
      if (failed) {
        skipDependents(work);
      }
    }
  }

  private void queue(Work work) {
    ready.computeIfAbsent(work.account(), _ -> new ArrayDeque<>()).add(work);
  }

  /** The work, unless its account can't be used any more, or is another's. */
  private Optional<Work> reachable(Work work) {
    String why = strange.get(work.account());
    if (why != null) {
      flow.fail(work, "WrongIdentity", why, work.found != StepState.WAITING);
      return Optional.empty();
    }
    try {
      lanes.of(tenant, work.account());
      return Optional.of(work);
    } catch (RuntimeException e) {
      boolean mayHaveHappened = work.found != StepState.WAITING;
      flow.fail(
          work,
          "NoAccount",
          "account " + work.account() + " can't be used: " + e.getMessage(),
          mayHaveHappened);
      return Optional.empty();
    }
  }

  /**
   * Whether new calls may go out: not while the plan waits for the chat and the chat is down. Then
   * the run says that it waits, and looks again after a while.
   */
  private boolean attended() {
    boolean due =
        waiting || !parked.isEmpty() || ready.values().stream().anyMatch(queue -> !queue.isEmpty());
    Optional<String> away = due ? gate.shut() : Optional.empty();
    if (away.isPresent()) {
      if (!waiting) {
        waiting = true;
        flow.moved(RunState.WAITING, away.get());
      }
      if (!looking) {
        looking = true;
        afterwards.add(() -> pauses.after(LOOK_AROUND, () -> inbox.add(new LookAround())));
      }
      return false;
    }
    if (waiting) {
      waiting = false;
      flow.moved(RunState.RUNNING, "");
    }
    Map<Work, Runnable> now = new LinkedHashMap<>(parked);
    parked.clear();
    now.forEach(this::release);
    return true;
  }

  private void held(Work work, Runnable enter, String why) {
    unanswered.merge(work.account(), -1, Integer::sum);
    work.queued = Optional.empty();
    if (work.doing == Doing.ENDED) {
      return;
    }
    if (cancelling) {
      skipOrRelease(work, enter);
    } else {
      flow.held(work, why);
      parked.put(work, enter);
    }
  }

  private void release(Work work, Runnable enter) {
    if (work.doing != Doing.ENDED) {
      flow.released(work);
      unanswered.merge(work.account(), 1, Integer::sum);
      afterwards.add(enter);
    }
  }

  /** What no provider has taken is skipped; what may have been taken must be brought to an end. */
  private void skipOrRelease(Work work, Runnable enter) {
    if (work.notTaken && work.doing == Doing.CALLING) {
      flow.skip(work, "cancelled before the provider took it");
    } else {
      release(work, enter);
    }
  }

  private void start() {
    for (Map.Entry<String, ArrayDeque<Work>> account : ready.entrySet()) {
      ArrayDeque<Work> queue = account.getValue();
      while (!queue.isEmpty() && reachable(queue.getFirst()).isEmpty()) {
        queue.removeFirst();
      }
      if (!queue.isEmpty()) {
        int room =
            lanes.of(tenant, account.getKey()).window()
                - unanswered.getOrDefault(account.getKey(), 0);
        while (room-- > 0 && !queue.isEmpty()) {
          flow.begin(queue.removeFirst());
        }
      }
    }
  }

  @Override
  public void tell(Event event) {
    events.add(event);
  }

  @Override
  public boolean cancelling() {
    return cancelling;
  }

  @Override
  public void job(Work work, Duration pause, boolean call, Function<Calls, Reply> job) {
    String account = work.account();
    unanswered.merge(account, 1, Integer::sum);
    Lane lane = lanes.of(tenant, account);
    Runnable onTheWire =
        () -> inbox.add(new Heard(work, job.apply(new Calls(providers.apply(account), lane))));
    Runnable enter = call ? () -> enter(work, lane, onTheWire) : () -> lane.look(onTheWire);
    if (pause.isZero()) {
      afterwards.add(enter);
    } else {
      unanswered.merge(account, -1, Integer::sum);
      Runnable due =
          () -> {
            if (cancelling && work.notTaken && work.doing == Doing.CALLING) {
              flow.skip(work, "cancelled before the provider took it");
            } else {
              unanswered.merge(account, 1, Integer::sum);
              afterwards.add(enter);
            }
          };
      afterwards.add(() -> pauses.after(pause, () -> inbox.add(new Due(work, due))));
    }
  }

  /** Queues a call; when its turn comes, it is held if nobody can be told of it then. */
  private void enter(Work work, Lane lane, Runnable onTheWire) {
    Runnable turn =
        () -> {
          Optional<String> away = gate.shut();
          if (away.isPresent()) {
            lane.unused();
            inbox.add(new Held(work, () -> enter(work, lane, onTheWire), away.get()));
          } else {
            onTheWire.run();
          }
        };
    work.queued = Optional.of(turn);
    lane.call(turn);
  }

  private void heard(Work work, Reply reply) {
    unanswered.merge(work.account(), -1, Integer::sum);
    work.queued = Optional.empty();
    if (work.doing != Doing.ENDED) {
      flow.heard(work, reply);
    }
  }

  @Override
  public void done(Work work) {
    end(work);
    for (Work dependent : work.dependents) {
      if (--dependent.waitingFor == 0 && dependent.doing == Doing.WAITING) {
        queue(dependent);
      }
    }
  }

  @Override
  public void lost(Work work) {
    end(work);
    losing.add(work);
    if (losing.size() > 1) {
      return;
    }
    while (!losing.isEmpty()) {
      skipDependents(losing.getFirst());
      losing.removeFirst();
    }
  }

  private void skipDependents(Work lost) {
    for (Work dependent : lost.dependents) {
      if (dependent.doing == Doing.WAITING) {
        flow.skip(
            dependent, "it needs " + lost.step + " (" + lost.planned.at() + "), which is not done");
      }
    }
  }

  /**
   * The run is to stop: what no provider has taken is skipped, even if it waits for its turn
   * already.
   */
  private void holdBack() {
    if (heldBack) {
      return;
    }
    heldBack = true;
    gate.lift();
    ready.clear();
    Map<Work, Runnable> held = new LinkedHashMap<>(parked);
    parked.clear();
    held.forEach(this::skipOrRelease);
    for (Work work : works.values()) {
      if (work.doing == Doing.WAITING) {
        flow.skip(work, "the run was cancelled");
      } else if (work.doing == Doing.CALLING && work.notTaken) {
        boolean back = work.queued.filter(lanes.of(tenant, work.account())::withdraw).isPresent();
        if (back) {
          unanswered.merge(work.account(), -1, Integer::sum);
          flow.skip(work, "cancelled before the provider took it");
        }
      }
    }
  }

  private void end(Work work) {
    work.doing = Doing.ENDED;
    open--;
  }
}
