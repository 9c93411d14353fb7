package dev.parley.rules;

import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Waiver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Which waivers hold at this instant, for this plan. */
final class Waivers {
  private static final Duration LONGEST = Duration.ofDays(90);

  private Waivers() {}

  /**
   * Those of the tenant that are given, not expired, not longer than 90 days, and approved by
   * neither their own requester nor the person whose plan they would let through.
   */
  static List<Waiver> holding(Case plan) {
    return plan.waivers().stream()
        .filter(waiver -> waiver.tenant().equals(plan.tenant().id()))
        .filter(
            waiver -> !waiver.given().isAfter(plan.now()) && plan.now().isBefore(waiver.expires()))
        .filter(waiver -> !waiver.expires().isAfter(waiver.given().plus(LONGEST)))
        .filter(waiver -> !waiver.approvedBy().equals(waiver.requestedBy()))
        .filter(waiver -> !waiver.approvedBy().equals(plan.plan().requester()))
        .sorted(Comparator.comparing(Waiver::id))
        .toList();
  }
}
