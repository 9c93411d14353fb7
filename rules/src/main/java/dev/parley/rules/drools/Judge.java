package dev.parley.rules.drools;

import dev.parley.policy.Waiver;
import dev.parley.rules.logic.View;
import dev.parley.rules.pack.Breach;
import dev.parley.rules.pack.Judgement;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.rules.scene.ResourceSubject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Drools calls while it judges one plan: it looks the rule's assertions up by id and keeps
 * what comes out. A rule that throws is kept as a failure, never as a pass.
 */
public final class Judge {
  private final Map<String, RuleDefinition> rules;
  private final List<Held> breaches = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Map<Breach, Boolean> held = new IdentityHashMap<>();
  private int checked;

  Judge(Map<String, RuleDefinition> rules) {
    this.rules = rules;
  }

  /** A breach, and the waiver that holds it back. */
  public record Held(Breach breach, Optional<Waiver> waiver) {}

  /** A rule that failed to run. */
  public record Failure(RuleDefinition rule, View view, String why) {}

  /** Called by the rule of that id for each thing it covers: the breach, if there is one. */
  public List<Breach> check(String rule, View view) {
    RuleDefinition definition = rules.get(rule);
    if (definition == null) {
      throw new IllegalStateException("no rule " + rule);
    }
    checked++;
    try {
      Judgement judgement = definition.judge(view);
      return judgement.breach().map(List::of).orElse(List.of());
    } catch (RuntimeException | StackOverflowError e) {
      failures.add(new Failure(definition, view, String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  /** Called for a breach that no waiver covers. */
  public void active(Breach breach) {
    breaches.add(new Held(breach, Optional.empty()));
  }

  /** Called for a breach and each waiver that covers it; one is enough. */
  public void waived(Breach breach, Waiver waiver) {
    if (held.put(breach, true) == null) {
      breaches.add(new Held(breach, Optional.of(waiver)));
    }
  }

  /** What came out, in no order. */
  public List<Held> breaches() {
    return List.copyOf(breaches);
  }

  /** The rules that failed to run. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** How many (rule, thing) pairs were looked at. */
  public int checked() {
    return checked;
  }

  /** Whether a waiver is for this breach. */
  static boolean covers(Waiver waiver, Breach breach) {
    String address =
        breach.view() instanceof ResourceSubject resource ? resource.address().toString() : "plan";
    return waiver.rule().equals(breach.rule().id())
        && dev.parley.rules.read.Globs.matches(waiver.addresses(), address);
  }
}
