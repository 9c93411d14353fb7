package dev.parley.rules;

import dev.parley.policy.ApprovalRule;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Severity;
import dev.parley.policy.Verdict;
import dev.parley.resource.Address;
import dev.parley.rules.drools.Judge;
import dev.parley.rules.scene.ResourceSubject;
import dev.parley.rules.scene.Scene;
import dev.parley.value.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes verdicts of what came out. */
final class Verdicts {
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing((Finding finding) -> !finding.active())
          .thenComparing(Finding::enforcement, Comparator.reverseOrder())
          .thenComparing(Finding::severity)
          .thenComparing(Finding::rule)
          .thenComparing(finding -> finding.address().map(Address::toString).orElse(""))
          .thenComparing(finding -> finding.path().toString())
          .thenComparing(Finding::message);

  private Verdicts() {}

  static Verdict of(TenantRules rules, Scene scene, Judge judge) {
    var lattice = new Lattice(rules.parameters());
    var findings = new ArrayList<Finding>();
    judge.breaches().forEach(held -> findings.add(lattice.finding(held)));
    judge.failures().forEach(failure -> findings.add(failed(failure)));
    findings.sort(WORST_FIRST);
    return new Verdict(
        scene.facts().plan().digest(),
        rules.revision(),
        findings,
        ApprovalRules.of(rules.parameters(), scene, findings),
        judge.checked(),
        uncovered(rules, scene));
  }

  /** The answer when nothing could be judged: no. */
  static Verdict denied(Case plan, String revision, String rule, String message, String remedy) {
    var finding =
        new Finding(
            rule,
            Severity.CRITICAL,
            Enforcement.DENY,
            Outcome.UNKNOWN,
            Optional.empty(),
            Pointer.ROOT,
            message,
            remedy,
            Set.of(),
            Optional.empty());
    return new Verdict(
        plan.plan().digest(),
        revision,
        List.of(finding),
        new ApprovalRule(1, List.of(), false, List.of(message)),
        0,
        List.of());
  }

  private static Finding failed(Judge.Failure failure) {
    Optional<Address> address =
        failure.view() instanceof ResourceSubject resource
            ? Optional.of(resource.address())
            : Optional.empty();
    return new Finding(
        failure.rule().id(),
        failure.rule().severity(),
        Enforcement.DENY,
        Outcome.UNKNOWN,
        address,
        Pointer.ROOT,
        "rule "
            + failure.rule().id()
            + " failed to run: "
            + failure.why()
            + "; what can't be checked does not run",
        "mend the rule (" + failure.rule().source() + ")",
        Set.of(),
        Optional.empty());
  }

  private static List<String> uncovered(TenantRules rules, Scene scene) {
    var covered = new TreeSet<String>();
    rules.set().rules().forEach(rule -> covered.addAll(rule.types()));
    var uncovered = new TreeSet<String>();
    for (ResourceSubject resource : scene.changing()) {
      if (!covered.contains(resource.type())) {
        uncovered.add(resource.type());
      }
    }
    return List.copyOf(uncovered);
  }
}
