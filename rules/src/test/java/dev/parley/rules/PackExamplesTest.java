package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rules.pack.Examples;
import dev.parley.rules.pack.Pack;
import dev.parley.rules.pack.Packs;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PackExamplesTest {
  private static final Map<String, Pack> PACKS = Packs.shipped();

  @TestFactory
  Stream<DynamicNode> every_rule_says_of_its_examples_what_they_expect() {
    return PACKS.values().stream()
        .flatMap(pack -> pack.rules().stream())
        .map(
            rule ->
                DynamicContainer.dynamicContainer(
                    rule.id(),
                    rule.examples().stream()
                        .map(
                            example ->
                                DynamicTest.dynamicTest(
                                    example.expected() + " " + example.source(),
                                    () -> assertThat(Examples.failure(rule, example)).isEmpty()))));
  }
}
