package dev.parley.rules;

import dev.parley.plan.Change;
import dev.parley.policy.ApprovalRule;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Severity;
import dev.parley.rules.parameter.Approvers.Need;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.rules.scene.ResourceSubject;
import dev.parley.rules.scene.Scene;
import dev.parley.value.Money;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Who must approve a plan: the strictest of all occasions it gives. */
final class ApprovalRules {
  private final RuleParameters parameters;
  private final Scene scene;
  private final List<Finding> findings;
  private final Set<String> environments = new TreeSet<>();
  private final List<String> why = new ArrayList<>();
  private final Set<Set<String>> anyOf = new LinkedHashSet<>();
  private int count = 1;

  private ApprovalRules(RuleParameters parameters, Scene scene, List<Finding> findings) {
    this.parameters = parameters;
    this.scene = scene;
    this.findings = findings.stream().filter(Finding::active).toList();
    environments.add(scene.facts().plan().environment());
    scene.changing().forEach(resource -> environments.add(resource.environment()));
  }

  static ApprovalRule of(RuleParameters parameters, Scene scene, List<Finding> findings) {
    return new ApprovalRules(parameters, scene, findings).rule();
  }

  private ApprovalRule rule() {
    environments.forEach(environment -> occasion("any", environment, environment));
    var gone = scene.facts().plan().changes().stream().filter(ApprovalRules::destroys).toList();
    if (!gone.isEmpty()) {
      String names = names(gone.stream().map(change -> change.at().name()).toList());
      environments.forEach(
          environment -> occasion("delete", environment, "deletes or replaces " + names));
    }
    var lost = scene.changing().stream().filter(ResourceSubject::loss).toList();
    for (String environment :
        new TreeSet<>(lost.stream().map(ResourceSubject::environment).toList())) {
      String names = names(lost.stream().map(resource -> resource.address().name()).toList());
      occasion("loss", environment, "could lose " + names);
    }
    for (Severity severity : Severity.values()) {
      if (findings.stream().anyMatch(finding -> finding.severity().compareTo(severity) <= 0)) {
        String word = severity.name().toLowerCase(Locale.ROOT);
        environments.forEach(
            environment ->
                occasion(word, environment, "findings of severity " + word + " or worse"));
      }
    }
    for (Finding finding : findings) {
      if (finding.enforcement() == Enforcement.APPROVE && anyOf.add(finding.roles())) {
        why.add(
            finding.rule() + ": someone of " + String.join(" or ", new TreeSet<>(finding.roles())));
      }
    }
    return new ApprovalRule(count, List.copyOf(anyOf), emoji(), why);
  }

  private void occasion(String when, String environment, String reason) {
    for (Need need : parameters.tables().approvers().of(when, environment)) {
      boolean more = need.count() > count;
      boolean other = !need.roles().isEmpty() && anyOf.add(need.roles());
      count = Math.max(count, need.count());
      if (more || other) {
        String who =
            need.roles().isEmpty()
                ? ""
                : ", one of " + String.join(" or ", new TreeSet<>(need.roles()));
        why.add(
            reason + ": " + need.count() + (need.count() == 1 ? " approver" : " approvers") + who);
      }
    }
  }

  /** A reaction is enough for what is small, safe and can be taken back. */
  private boolean emoji() {
    boolean production = environments.stream().anyMatch(parameters::isProduction);
    boolean gentle =
        scene.facts().plan().changes().stream()
            .noneMatch(change -> destroys(change) || change instanceof Change.Call);
    boolean calm =
        findings.stream()
            .noneMatch(
                finding ->
                    finding.severity().compareTo(Severity.HIGH) <= 0
                        || finding.enforcement().compareTo(Enforcement.APPROVE) >= 0);
    return !production && gentle && calm && count == 1 && anyOf.isEmpty() && small();
  }

  private boolean small() {
    Money delta = scene.facts().estimate().delta();
    return scene
        .conversion()
        .to(parameters.spending().emoji(), delta.currency())
        .map(most -> delta.amount().compareTo(most.amount()) <= 0)
        .orElse(delta.amount().signum() <= 0);
  }

  private static boolean destroys(Change change) {
    return change instanceof Change.Delete || change instanceof Change.Replace;
  }

  private static String names(List<String> names) {
    var sorted = names.stream().distinct().sorted().toList();
    return sorted.size() <= 3
        ? String.join(", ", sorted)
        : String.join(", ", sorted.subList(0, 3)) + " and " + (sorted.size() - 3) + " more";
  }
}
