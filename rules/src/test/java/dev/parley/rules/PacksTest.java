package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rules.pack.Judgement;
import dev.parley.rules.pack.Pack;
import dev.parley.rules.pack.Packs;
import dev.parley.rules.pack.RuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PacksTest {
  private final Map<String, Pack> shipped = Packs.shipped();

  @Test
  void the_first_packs_are_there() {
    assertThat(shipped.keySet()).containsExactly("aws", "azure", "finops", "gcp", "governance");
    Map<String, Long> families =
        rules(shipped).stream()
            .collect(Collectors.groupingBy(rule -> rule.id().split("-")[0], Collectors.counting()));
    assertThat(families)
        .containsEntry("GOV", 12L)
        .containsEntry("FIN", 16L)
        .containsEntry("GCP", 10L);
    assertThat(families.get("AWS")).isGreaterThanOrEqualTo(30);
    assertThat(families.get("AZ")).isGreaterThanOrEqualTo(18);
  }

  @Test
  void every_rule_has_an_example_that_passes_and_one_that_fails() {
    for (RuleDefinition rule : rules(shipped)) {
      Set<Judgement.Status> expected = new TreeSet<>();
      rule.examples().forEach(example -> expected.add(example.expected()));
      assertThat(expected).as(rule.id()).contains(Judgement.Status.PASS, Judgement.Status.FAIL);
      assertThat(rule.remedy()).as(rule.id()).endsWith(".");
    }
  }

  @Test
  void a_rule_read_without_its_examples_is_the_same_rule() {
    List<RuleDefinition> full = rules(shipped);
    List<RuleDefinition> light = rules(Packs.inForce());
    assertThat(light).hasSameSizeAs(full);
    for (int i = 0; i < full.size(); i++) {
      RuleDefinition a = full.get(i);
      RuleDefinition b = light.get(i);
      assertThat(b.levels()).isEqualTo(a.levels());
      assertThat(b.when()).isEqualTo(a.when());
      assertThat(b.text()).isEqualTo(a.text());
      assertThat(b.source()).isEqualTo(a.source());
      assertThat(b.examples()).isEmpty();
    }
  }

  private static List<RuleDefinition> rules(Map<String, Pack> packs) {
    return packs.values().stream().flatMap(pack -> pack.rules().stream()).toList();
  }
}
