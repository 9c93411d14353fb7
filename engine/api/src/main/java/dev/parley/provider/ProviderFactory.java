package dev.parley.provider;

import dev.parley.identity.Account;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** Opens providers of some kinds; found by ServiceLoader. */
public interface ProviderFactory {
  /** The account kind it serves, as configuration names it. */
  String kind();

  /** Whether what it opens is only pretended: nothing real can be made or lost there. */
  default boolean simulated() {
    return false;
  }

  /**
   * Opens a provider; does no I/O.
   *
   * @throws dev.parley.value.Invalid if the account's settings are wrong, with every mistake
   */
  Provider open(Account account, Surroundings surroundings);

  /**
   * What a provider may use.
   *
   * @param folder its own place for caches and state; may not exist yet
   * @param secret resolves a secret's reference to its text, at the last moment
   */
  record Surroundings(Clock clock, Path folder, Function<String, String> secret) {}
}
