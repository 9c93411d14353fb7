package dev.parley.engine;

import dev.parley.approval.Proposal;
import dev.parley.plan.Change;
import dev.parley.policy.Finding;
import dev.parley.resource.Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a new revision changes. */
final class Revisions {
  private Revisions() {}

  static Revised between(Proposal former, Proposal now, int votesVoided) {
    Map<Address, Change> then = changes(former);
    Map<Address, Change> next = changes(now);
    Set<String> findingsThen =
        former.verdict().findings().stream().map(Revisions::key).collect(Collectors.toSet());
    Set<String> findingsNow =
        now.verdict().findings().stream().map(Revisions::key).collect(Collectors.toSet());
    return new Revised(
        former.plan().revision(),
        former.digest(),
        next.keySet().stream().filter(at -> !then.containsKey(at)).toList(),
        then.keySet().stream().filter(at -> !next.containsKey(at)).toList(),
        next.entrySet().stream()
            .filter(
                entry ->
                    then.containsKey(entry.getKey())
                        && !entry.getValue().equals(then.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toList(),
        now.estimate().monthly().currency().equals(former.estimate().monthly().currency())
            ? now.estimate().delta().minus(former.estimate().delta())
            : now.estimate().delta(),
        now.verdict().findings().stream()
            .filter(finding -> !findingsThen.contains(key(finding)))
            .toList(),
        former.verdict().findings().stream()
            .filter(finding -> !findingsNow.contains(key(finding)))
            .toList(),
        Optional.of(now.plan().whenChatIsDown())
            .filter(said -> said != former.plan().whenChatIsDown()),
        votesVoided);
  }

  private static Map<Address, Change> changes(Proposal proposal) {
    var changes = new LinkedHashMap<Address, Change>();
    proposal.plan().changes().forEach(change -> changes.put(change.at(), change));
    return changes;
  }

  private static String key(Finding finding) {
    return finding.rule()
        + " "
        + finding.address()
        + " "
        + finding.path()
        + " "
        + finding.enforcement()
        + " "
        + finding.waiver().isPresent();
  }
}
