package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Tenant;
import dev.parley.policy.Enforcement;
import dev.parley.policy.Finding;
import dev.parley.policy.Rule;
import dev.parley.policy.Verdict;
import dev.parley.rules.RulebookSettings.TenantSettings;
import dev.parley.rules.parameter.RuleParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFolderTest {
  private static final Tenant ACME = new Tenant("acme", "Acme", "USD");

  @TempDir Path folder;

  @Test
  void a_rule_in_a_folder_holds_beside_the_packs() throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*"));
    try (var rulebook = open()) {
      assertThat(found(rulebook, "x-logs")).doesNotContain("ORG-NAM-001");
      assertThat(found(rulebook, "logs")).contains("ORG-NAM-001");
      assertThat(rulebook.check().ok()).isTrue();
      Rule shown =
          rulebook.rules(ACME).stream()
              .filter(rule -> rule.id().equals("ORG-NAM-001"))
              .findFirst()
              .orElseThrow();
      assertThat(shown.source()).endsWith("names.yaml:2");
      assertThat(rulebook.drl(ACME, "ORG-NAM-001").orElseThrow())
          .contains("rule \"ORG-NAM-001\"")
          .doesNotContain("x-.*");
    }
  }

  @Test
  void a_changed_file_is_in_force_without_a_restart() throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*"));
    try (var rulebook = DroolsRulebook.open(settings().withReload(Duration.ofMillis(20)))) {
      String before = rulebook.revision(ACME);
      assertThat(found(rulebook, "logs")).contains("ORG-NAM-001");
      write("names.yaml", rule("ORG-NAM-001", "l.*|x-.*"));
      Instant deadline = Instant.now().plusSeconds(20);
      while (found(rulebook, "logs").contains("ORG-NAM-001") && Instant.now().isBefore(deadline)) {
        Thread.onSpinWait();
      }
      assertThat(found(rulebook, "logs")).doesNotContain("ORG-NAM-001");
      assertThat(rulebook.revision(ACME)).isNotEqualTo(before);
    }
  }

  @Test
  void a_broken_file_keeps_the_old_set_and_says_every_mistake() throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*"));
    try (var rulebook = open()) {
      String before = rulebook.revision(ACME);
      write(
          "names.yaml",
          "rules:\n"
              + "  - id: ORG-NAM-001\n"
              + "    severty: high\n"
              + "    types: [bucket]\n"
              + "    title: t\n"
              + "    remedy: r\n"
              + "    assert: {path: /a, op: equals, value: 1}\n");
      write("caps.csv", "environment,vcpu,memory,families,instances\ndevelopment,many,1,,\n");
      rulebook.refresh();
      assertThat(rulebook.revision(ACME)).isEqualTo(before);
      assertThat(found(rulebook, "logs")).contains("ORG-NAM-001");
      assertThat(rulebook.check().ok()).isFalse();
      assertThat(rulebook.check().detail())
          .contains("names.yaml:3: 'severty': nobody knows this key. did you mean 'severity'?")
          .contains("names.yaml:4: 'bucket'")
          .contains("names.yaml:7: 'equals': no such operator")
          .contains("no test that must pass")
          .contains("no test that must fail")
          .contains("caps.csv:2, column vcpu: 'many': that is no number");
      write("names.yaml", rule("ORG-NAM-001", "y-.*"));
      Files.delete(folder.resolve("caps.csv"));
      rulebook.refresh();
      assertThat(rulebook.check().ok()).isTrue();
      assertThat(rulebook.revision(ACME)).isNotEqualTo(before);
    }
  }

  @Test
  void a_folder_that_never_loaded_denies_every_plan() throws IOException {
    write("names.yaml", "rules: [");
    try (var rulebook = open()) {
      Verdict verdict = rulebook.judge(Cases.of().bucket("logs").build());
      assertThat(verdict.denied()).isTrue();
      assertThat(verdict.findings()).extracting(Finding::rule).containsExactly("RULES-BROKEN");
      assertThat(verdict.findings().getFirst().message()).contains("names.yaml:1");
    }
  }

  @Test
  void a_rule_whose_examples_come_out_otherwise_is_refused() throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*").replace("name: x-a", "name: a"));
    try (var rulebook = open()) {
      assertThat(rulebook.check().detail())
          .contains("the example of ORG-NAM-001 that expects pass: it says fail");
    }
  }

  @Test
  void a_shipped_id_can_not_be_taken() throws IOException {
    write("names.yaml", rule("AWS-S3-001", "x-.*"));
    try (var rulebook = open()) {
      assertThat(rulebook.check().detail()).contains("a shipped rule has that id");
    }
  }

  @Test
  void a_rule_that_throws_while_running_denies_the_plan() throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-(.*a){12}z|x-a"));
    try (var rulebook = open()) {
      Verdict verdict = rulebook.judge(Cases.of().bucket("x-" + "a".repeat(60) + "!").build());
      assertThat(verdict.denied()).isTrue();
      assertThat(verdict.findings().getFirst().message())
          .contains("rule ORG-NAM-001 failed to run");
      assertThat(verdict.findings().getFirst().enforcement()).isEqualTo(Enforcement.DENY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]",
        "\"\\\") then System.exit(1); end rule \\\"x\"",
        "ORG-NAM-001\\\" when eval(true) then System.exit(1); end //",
        "${T(java.lang.Runtime).getRuntime().exec('id')}"
      })
  void text_in_a_rule_never_becomes_code(String attempt) throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*").replace("id: ORG-NAM-001", "id: " + attempt));
    try (var rulebook = open()) {
      assertThat(rulebook.check().ok()).isFalse();
      assertThat(rulebook.judge(Cases.of().bucket("logs").build()).denied()).isTrue();
    }
    String title = attempt.startsWith("!!") ? attempt : "'" + attempt.replace("'", "''") + "'";
    write("names.yaml", rule("ORG-NAM-002", "x-.*").replace("title: Names", "title: " + title));
    try (var rulebook = open()) {
      assertThat(rulebook.judge(Cases.of().bucket("logs").build()).rules()).isNotEmpty();
      rulebook
          .drl(ACME, "ORG-NAM-002")
          .ifPresent(drl -> assertThat(drl).doesNotContain("exit").doesNotContain("exec"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "1); System.exit(1); //",
        "$param",
        "${1+1}",
        "new java.io.File(\"/x\")",
        "a;b",
        "`id`",
        "{x}",
      })
  void a_cell_with_code_is_refused(String attempt) throws IOException {
    write("names.yaml", rule("ORG-NAM-001", "x-.*"));
    write(
        "severities.csv",
        "rule,environment,severity,enforcement,roles\n\""
            + attempt.replace("\"", "\"\"")
            + "\",*,low,,\n");
    try (var rulebook = open()) {
      assertThat(rulebook.check().detail())
          .contains("severities.csv:2, column rule")
          .contains("never code");
    }
  }

  @Test
  void a_raw_drl_file_is_refused() throws IOException {
    write("own.drl", "rule x when then System.exit(1); end");
    try (var rulebook = open()) {
      assertThat(rulebook.check().detail()).contains("own.drl").contains("write the rule as YAML");
    }
  }

  @Test
  void tenants_never_see_each_others_rules_though_four_threads_ask_at_once() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("a.yaml"), rule("ORG-OWN-001", "never"));
    Files.writeString(other.resolve("b.yaml"), rule("ORG-OTH-001", "never"));
    var settings =
        RulebookSettings.defaults()
            .withReload(Duration.ZERO)
            .withTenant("acme", new TenantSettings(RuleParameters.defaults(), List.of(own)))
            .withTenant("umbrella", new TenantSettings(RuleParameters.defaults(), List.of(other)));
    try (var rulebook = DroolsRulebook.open(settings);
        var pool = Executors.newFixedThreadPool(4)) {
      var asked = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 60; i++) {
        boolean acme = i % 2 == 0;
        boolean reload = i % 10 == 3;
        asked.add(
            () -> {
              if (reload) {
                Files.writeString(
                    own.resolve("a.yaml"),
                    rule("ORG-OWN-001", "never") + "# " + System.nanoTime() + "\n");
                rulebook.refresh();
              }
              Set<String> rules = found(rulebook, acme ? "acme" : "umbrella", "logs");
              return rules.contains("ORG-OWN-001") == acme && rules.contains("ORG-OTH-001") != acme;
            });
      }
      for (var answer : pool.invokeAll(asked)) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  private RulebookSettings settings() {
    return RulebookSettings.defaults()
        .withReload(Duration.ZERO)
        .withTenant("acme", new TenantSettings(RuleParameters.defaults(), List.of(folder)));
  }

  private DroolsRulebook open() {
    return DroolsRulebook.open(settings());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static Set<String> found(DroolsRulebook rulebook, String name) {
    return found(rulebook, "acme", name);
  }

  private static Set<String> found(DroolsRulebook rulebook, String tenant, String name) {
    var verdict = rulebook.judge(Cases.of().tenant(tenant).bucket(name).build());
    return Set.copyOf(verdict.findings().stream().map(Finding::rule).distinct().toList());
  }

  private static String rule(String id, String pattern) {
    return """
    rules:
      - id: %s
        title: Names
        severity: low
        types: [aws:AWS::S3::Bucket]
        assert: {path: "@name", op: matches, value: "%s"}
        remedy: Rename it.
        tests:
          - {expect: pass, name: x-a}
          - {expect: fail, name: zz}
    """
        .formatted(id, pattern)
        .replace(
            "name: x-a",
            pattern.startsWith("x") || pattern.contains("|")
                ? "name: x-a"
                : pattern.startsWith("y") ? "name: y-a" : "name: never");
  }
}
