package dev.parley.engine;

import dev.parley.engine.account.Accounts;
import dev.parley.engine.state.Ledger;
import dev.parley.engine.verify.DriftCheck;
import dev.parley.identity.Account;
import dev.parley.provider.ProviderException;
import dev.parley.resource.Address;
import dev.parley.resource.Drift;
import dev.parley.resource.Resource;
import dev.parley.resource.Tracked;
import dev.parley.run.Event;
import dev.parley.value.Value.Fields;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for drift, account by account, and writes down what it finds. */
final class Drifting {
  private static final Logger LOG = LoggerFactory.getLogger(Drifting.class);

  private final Ledger ledger;
  private final Accounts accounts;
  private final Clock clock;

  Drifting(Ledger ledger, Accounts accounts, Clock clock) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.clock = clock;
  }

  private record Inventory(Map<Address, Tracked> tracked, Map<Address, Fields> desired) {}

  /**
   * One account, or all; an account that can't be looked at is left out of a look at all.
   *
   * @throws ProviderException if the one account can't be looked at
   */
  List<Drift> look(String tenant, Optional<String> only) {
    if (only.isPresent() && accounts.account(tenant, only.get()).isEmpty()) {
      throw new IllegalArgumentException("there is no account " + only.get());
    }
    var all = new ArrayList<Drift>();
    for (Account account : accounts.accounts(tenant)) {
      if (only.isPresent() && !only.get().equals(account.id())) {
        continue;
      }
      try {
        all.addAll(look(tenant, account.id()));
      } catch (ProviderException e) {
        if (only.isPresent()) {
          throw e;
        }
        LOG.warn(
            "account {} of {} can't be looked at for drift: {}",
            account.id(),
            tenant,
            e.getMessage());
      }
    }
    return all;
  }

  private List<Drift> look(String tenant, String account) {
    Inventory before =
        ledger.read(
            tenant,
            book ->
                new Inventory(
                    book.tracked().stream()
                        .collect(Collectors.toMap(Tracked::at, Function.identity())),
                    book.desired()));
    List<Tracked> mine =
        before.tracked().values().stream()
            .filter(one -> one.at().account().equals(account))
            .toList();
    var check =
        new DriftCheck(
            accounts.provider(tenant, account),
            account,
            at -> Optional.ofNullable(before.desired().get(at)),
            at -> Optional.ofNullable(before.tracked().get(at)).map(Tracked::resource));
    List<DriftCheck.Found> found = check.look(mine, true);
    Instant now = clock.instant();
    var events = new ArrayList<Event>();
    for (DriftCheck.Found one : found) {
      events.add(new Event.Drifted(one.drift(), now));
      Address at = one.drift().at();
      Optional<Resource> seen =
          Optional.ofNullable(before.tracked().get(at)).map(Tracked::resource);
      if (one.drift().kind() != Drift.Kind.UNTRACKED && !seen.equals(one.now())) {
        events.add(new Event.Observed(at, one.now(), false, now));
      }
    }
    if (!events.isEmpty()) {
      ledger.record(tenant, events);
    }
    return found.stream().map(DriftCheck.Found::drift).toList();
  }
}
