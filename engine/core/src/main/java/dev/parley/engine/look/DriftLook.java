package dev.parley.engine.look;

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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks for drift, account by account, and writes down what it finds. */
final class DriftLook {
  private final Accounts accounts;
  private final Ledger ledger;
  private final Patience patience;
  private final Clock clock;

  DriftLook(Accounts accounts, Ledger ledger, Patience patience, Clock clock) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.patience = patience;
    this.clock = clock;
  }

  private record Known(Map<Address, Tracked> tracked, Map<Address, Fields> desired) {}

  /**
   * One account, or all; of all, one that can't be looked at is a gap.
   *
   * @throws ProviderException if nothing at all can be seen of the one account
   */
  Drifts look(String tenant, Optional<String> only, Consumer<Progress> progress) {
    var found = new ArrayList<Drift>();
    var gaps = new ArrayList<String>();
    int looked = 0;
    for (Account account : accounts.accounts(tenant)) {
      if (only.isPresent() && !only.get().equals(account.id())) {
        continue;
      }
      try {
        Drifts here = look(tenant, account.id(), progress);
        found.addAll(here.found());
        gaps.addAll(here.gaps());
        looked += here.looked();
      } catch (ProviderException e) {
        if (only.isPresent()) {
          throw e;
        }
        gaps.add(
            "account " + account.id() + " can't be looked at: " + e.kind() + ": " + e.getMessage());
      }
    }
    return new Drifts(found, looked, gaps);
  }

  private Drifts look(String tenant, String account, Consumer<Progress> progress) {
    Known before =
        ledger.read(
            tenant,
            book ->
                new Known(
                    book.tracked().stream()
                        .collect(Collectors.toMap(Tracked::at, Function.identity())),
                    book.desired()));
    List<Tracked> mine =
        before.tracked().values().stream()
            .filter(one -> one.at().account().equals(account))
            .sorted(java.util.Comparator.comparing(Tracked::at))
            .toList();
    var check =
        new DriftCheck(
            accounts.provider(tenant, account),
            account,
            at -> Optional.ofNullable(before.desired().get(at)),
            at -> Optional.ofNullable(before.tracked().get(at)).map(Tracked::resource),
            new DriftCheck.Asking() {
              @Override
              public <T> T ask(java.util.function.Supplier<T> question) {
                return patience.ask(question);
              }
            });
    DriftCheck.Seen seen =
        check.look(mine, true, count -> progress.accept(new Progress(account, 0, count)));
    write(tenant, before, seen.found());
    return new Drifts(
        seen.found().stream().map(DriftCheck.Found::drift).toList(), mine.size(), seen.gaps());
  }

  private void write(String tenant, Known before, List<DriftCheck.Found> found) {
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
  }
}
