package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.json.Yaml;
import dev.parley.plan.Cap;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Outcome;
import dev.parley.policy.Verdict;
import dev.parley.policy.Waiver;
import dev.parley.rules.RulebookSettings.TenantSettings;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final DroolsRulebook RULEBOOK = DroolsRulebook.open(RulebookSettings.defaults());
  private static final String VOLUME = "aws:AWS::EC2::Volume";

  @AfterAll
  static void close() {
    RULEBOOK.close();
  }

  @Test
  void severity_and_environment_decide_what_a_finding_does() {
    String json = "{\"Encrypted\":false,\"VolumeType\":\"gp3\"," + Cases.TAGS + "}";
    Finding development =
        finding(RULEBOOK.judge(Cases.of().create(VOLUME, "disk", json).build()), "AWS-EC2-001");
    assertThat(development.enforcement()).isEqualTo(Enforcement.APPROVE);
    assertThat(development.roles()).containsExactly("security");
    assertThat(development.path()).isEqualTo(Pointer.of("/Encrypted"));
    assertThat(development.message())
        .isEqualTo("volume disk is not encrypted (/Encrypted is false, expected true)");
    Finding production =
        finding(
            RULEBOOK.judge(Cases.of().in("production").create(VOLUME, "disk", json).build()),
            "AWS-EC2-001");
    assertThat(production.enforcement()).isEqualTo(Enforcement.DENY);
    assertThat(production.roles()).isEmpty();
  }

  @Test
  void what_is_not_known_warns_in_development_and_asks_in_production() {
    String json =
        "{\"Encrypted\":{\"$unknown\":\"the flag\"},\"VolumeType\":\"gp3\"," + Cases.TAGS + "}";
    Finding development =
        finding(RULEBOOK.judge(Cases.of().create(VOLUME, "disk", json).build()), "AWS-EC2-001");
    assertThat(development.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(development.enforcement()).isEqualTo(Enforcement.WARN);
    Finding production =
        finding(
            RULEBOOK.judge(Cases.of().in("production").create(VOLUME, "disk", json).build()),
            "AWS-EC2-001");
    assertThat(production.enforcement()).isEqualTo(Enforcement.APPROVE);
    assertThat(production.message()).contains("the flag");
  }

  @Test
  void a_table_moves_severity_and_enforcement() {
    var rulebook =
        with(
            "tables: {severities: \"rule,environment,severity,enforcement,roles\\n"
                + "AWS-EC2-*,development,low,,\\n"
                + "AWS-S3-002,*,,approve,sre\"}");
    try (rulebook) {
      String json = "{\"Encrypted\":false,\"VolumeType\":\"gp3\"," + Cases.TAGS + "}";
      Verdict verdict =
          rulebook.judge(Cases.of().create(VOLUME, "disk", json).openBucket("open").build());
      assertThat(finding(verdict, "AWS-EC2-001").enforcement()).isEqualTo(Enforcement.NOTE);
      assertThat(finding(verdict, "AWS-S3-002").enforcement()).isEqualTo(Enforcement.APPROVE);
      assertThat(finding(verdict, "AWS-S3-002").roles()).containsExactly("sre");
      assertThat(verdict.approval().anyOf()).contains(Set.of("sre"));
      Verdict production =
          rulebook.judge(Cases.of().in("production").create(VOLUME, "disk", json).build());
      assertThat(finding(production, "AWS-EC2-001").enforcement()).isEqualTo(Enforcement.DENY);
    }
  }

  @Test
  void a_small_change_takes_one_approver_and_a_reaction_is_enough() {
    Verdict verdict = RULEBOOK.judge(Cases.of().bucket("logs").costs("logs", "5").build());
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.approval().count()).isEqualTo(1);
    assertThat(verdict.approval().emoji()).isTrue();
  }

  @Test
  void a_reaction_is_not_enough_for_what_is_dear_gone_called_or_in_production() {
    assertThat(
            RULEBOOK
                .judge(Cases.of().bucket("logs").costs("logs", "101").build())
                .approval()
                .emoji())
        .isFalse();
    assertThat(
            RULEBOOK.judge(Cases.of().in("production").bucket("logs").build()).approval().emoji())
        .isFalse();
    assertThat(
            RULEBOOK
                .judge(Cases.of().call("aws:AWS::EC2::Instance", "web").build())
                .approval()
                .emoji())
        .isFalse();
    assertThat(
            RULEBOOK
                .judge(Cases.of().delete("aws:AWS::EC2::Instance", "web", "{}").build())
                .approval()
                .emoji())
        .isFalse();
  }

  @Test
  void production_and_losses_take_two_approvers_unless_the_table_says_otherwise() {
    assertThat(
            RULEBOOK.judge(Cases.of().in("production").bucket("logs").build()).approval().count())
        .isEqualTo(2);
    var loss = Cases.of().delete("aws:AWS::RDS::DBInstance", "db", "{}").build();
    Verdict verdict = RULEBOOK.judge(loss);
    assertThat(verdict.approval().count()).isEqualTo(2);
    assertThat(verdict.approval().why()).contains("could lose db: 2 approvers");
    assertThat(verdict.denied()).isFalse();
    try (var lenient =
        with("tables: {approvers: \"when,environment,count,roles\\nany,*,1,\\nhigh,*,1,sre\"}")) {
      assertThat(
              lenient.judge(Cases.of().in("production").bucket("logs").build()).approval().count())
          .isEqualTo(1);
      assertThat(lenient.judge(loss).approval().anyOf()).contains(Set.of("sre"));
    }
  }

  @Test
  void the_requests_own_limit_is_checked_in_its_currency_with_what_is_biggest() {
    var limit = new Cap(Money.of("1500", "INR"), Cap.Period.DAY);
    try (var rulebook = with("rates: [{from: USD, to: INR, rate: 83, asOf: \"2026-02-27\"}]")) {
      Verdict within =
          rulebook.judge(Cases.of().bucket("logs").costs("logs", "500").cap(limit).build());
      assertThat(within.findings()).noneMatch(finding -> finding.rule().equals("FIN-BUD-002"));
      Finding over =
          finding(
              rulebook.judge(Cases.of().bucket("logs").costs("logs", "540").cap(limit).build()),
              "FIN-BUD-002");
      assertThat(over.enforcement()).isEqualTo(Enforcement.DENY);
      assertThat(over.address()).isEmpty();
      assertThat(over.message())
          .contains(
              "INR 1,517.74 a day (3 % for the exchange rate included), over the limit of INR"
                  + " 1,500.00 a day")
          .contains("the biggest part is logs (logs, USD 540.00 a month)");
    }
    Finding unknown =
        finding(
            RULEBOOK.judge(Cases.of().bucket("logs").costs("logs", "1").cap(limit).build()),
            "FIN-BUD-002");
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(unknown.message()).contains("no exchange rate from USD to INR");
  }

  @Test
  void a_budget_beyond_its_limit_denies_and_says_how_far() {
    Finding finding =
        finding(
            RULEBOOK.judge(
                Cases.of()
                    .bucket("logs")
                    .costs("logs", "60")
                    .budget("tenant", "100", "50")
                    .build()),
            "FIN-BUD-001");
    assertThat(finding.enforcement()).isEqualTo(Enforcement.DENY);
    assertThat(finding.message()).contains("tenant USD 110.00 of USD 100.00 (110 %)");
  }

  @Test
  void a_waived_finding_stays_in_the_report_and_asks_for_nobody() {
    String json = "{\"Encrypted\":false,\"VolumeType\":\"gp3\"," + Cases.TAGS + "}";
    var waiver =
        new Waiver(
            "acme",
            "w-1",
            "AWS-EC2-001",
            "aws-1/*/disk*",
            "a test disk",
            "ann",
            "bob",
            Cases.NOW.minusSeconds(1),
            Cases.NOW.plus(Duration.ofDays(3)));
    Verdict verdict =
        RULEBOOK.judge(
            Cases.of()
                .create(VOLUME, "disk-1", json)
                .create(VOLUME, "other", json)
                .waived(waiver)
                .build());
    assertThat(verdict.findings())
        .filteredOn(finding -> finding.rule().equals("AWS-EC2-001"))
        .extracting(Finding::active)
        .containsExactly(true, false);
    assertThat(verdict.findings().getLast().waiver()).contains(waiver);
    Verdict all = RULEBOOK.judge(Cases.of().create(VOLUME, "disk-1", json).waived(waiver).build());
    assertThat(all.approval().anyOf()).isEmpty();
  }

  @Test
  void a_secret_is_found_and_never_shown() {
    String json =
        "{\"Environment\":{\"Variables\":{\"DB_PASSWORD\":\"hunter2-and-more\"}},"
            + Cases.TAGS
            + "}";
    Verdict verdict =
        RULEBOOK.judge(Cases.of().create("aws:AWS::Lambda::Function", "fn", json).build());
    assertThat(finding(verdict, "GOV-SEC-001").path())
        .isEqualTo(Pointer.of("/Environment/Variables/DB_PASSWORD"));
    assertThat(verdict.toString()).doesNotContain("hunter2");
  }

  @Test
  void types_without_a_rule_of_their_own_are_said_to_be_uncovered() {
    Verdict verdict =
        RULEBOOK.judge(
            Cases.of()
                .create("aws:AWS::Mystery::Thing", "m", "{" + Cases.TAGS + "}")
                .bucket("logs")
                .build());
    assertThat(verdict.uncovered()).containsExactly("aws:AWS::Mystery::Thing");
  }

  private static DroolsRulebook with(String yaml) {
    var parameters = RuleParameters.read(Yaml.parse("test.yaml", yaml), Pointer.ROOT);
    return DroolsRulebook.open(
        RulebookSettings.defaults().withTenant("acme", TenantSettings.of(parameters)));
  }

  private static Finding finding(Verdict verdict, String rule) {
    return verdict.findings().stream()
        .filter(finding -> finding.rule().equals(rule))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no finding of " + rule + " in " + verdict.findings()));
  }
}
