package dev.parley.engine;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.record.Recorder;
import dev.parley.engine.state.Ledger;
import dev.parley.identity.Account;
import dev.parley.identity.Tenant;
import dev.parley.knowledge.Knowledge;
import dev.parley.policy.Rulebook;
import dev.parley.run.Store;
import dev.parley.value.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks every part how it is, all at once. */
record Checking(
    Store store,
    Accounts accounts,
    Rulebook rulebook,
    Knowledge knowledge,
    Recorder recorder,
    Ledger ledger) {
  private static final long SECONDS = 10;

  /** By name; a part that does not answer in time is not well. */
  Map<String, Check> check() {
    var parts = new LinkedHashMap<String, Supplier<Check>>();
    parts.put("engine", this::engine);
    parts.put("store", store::check);
    parts.put("rules", rulebook::check);
    parts.put("graph", knowledge::check);
    parts.put("recorder", recorder::check);
    for (Tenant tenant : accounts.tenants()) {
      for (Account account : accounts.accounts(tenant.id())) {
        parts.put(
            "account " + tenant.id() + "/" + account.id(),
            () -> accounts.provider(tenant.id(), account.id()).check());
      }
    }
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var answers = new LinkedHashMap<String, CompletableFuture<Check>>();
      parts.forEach(
          (name, part) -> answers.put(name, CompletableFuture.supplyAsync(part, threads)));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      var checks = new LinkedHashMap<String, Check>();
      answers.forEach((name, answer) -> checks.put(name, wait(answer, end)));
      return checks;
    } finally {
      threads.shutdownNow();
    }
  }

  private Check engine() {
    return ledger
        .halted()
        .map(
            why ->
                Check.failed(
                    "nothing is decided any more: " + why, "mend the journal's disk, then restart"))
        .orElseGet(() -> Check.ok("decides"));
  }

  private static Check wait(CompletableFuture<Check> answer, long end) {
    try {
      return answer.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Check.failed("no answer within " + SECONDS + " s", "look at its log, or restart it");
    } catch (ExecutionException e) {
      return Check.failed("the check failed: " + e.getCause(), "look at the log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Check.failed("interrupted", "ask again");
    }
  }
}
