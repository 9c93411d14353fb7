package dev.parley.rules.pack;

import dev.parley.policy.Enforcement;
import dev.parley.rules.logic.Assertion;
import java.util.Optional;
import java.util.Set;

/**
 * One demand of a rule. A rule may have several, strictest first; the first that does not hold
 * decides.
 *
 * @param enforcement what it does to the plan; empty means what the rule's severity does
 * @param roles who approves; empty means the rule's
 * @param message its own message; empty means the rule's
 */
public record Level(
    Assertion assertion,
    Optional<Enforcement> enforcement,
    Set<String> roles,
    Optional<String> message) {
  public Level {
    roles = Set.copyOf(roles);
  }
}
