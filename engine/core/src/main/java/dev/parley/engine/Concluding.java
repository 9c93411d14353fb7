package dev.parley.engine;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.execute.Ending;
import dev.parley.engine.resolve.Resolution;
import dev.parley.engine.state.Decision;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.state.RunFile;
import dev.parley.engine.verify.Rollback;
import dev.parley.engine.verify.Verifier;
import dev.parley.identity.Directory;
import dev.parley.identity.Tenant;
import dev.parley.identity.User;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.provider.Health;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.run.Event;
import dev.parley.run.Run;
import dev.parley.run.RunState;
import dev.parley.run.Step;
import dev.parley.run.StepState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What follows when the steps of a run have ended: what was made is looked at, and if that or a
 * step went wrong, the run is rolled back where its approval covers that, or left to a person.
 */
final class Concluding implements Ending {
  private static final int FLUSH = 64;

  private final Ledger ledger;
  private final Accounts accounts;
  private final Directory directory;
  private final Verifier verifier;
  private final Proposing proposing;
  private final Function<String, Rollback.Schemas> schemas;
  private final BiConsumer<String, String> begin;
  private final Clock clock;

  /**
   * @param schemas by tenant
   * @param begin carries a started run out: tenant, run
   */
  Concluding(
      Ledger ledger,
      Accounts accounts,
      Directory directory,
      Verifier verifier,
      Proposing proposing,
      Function<String, Rollback.Schemas> schemas,
      BiConsumer<String, String> begin,
      Clock clock) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.directory = directory;
    this.verifier = verifier;
    this.proposing = proposing;
    this.schemas = schemas;
    this.begin = begin;
    this.clock = clock;
  }

  /** Goes on with runs whose verification a crash or a stop had broken off. */
  void resume(String tenant) {
    List<String> left =
        ledger.read(
            tenant,
            book ->
                book.runs().stream()
                    .filter(run -> run.state() == RunState.VERIFYING)
                    .map(RunFile::id)
                    .toList());
    left.forEach(
        run ->
            Thread.ofVirtual().name("parley-verify-" + run).start(() -> stepsEnded(tenant, run)));
  }

  @Override
  public void stepsEnded(String tenant, String id) {
    record Ended(Run run, Plan plan) {}
    Ended ended =
        ledger.read(
            tenant,
            book -> book.run(id).map(file -> new Ended(file.view(), file.plan())).orElseThrow());
    Run run = ended.run();
    long undone = run.steps().stream().filter(step -> step.state() != StepState.DONE).count();
    if (run.state() == RunState.CANCELLING && undone > 0) {
      move(
          tenant,
          run,
          RunState.CANCELLED,
          counts(run) + "; retry does the rest, roll back undoes what was done");
    } else if (undone > 0) {
      badly(tenant, run, ended.plan(), failures(run));
    } else {
      verify(tenant, run, ended.plan());
    }
  }

  private void verify(String tenant, Run run, Plan plan) {
    if (run.state() != RunState.VERIFYING) {
      ledger.record(tenant, List.of(moved(run.id(), RunState.VERIFYING, "")));
    }
    Map<Address, Resource> made = made(run);
    var waiting = new ArrayList<Event>();
    Map<Address, Health> seen;
    try {
      seen =
          verifier.verify(
              tenant,
              made,
              (at, health) -> {
                synchronized (waiting) {
                  waiting.add(new Event.Checked(run.id(), at, health, clock.instant()));
                  if (made.size() <= FLUSH || waiting.size() >= FLUSH) {
                    ledger.record(tenant, waiting);
                    waiting.clear();
                  }
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!waiting.isEmpty()) {
      ledger.record(tenant, waiting);
    }
    List<String> sick =
        seen.entrySet().stream()
            .filter(entry -> entry.getValue().state() == Health.State.UNHEALTHY)
            .map(entry -> entry.getKey() + " is unhealthy: " + entry.getValue().detail())
            .toList();
    String trouble = String.join("; ", sick);
    if (run.undoes().isPresent()) {
      String but = sick.isEmpty() ? "" : ", but " + trouble;
      ledger.record(
          tenant,
          List.of(
              moved(run.id(), RunState.SUCCEEDED, counts(run) + but),
              moved(run.undoes().get(), RunState.ROLLED_BACK, run.id() + " rolled it back" + but)));
    } else if (sick.isEmpty()) {
      move(tenant, run, RunState.SUCCEEDED, counts(run));
    } else {
      badly(tenant, run, plan, trouble);
    }
  }

  private static Map<Address, Resource> made(Run run) {
    var made = new LinkedHashMap<Address, Resource>();
    for (Step step : run.steps()) {
      if (!(step.change() instanceof Change.Read)) {
        step.made().ifPresent(resource -> made.put(step.at(), resource));
      }
    }
    return made;
  }

  private void badly(String tenant, Run run, Plan plan, String why) {
    if (run.undoes().isPresent()) {
      ledger.record(
          tenant,
          List.of(
              moved(run.id(), RunState.FAILED, why + "; retry it"),
              moved(
                  run.undoes().get(),
                  RunState.FAILED,
                  "its rollback " + run.id() + " failed: " + why)));
    } else if (plan.rollback() && covers(tenant, run)) {
      rollBack(tenant, run, plan, why);
    } else {
      move(tenant, run, RunState.FAILED, why + "; retry it, or roll it back");
    }
  }

  private boolean covers(String tenant, Run run) {
    return ledger.read(
        tenant,
        book ->
            book.receipt(run.receipt())
                .filter(
                    receipt ->
                        receipt.rollback()
                            && book.run(run.id()).orElseThrow().covered(receipt, clock.instant()))
                .isPresent());
  }

  private void rollBack(String tenant, Run run, Plan plan, String why) {
    Rollback.Undo undo =
        ledger.read(
            tenant,
            book -> Rollback.of(book, book.run(run.id()).orElseThrow(), schemas.apply(tenant)));
    if (undo.draft().wants().isEmpty()) {
      move(tenant, run, RunState.FAILED, why + "; nothing was done that could be undone");
      return;
    }
    Tenant whose = accounts.tenant(tenant).orElseThrow();
    User requester =
        directory
            .user(tenant, plan.requester())
            .orElseGet(
                () ->
                    new User(
                        tenant, plan.requester(), plan.requester(), Set.of(), Set.of(), false));
    Resolution inverse =
        proposing.resolve(
            whose,
            plan.thread(),
            requester,
            "roll back " + run.id(),
            undo.draft(),
            Optional.of(run.id()));
    switch (inverse) {
      case Resolution.Rejected(var problems) ->
          move(
              tenant,
              run,
              RunState.FAILED,
              why
                  + "; it can't be rolled back by itself: "
                  + problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
      case Resolution.Resolved r -> {
        if (r.verdict().denied()) {
          move(
              tenant,
              run,
              RunState.FAILED,
              why
                  + "; the rules deny its rollback ("
                  + denials(r.verdict().findings())
                  + "): a person must decide");
        } else if (r.plan().isEmpty()) {
          move(tenant, run, RunState.FAILED, why + "; nothing is left to be undone");
        } else {
          String started =
              ledger.decide(
                  tenant,
                  book -> {
                    String next = book.nextRun();
                    return Decision.of(
                        List.of(
                            moved(
                                run.id(),
                                RunState.ROLLING_BACK,
                                why + "; " + next + " rolls it back"),
                            new Event.RunStarted(
                                next,
                                r.plan(),
                                run.receipt(),
                                Optional.of(run.id()),
                                clock.instant())),
                        _ -> next);
                  });
          begin.accept(tenant, started);
        }
      }
    }
  }

  private static String denials(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.active() && finding.enforcement() == Enforcement.DENY)
        .map(Finding::rule)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void move(String tenant, Run run, RunState state, String message) {
    ledger.record(tenant, List.of(moved(run.id(), state, message)));
  }

  private Event moved(String run, RunState state, String message) {
    return new Event.RunMoved(run, state, message, clock.instant());
  }

  private static String counts(Run run) {
    return run.count(StepState.DONE) + " of " + run.steps().size() + " steps done";
  }

  private static String failures(Run run) {
    List<Step> failed =
        run.steps().stream()
            .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.UNKNOWN)
            .toList();
    String first =
        failed.stream()
            .limit(3)
            .map(step -> step.at() + ": " + step.error().orElse(""))
            .collect(Collectors.joining("; "));
    return counts(run)
        + ", "
        + failed.size()
        + " failed: "
        + first
        + (failed.size() > 3 ? "; ..." : "");
  }
}
