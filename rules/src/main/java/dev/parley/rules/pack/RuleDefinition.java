package dev.parley.rules.pack;

import dev.parley.policy.Severity;
import dev.parley.rules.logic.Assertion;
import dev.parley.rules.logic.Result;
import dev.parley.rules.logic.Tri;
import dev.parley.rules.logic.View;
import dev.parley.rules.scene.PlanSubject;
import dev.parley.rules.scene.ResourceSubject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A rule, read from YAML.
 *
 * @param types family-prefixed without version; {@code *} for all, {@code plan} for the plan
 * @param actions the changes it speaks about
 * @param when the circumstances in which it holds; empty means always
 * @param levels at least one, strictest first
 * @param roles who approves, if nothing else is said
 * @param message with {@code {name}}, {@code {path}}, {@code {actual}}, {@code {expected}} and
 *     {@code {@name}} of a derived value
 * @param note how the rule reads doubtful cases, and why
 * @param source file and line
 * @param text as it was written
 */
public record RuleDefinition(
    String id,
    String pack,
    String title,
    Severity severity,
    Set<String> types,
    Set<String> actions,
    Optional<Assertion> when,
    List<Level> levels,
    Set<String> roles,
    String message,
    String remedy,
    Map<String, List<String>> controls,
    String note,
    List<Example> examples,
    String source,
    String text) {
  /**
   * The changes a rule speaks about unless it says otherwise: those after which something is there.
   */
  public static final Set<String> USUAL_ACTIONS = Set.of("create", "update", "replace");

  public RuleDefinition {
    types = Set.copyOf(types);
    actions = Set.copyOf(actions);
    levels = List.copyOf(levels);
    roles = Set.copyOf(roles);
    controls = Map.copyOf(controls);
    examples = List.copyOf(examples);
  }

  /** Whether it is about the plan as a whole. */
  public boolean aboutPlan() {
    return types.contains("plan");
  }

  /** Whether it speaks about a resource at all. */
  public boolean covers(ResourceSubject resource) {
    return !aboutPlan()
        && actions.contains(resource.action())
        && (types.contains("*") || types.contains(resource.type()));
  }

  /** Judges what it covers. */
  public Judgement judge(View view) {
    Tri applies = when.map(assertion -> assertion.on(view).tri()).orElse(Tri.PASS);
    if (applies == Tri.FAIL) {
      return new Judgement(Judgement.Status.SKIP, Optional.empty());
    }
    Optional<Breach> doubt = Optional.empty();
    for (Level level : levels) {
      Result result = level.assertion().on(view);
      boolean broken = result.tri() == Tri.FAIL && applies == Tri.PASS;
      if (broken) {
        return new Judgement(
            Judgement.Status.FAIL, Optional.of(new Breach(this, level, view, result)));
      }
      if (result.tri() != Tri.PASS && doubt.isEmpty()) {
        doubt = Optional.of(new Breach(this, level, view, whyUnknown(view, result, applies)));
      }
    }
    return new Judgement(
        doubt.isPresent() ? Judgement.Status.UNKNOWN : Judgement.Status.PASS, doubt);
  }

  private Result whyUnknown(View view, Result result, Tri applies) {
    Result why =
        applies == Tri.PASS ? result : when.map(assertion -> assertion.on(view)).orElse(result);
    return why.as(Tri.UNKNOWN);
  }

  /** The environment of what is judged. */
  public static String environment(View view) {
    return switch (view) {
      case ResourceSubject resource -> resource.environment();
      case PlanSubject plan -> plan.environment();
      default -> "";
    };
  }
}
