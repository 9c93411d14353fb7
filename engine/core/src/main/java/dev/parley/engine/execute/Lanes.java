package dev.parley.engine.execute;

import dev.parley.engine.account.Accounts;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One lane for each account of each tenant, shared by all runs. */
final class Lanes {
  private final Accounts accounts;
  private final Clock clock;
  private final Pauses pauses;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  Lanes(Accounts accounts, Clock clock, Pauses pauses) {
    this.accounts = accounts;
    this.clock = clock;
    this.pauses = pauses;
  }

  Lane of(String tenant, String account) {
    return lanes.computeIfAbsent(
        tenant + "/" + account,
        _ ->
            new Lane(
                account, accounts.provider(tenant, account).info().concurrency(), clock, pauses));
  }

  void close(Duration atMost) {
    lanes.values().forEach(Lane::close);
    try {
      for (Lane lane : lanes.values()) {
        lane.drain(atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
