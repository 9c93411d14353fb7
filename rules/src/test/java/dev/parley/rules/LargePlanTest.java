package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.Rulebook.Case;
import dev.parley.policy.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargePlanTest {
  @Test
  void a_plan_of_a_thousand_resources_is_judged_in_a_blink() {
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
      var threads =
          ManagementFactory.getThreadMXBean(); // time on the processor: others may be busy too
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < 20; i++) {
        long start = threads.getCurrentThreadCpuTime();
        rulebook.judge(plan);
        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
        best = took.compareTo(best) < 0 ? took : best;
      }
      System.out.println(
          "a plan of 1001 resources, "
              + verdict.checked()
              + " checks: "
              + best.toMillis()
              + " ms at best");
      assertThat(best).isLessThan(Duration.ofMillis(500));
    }
  }
}
