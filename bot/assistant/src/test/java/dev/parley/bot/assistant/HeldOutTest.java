package dev.parley.bot.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paraphrases that were written before the planner had read any of them. */
class HeldOutTest {
  @ParameterizedTest
  @ValueSource(strings = {"held-out.yaml", "held-out-2.yaml", "held-out-3.yaml", "held-out-4.yaml"})
  void most_paraphrases_nobody_tuned_for_are_understood(String file) {
    var planner = new OfflinePlanner();
    List<Corpus.Entry> all = Corpus.read(file);
    var missed = new ArrayList<String>();
    for (Corpus.Entry entry : all) {
      List<String> wrong = entry.expectation().differences(entry.read(planner));
      if (!wrong.isEmpty()) {
        missed.add(entry + "\n    " + String.join("\n    ", wrong));
      }
    }
    System.out.println(
        file + ": " + (all.size() - missed.size()) + " of " + all.size() + " understood");
    missed.forEach(System.out::println);
    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(missed.size() * 100 / all.size())
        .as("percent missed: %s", missed)
        .isLessThanOrEqualTo(15);
  }
}
