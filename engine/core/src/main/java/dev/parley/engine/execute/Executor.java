package dev.parley.engine.execute;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.state.Book;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.RunFile;
import dev.parley.plan.Plan;
import dev.parley.run.Event;
import dev.parley.run.Journal.JournalFailed;
import dev.parley.run.Presence;
import dev.parley.run.RunState;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out runs, each on a thread of its own, and takes them up again after a crash. */
public final class Executor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ledger ledger;
  private final Accounts accounts;
  private final Pauses pauses;
  private final Clock clock;
  private final Duration stepDeadline;
  private final Backoff backoff;
  private final Lanes lanes;
  private final Presence presence;
  private final Ending ending;
  private final Map<String, Active> active = new ConcurrentHashMap<>();
  private volatile boolean closing;

  private record Active(RunLoop loop, CountDownLatch over) {}

  /**
   * @param stepDeadline how long one step may take
   * @param random for the jitter of pauses; safe for many threads
   * @param presence whether anybody can be told of a run; asked by those whose plan waits for that
   * @param ending what follows when a run's steps have ended
   */
  public Executor(
      Ledger ledger,
      Accounts accounts,
      Pauses pauses,
      Clock clock,
      Duration stepDeadline,
      RandomGenerator random,
      Presence presence,
      Ending ending) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.pauses = pauses;
    this.clock = clock;
    this.stepDeadline = stepDeadline;
    this.backoff = new Backoff(random);
    this.lanes = new Lanes(accounts, clock, pauses);
    this.presence = presence;
    this.ending = ending;
  }

  /** Takes up a run that has started; does nothing if it is being carried out already. */
  public void begin(String tenant, String run) {
    if (closing) {
      return;
    }
    active.computeIfAbsent(
        tenant + "/" + run,
        key -> {
          RunLoop loop =
              ledger.read(
                  tenant,
                  book ->
                      new RunLoop(
                          tenant,
                          mine(book, run),
                          ledger,
                          lanes,
                          account -> accounts.provider(tenant, account),
                          backoff,
                          pauses,
                          clock,
                          stepDeadline,
                          presence,
                          () -> closing));
          var now = new Active(loop, new CountDownLatch(1));
          Thread.ofVirtual()
              .name("parley-" + tenant + "-" + run)
              .start(() -> carryOut(tenant, run, key, now));
          return now;
        });
  }

  private void carryOut(String tenant, String run, String key, Active now) {
    boolean ended = false;
    try {
      LOG.info("run {} of {} goes on", run, tenant);
      Plan plan = ledger.read(tenant, book -> mine(book, run).plan());
      ended =
          now.loop()
              .carryOut(
                  new IdentityCheck(account -> accounts.provider(tenant, account), backoff, pauses)
                      .strangers(plan));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JournalFailed e) {
      LOG.error(
          "run {} of {} stands still, since the journal can't be written: {}",
          run,
          tenant,
          e.getMessage());
    } catch (RuntimeException e) {
      LOG.error(
          "run {} of {} stands still, by a defect of ours; it goes on after a restart",
          run,
          tenant,
          e);
    } finally {
      active.remove(key);
      now.over().countDown();
    }
    if (ended && !closing) {
      try {
        ending.stepsEnded(tenant, run);
      } catch (RuntimeException e) {
        LOG.error(
            "run {} of {} has ended but can't be concluded; it is taken up after a restart",
            run,
            tenant,
            e);
      }
    }
  }

  /** Takes up every run of a tenant that a crash or a stop had left; call once at start. */
  public void resume(String tenant) {
    List<String> running =
        ledger.read(
            tenant,
            book ->
                book.runs().stream()
                    .filter(
                        run ->
                            run.state() == RunState.RUNNING
                                || run.state() == RunState.WAITING
                                || run.state() == RunState.CANCELLING)
                    .map(RunFile::id)
                    .toList());
    running.forEach(run -> begin(tenant, run));
  }

  /**
   * Asks a run to stop at the next safe point.
   *
   * @throws Invalid if it has no steps left to stop
   */
  public void cancel(String tenant, String run, String user) {
    ledger.decide(
        tenant,
        book -> {
          RunFile file = mine(book, run);
          return switch (file.state()) {
            case RUNNING, WAITING ->
                Decision.<Boolean>of(
                    List.of(new Event.CancelAsked(run, user, clock.instant())), _ -> true);
            case CANCELLING -> Decision.nothing(true);
            case VERIFYING, ROLLING_BACK, SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK ->
                throw refused(run, "it is " + file.state() + ": nothing is left to stop", "");
          };
        });
    Active now = active.get(tenant + "/" + run);
    if (now != null) {
      now.loop().cancel();
    }
  }

  /**
   * Tries failed and skipped steps again, under the same receipt.
   *
   * @throws Invalid if it can't be retried
   */
  public void retry(String tenant, String run, String user) {
    ledger.decide(
        tenant,
        book -> {
          RunFile file = mine(book, run);
          if (file.state() != RunState.FAILED && file.state() != RunState.CANCELLED) {
            throw refused(run, "it is " + file.state() + ", not failed or cancelled", "");
          }
          if (file.undoneBy().isPresent()) {
            throw refused(run, file.undoneBy().get() + " rolls it back", "ask for the plan again");
          }
          boolean valid =
              book.receipt(file.receipt())
                  .filter(receipt -> file.covered(receipt, clock.instant()))
                  .isPresent();
          if (!valid) {
            throw refused(
                run, "its receipt " + file.receipt() + " has expired", "ask for the plan again");
          }
          return Decision.<Boolean>of(
              List.of(new Event.Retried(run, user, clock.instant())), _ -> true);
        });
    begin(tenant, run);
  }

  private static Invalid refused(String run, String why, String next) {
    return new Invalid(new Problem(run, "the run", why, next));
  }

  private static RunFile mine(Book book, String run) {
    return book.run(run)
        .orElseThrow(() -> refused(run, "there is no such run", "look at the list of runs"));
  }

  /** Starts nothing new, waits for calls on the wire, and journals what they said. */
  @Override
  public void close() {
    closing = true;
    lanes.close(PATIENCE);
    List<Active> left = List.copyOf(active.values());
    left.forEach(one -> one.loop().stop());
    try {
      for (Active one : left) {
        if (!one.over().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          LOG.warn("a run did not come to rest in time; it is taken up from the journal");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
