package dev.parley.rules;

import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Severity;
import dev.parley.rules.drools.Judge;
import dev.parley.rules.pack.Breach;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.rules.parameter.Severities;
import java.util.Optional;
import java.util.Set;

/** What a breach does to the plan: by the tenant's table, the rule's level, or its severity. */
final class Lattice {
  private final RuleParameters parameters;

  Lattice(RuleParameters parameters) {
    this.parameters = parameters;
  }

  Finding finding(Judge.Held held) {
    Breach breach = held.breach();
    String environment = RuleDefinition.environment(breach.view());
    boolean production = parameters.isProduction(environment);
    RuleDefinition rule = breach.rule();
    var override = parameters.tables().severities().of(rule.id(), rule.severity(), environment);
    Severity severity = override.flatMap(Severities.Override::severity).orElse(rule.severity());
    Enforcement enforcement = enforcement(breach, override, severity, production);
    if (breach.outcome() == Outcome.UNKNOWN) {
      enforcement = weaker(enforcement, production ? Enforcement.APPROVE : Enforcement.WARN);
    }
    return new Finding(
        rule.id(),
        severity,
        enforcement,
        breach.outcome(),
        breach.address(),
        breach.result().at(),
        breach.message(),
        rule.remedy(),
        enforcement == Enforcement.APPROVE ? roles(breach, override) : Set.of(),
        held.waiver());
  }

  /** What a severity does where nothing else is said. */
  static Enforcement of(Severity severity, boolean production) {
    return switch (severity) {
      case CRITICAL -> Enforcement.DENY;
      case HIGH -> production ? Enforcement.DENY : Enforcement.APPROVE;
      case MEDIUM -> Enforcement.WARN;
      case LOW, INFO -> Enforcement.NOTE;
    };
  }

  private static Enforcement enforcement(
      Breach breach,
      Optional<Severities.Override> override,
      Severity severity,
      boolean production) {
    Enforcement usual = of(severity, production);
    boolean moved = override.flatMap(Severities.Override::severity).isPresent();
    return override
        .flatMap(Severities.Override::enforcement)
        .orElseGet(() -> moved ? usual : breach.level().enforcement().orElse(usual));
  }

  private static Set<String> roles(Breach breach, Optional<Severities.Override> override) {
    Set<String> decided = override.map(Severities.Override::roles).orElse(Set.of());
    if (!decided.isEmpty()) {
      return decided;
    }
    return breach.level().roles().isEmpty() ? breach.rule().roles() : breach.level().roles();
  }

  private static Enforcement weaker(Enforcement a, Enforcement b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
