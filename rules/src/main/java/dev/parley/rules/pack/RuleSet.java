package dev.parley.rules.pack;

import dev.parley.value.Digest;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that hold together, by id.
 *
 * @param digest of all their texts
 */
public record RuleSet(List<RuleDefinition> rules, Map<String, RuleDefinition> byId, Digest digest) {
  public RuleSet {
    rules = List.copyOf(rules);
    byId = Map.copyOf(byId);
  }

  /** A set; two rules of one id are a mistake, and the first stays. */
  public static RuleSet of(List<RuleDefinition> rules, List<Problem> problems) {
    var byId = new HashMap<String, RuleDefinition>();
    var kept = new ArrayList<RuleDefinition>();
    for (RuleDefinition rule : rules) {
      RuleDefinition first = byId.putIfAbsent(rule.id(), rule);
      if (first == null) {
        kept.add(rule);
      } else {
        problems.add(
            new Problem(
                rule.source(),
                "rule " + rule.id(),
                "there is one of that id in " + first.source(),
                "give it another id"));
      }
    }
    kept.sort(Comparator.comparing(RuleDefinition::id));
    var text = new StringBuilder();
    kept.forEach(
        rule ->
            text.append(rule.pack())
                .append('\n')
                .append(rule.roles().stream().sorted().toList())
                .append('\n')
                .append(rule.text())
                .append('\n'));
    return new RuleSet(kept, byId, Digest.ofText(text.toString()));
  }
}
