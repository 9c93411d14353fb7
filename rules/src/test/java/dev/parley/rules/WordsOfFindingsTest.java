package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rules.pack.Example;
import dev.parley.rules.pack.Examples;
import dev.parley.rules.pack.Judgement;
import dev.parley.rules.pack.Pack;
import dev.parley.rules.pack.Packs;
import dev.parley.rules.pack.RuleDefinition;
import org.junit.jupiter.api.Test;

class WordsOfFindingsTest {
  @Test
  void every_failing_example_is_told_in_whole_words() {
    int told = 0;
    for (Pack pack : Packs.shipped().values()) {
      for (RuleDefinition rule : pack.rules()) {
        for (Example example : rule.examples()) {
          if (example.expected() == Judgement.Status.FAIL
              || example.expected() == Judgement.Status.UNKNOWN) {
            String message = Examples.judge(rule, example).breach().orElseThrow().message();
            told++;
            assertThat(message)
                .as("%s %s", rule.id(), example.source())
                .doesNotContain("{")
                .doesNotContain("}")
                .hasSizeBetween(10, 500);
          }
        }
      }
    }
    assertThat(told).isGreaterThan(400);
  }
}
