package dev.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Rule;
import dev.parley.policy.Rulebook;
import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Verdict;
import dev.parley.policy.Waiver;
import dev.parley.resource.Address;
import dev.parley.value.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every rulebook keeps. One subclass for each. */
public abstract class RulebookContract {
  private Rulebook rulebook;

  /** A rulebook with rules for the tenant of the cases. */
  protected abstract Rulebook loaded();

  /** A rulebook without any rules. */
  protected abstract Rulebook empty();

  /** A plan that the loaded rulebook lets pass. */
  protected abstract Case clean();

  /** A plan of the same tenant that the loaded rulebook denies for exactly one resource's sake. */
  protected abstract Case denied();

  @BeforeEach
  final void open() {
    rulebook = loaded();
  }

  @AfterEach
  final void close() {
    rulebook.close();
  }

  @Test
  void a_clean_plan_passes_and_still_needs_an_approval() {
    Verdict verdict = rulebook.judge(clean());
    assertThat(verdict.denied()).isFalse();
    assertThat(verdict.approval().count()).isPositive();
    assertThat(verdict.checked()).isPositive();
  }

  @Test
  void a_verdict_names_the_plan_and_the_rules_it_is_about() {
    Case plan = clean();
    Verdict verdict = rulebook.judge(plan);
    assertThat(verdict.plan()).isEqualTo(plan.plan().digest());
    assertThat(verdict.rules()).isEqualTo(rulebook.revision(plan.tenant()));
  }

  @Test
  void a_finding_says_what_is_wrong_and_what_to_do() {
    Verdict verdict = rulebook.judge(denied());
    assertThat(verdict.denied()).isTrue();
    List<String> ids = rulebook.rules(denied().tenant()).stream().map(Rule::id).toList();
    for (Finding finding : verdict.findings()) {
      assertThat(finding.rule()).isIn(ids);
      assertThat(finding.message()).isNotBlank();
      assertThat(finding.remedy()).isNotBlank();
      assertThat(finding.outcome()).isIn(Outcome.FAIL, Outcome.UNKNOWN);
      if (finding.enforcement() == Enforcement.APPROVE) {
        assertThat(finding.roles()).isNotEmpty();
      }
    }
  }

  @Test
  void active_findings_stand_first_and_the_strictest_before_the_others() {
    List<Finding> findings = rulebook.judge(denied()).findings();
    for (int i = 1; i < findings.size(); i++) {
      Finding before = findings.get(i - 1);
      Finding after = findings.get(i);
      assertThat(before.active() || !after.active()).isTrue();
      if (before.active() == after.active()) {
        assertThat(before.enforcement()).isGreaterThanOrEqualTo(after.enforcement());
      }
    }
  }

  @Test
  void the_same_plan_gets_the_same_verdict_again() {
    assertThat(rulebook.judge(denied())).isEqualTo(rulebook.judge(denied()));
  }

  @Test
  void without_rules_everything_is_denied() {
    try (Rulebook none = empty()) {
      Verdict verdict = none.judge(clean());
      assertThat(verdict.denied()).isTrue();
      assertThat(verdict.findings())
          .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
      assertThat(none.check().ok()).isFalse();
    }
  }

  @Test
  void a_waiver_holds_its_finding_back_until_the_instant_it_expires() {
    Case plan = denied();
    Instant expires = plan.now().plus(Duration.ofDays(10));
    List<Waiver> waivers = waivers(plan, "ann", "bob", plan.now().minusSeconds(60), expires);
    Verdict waived = rulebook.judge(at(plan, waivers, expires.minusNanos(1)));
    assertThat(waived.denied()).isFalse();
    assertThat(waived.findings()).filteredOn(finding -> !finding.active()).hasSameSizeAs(waivers);
    assertThat(rulebook.judge(at(plan, waivers, expires)).denied()).isTrue();
  }

  @Test
  void nobody_waives_for_themselves() {
    Case plan = denied();
    Instant given = plan.now().minusSeconds(60);
    Instant expires = plan.now().plus(Duration.ofDays(10));
    assertThat(
            rulebook
                .judge(at(plan, waivers(plan, "bob", "bob", given, expires), plan.now()))
                .denied())
        .isTrue();
    String requester = plan.plan().requester();
    assertThat(
            rulebook
                .judge(at(plan, waivers(plan, "bob", requester, given, expires), plan.now()))
                .denied())
        .isTrue();
  }

  @Test
  void a_waiver_of_another_tenant_or_for_longer_than_90_days_counts_for_nothing() {
    Case plan = denied();
    Instant given = plan.now().minusSeconds(60);
    List<Waiver> tooLong = waivers(plan, "ann", "bob", given, given.plus(Duration.ofDays(91)));
    assertThat(rulebook.judge(at(plan, tooLong, plan.now())).denied()).isTrue();
    List<Waiver> foreign =
        waivers(plan, "ann", "bob", given, given.plus(Duration.ofDays(5))).stream()
            .map(
                w ->
                    new Waiver(
                        "somebody-else",
                        w.id(),
                        w.rule(),
                        w.addresses(),
                        w.reason(),
                        w.requestedBy(),
                        w.approvedBy(),
                        w.given(),
                        w.expires()))
            .toList();
    assertThat(rulebook.judge(at(plan, foreign, plan.now())).denied()).isTrue();
  }

  @Test
  void rules_are_listed_by_id_with_all_that_people_want_to_know() {
    List<Rule> rules = rulebook.rules(clean().tenant());
    assertThat(rules).isNotEmpty().isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.title()).isNotBlank();
              assertThat(rule.remedy()).isNotBlank();
              assertThat(rule.types()).isNotEmpty();
              assertThat(rule.text()).contains(rule.id());
            });
    assertThat(rulebook.check().ok()).isTrue();
  }

  @Test
  void many_threads_get_the_verdict_that_one_gets() throws Exception {
    Verdict alone = rulebook.judge(denied());
    assumeThat(alone.findings()).isNotEmpty();
    try (var pool = Executors.newFixedThreadPool(4)) {
      var tasks = new ArrayList<Callable<Digest>>();
      for (int i = 0; i < 40; i++) {
        tasks.add(() -> Digest.ofText(rulebook.judge(denied()).toString()));
      }
      for (var future : pool.invokeAll(tasks)) {
        assertThat(future.get()).isEqualTo(Digest.ofText(alone.toString()));
      }
    }
  }

  /** One waiver for each finding that denies. */
  private List<Waiver> waivers(
      Case plan, String requestedBy, String approvedBy, Instant given, Instant expires) {
    return rulebook.judge(plan).findings().stream()
        .filter(finding -> finding.enforcement() == Enforcement.DENY)
        .map(
            finding ->
                new Waiver(
                    plan.tenant().id(),
                    "w-" + finding.rule(),
                    finding.rule(),
                    finding.address().map(Address::toString).orElse("*"),
                    "known and accepted",
                    requestedBy,
                    approvedBy,
                    given,
                    expires))
        .toList();
  }

  private static Case at(Case plan, List<Waiver> waivers, Instant now) {
    return new Case(
        plan.tenant(),
        plan.plan(),
        plan.estimate(),
        plan.requester(),
        plan.accounts(),
        waivers,
        plan.existing(),
        plan.budgets(),
        now);
  }
}
