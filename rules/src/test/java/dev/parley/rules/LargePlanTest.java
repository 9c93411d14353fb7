package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Verdict;
import org.junit.jupiter.api.Test;

class LargePlanTest {
  @Test
  void a_plan_of_a_thousand_resources_is_judged_whole() {
    var cases = Cases.of();
    for (int i = 0; i < 500; i++) {
      cases
          .bucket("bucket-" + i)
          .create(
              "aws:AWS::EC2::Volume",
              "volume-" + i,
              "{\"Encrypted\":true,\"VolumeType\":\"gp3\"," + Cases.TAGS + "}");
    }
    Case plan = cases.openBucket("open").build();
    try (var rulebook = DroolsRulebook.open(RulebookSettings.defaults())) {
      Verdict verdict = rulebook.judge(plan);
      assertThat(verdict.denied()).isTrue();
      assertThat(verdict.checked()).isGreaterThan(10_000);
    }
  }
}
