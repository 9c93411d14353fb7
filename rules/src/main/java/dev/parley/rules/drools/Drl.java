package dev.parley.rules.drools;

import dev.parley.rules.pack.RuleDefinition;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule in Drools' own language, for people to read. Not what runs: that is {@link RuleModel}. */
public final class Drl {
  private Drl() {}

  /** The rule; only its id, types and actions, since its assertions are data. */
  public static String of(RuleDefinition rule) {
    String name = "rule " + quoted(rule.id()) + " when\n";
    String ask =
        "  $breach: Breach() from judge.check("
            + quoted(rule.id())
            + ", $it)\nthen\n  insert($breach);\nend\n";
    if (rule.aboutPlan()) {
      return name + "  $it: PlanSubject()\n" + ask;
    }
    String types = rule.types().contains("*") ? "" : "type in (" + list(rule.types()) + "), ";
    return name
        + "  $it: ResourceSubject("
        + types
        + "action in ("
        + list(rule.actions())
        + "))\n"
        + ask;
  }

  private static String list(Set<String> texts) {
    return texts.stream().sorted().map(Drl::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
