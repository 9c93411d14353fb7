package dev.parley.engine.execute;

import dev.parley.plan.Plan;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Asks, before a run changes anything, whether its accounts are still whose they were. */
final class IdentityCheck {
  private static final int TRIES = 4;

  private final Function<String, Provider> providers;
  private final Backoff backoff;
  private final Pauses pauses;

  IdentityCheck(Function<String, Provider> providers, Backoff backoff, Pauses pauses) {
    this.providers = providers;
    this.backoff = backoff;
    this.pauses = pauses;
  }

  /** The accounts in which nothing may be done, and why. */
  Map<String, String> strangers(Plan plan) throws InterruptedException {
    var strangers = new TreeMap<String, String>();
    for (Map.Entry<String, String> approved : plan.basis().identities().entrySet()) {
      String account = approved.getKey();
      try {
        Optional<String> now = ask(account);
        if (!now.equals(Optional.of(approved.getValue()))) {
          strangers.put(
              account,
              "it was approved for "
                  + approved.getValue()
                  + ", and the credentials of "
                  + account
                  + now.map(other -> " belong to " + other).orElse(" belong to nobody known")
                  + "; mend the account's credentials, then retry");
        }
      } catch (ProviderException e) {
        strangers.put(
            account,
            "it can't be asked whose account "
                + account
                + " is, so nothing is done there: "
                + e.kind()
                + ": "
                + e.getMessage()
                + "; retry when it answers");
      } catch (IllegalArgumentException e) {
        // the account is configured no more: each of its steps says so
      }
    }
    return strangers;
  }

  private Optional<String> ask(String account) throws InterruptedException {
    for (int former = 0; ; former++) {
      try {
        return providers.apply(account).identity();
      } catch (ProviderException.Throttled | ProviderException.Unavailable e) {
        if (former + 1 >= TRIES) {
          throw e;
        }
        pauses.pause(backoff.pause(former));
      }
    }
  }
}
