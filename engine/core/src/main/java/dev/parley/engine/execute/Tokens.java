package dev.parley.engine.execute;

import dev.parley.plan.Plan;
import dev.parley.provider.Token;
import dev.parley.value.Digest;

/** Tokens that any later process can work out again. */
final class Tokens {
  private Tokens() {}

  /** Of one call: the same for each time it is sent. */
  static Token of(Plan plan, String step, int attempt) {
    return of(plan, step, Integer.toString(attempt));
  }

  /** Of the call that clears away what a failed attempt left. */
  static Token clearing(Plan plan, String step, int attempt) {
    return of(plan, step, attempt + "/clear");
  }

  private static Token of(Plan plan, String step, String attempt) {
    String value =
        Digest.ofText(String.join("\n", plan.tenant(), plan.digest().hex(), step, attempt)).hex();
    return new Token(value, correlation(plan, step));
  }

  /** Marks what a step makes, whatever the attempt. */
  static String correlation(Plan plan, String step) {
    return "parley-" + Digest.ofText(plan.digest().hex() + "\n" + step).hex().substring(0, 24);
  }
}
