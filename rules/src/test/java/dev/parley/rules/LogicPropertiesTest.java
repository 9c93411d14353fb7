package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.Finding;
import dev.parley.policy.Rulebook.Case;
import dev.parley.resource.Address;
import dev.parley.rules.logic.Assertion;
import dev.parley.rules.logic.Found;
import dev.parley.rules.logic.Operator;
import dev.parley.rules.logic.Source;
import dev.parley.rules.logic.Tri;
import dev.parley.rules.logic.View;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogicPropertiesTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void every_operator_answers_for_every_state() {
    var states =
        new ArrayList<Found>(
            List.of(Found.NOTHING, new Found.Unknown("x"), new Found.Unknown("x", true)));
    var random = new Random(7);
    for (int i = 0; i < 40; i++) {
      states.add(Found.of(value(random, 2, true)));
    }
    states.add(Found.of(new Value.Secret("env:X")));
    for (Operator operator : Operator.values()) {
      for (Found actual : states) {
        for (Found expected : states) {
          boolean pattern =
              operator == Operator.MATCHES && expected instanceof Found.Known(Value.Text _);
          if (!pattern) {
            assertThat(operator.test(actual, expected)).isNotNull();
          }
        }
      }
    }
  }

  @Test
  void resolving_what_is_unknown_never_turns_a_failure_into_a_pass_nor_a_pass_into_a_failure() {
    var random = new Random(42);
    int decided = 0;
    for (int i = 0; i < 20_000; i++) {
      Fields open = (Fields) object(random, 2, true);
      Fields resolved = (Fields) resolve(open, random);
      Assertion assertion = assertion(random, 3);
      Tri before = assertion.on(view(open)).tri();
      Tri after = assertion.on(view(resolved)).tri();
      if (before != Tri.UNKNOWN) {
        decided++;
        assertThat(after)
            .as("%s on %s resolved to %s", assertion, open, resolved)
            .isEqualTo(before);
      }
    }
    assertThat(decided).isGreaterThan(5_000);
  }

  @Test
  void not_all_is_any_not() {
    var random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      View view = view((Fields) object(random, 2, true));
      List<Assertion> parts =
          List.of(assertion(random, 2), assertion(random, 2), assertion(random, 1));
      Tri left = new Assertion.Not(new Assertion.All(parts)).on(view).tri();
      Tri right =
          new Assertion.Any(parts.stream().<Assertion>map(Assertion.Not::new).toList())
              .on(view)
              .tri();
      assertThat(left).isEqualTo(right);
    }
  }

  @Test
  void an_unrelated_resource_never_changes_another_finding() {
    var random = new Random(11);
    try (var rulebook = DroolsRulebook.open(RulebookSettings.defaults())) {
      for (int i = 0; i < 60; i++) {
        String one = bucket(random);
        Case alone = Cases.of().create("aws:AWS::S3::Bucket", "one", one).build();
        Case beside =
            Cases.of()
                .create(
                    "aws:AWS::EC2::Volume", "v" + i, "{\"Encrypted\":" + random.nextBoolean() + "}")
                .create("aws:AWS::S3::Bucket", "one", one)
                .create("aws:AWS::S3::Bucket", "two", bucket(random))
                .delete("aws:AWS::EC2::Instance", "old", "{}")
                .build();
        Address at = Cases.address("aws:AWS::S3::Bucket", "one");
        assertThat(about(rulebook.judge(beside).findings(), at))
            .isEqualTo(about(rulebook.judge(alone).findings(), at));
      }
    }
  }

  private static Set<Finding> about(List<Finding> findings, Address at) {
    var about = new HashSet<Finding>();
    findings.stream()
        .filter(finding -> finding.address().equals(Optional.of(at)))
        .forEach(about::add);
    return about;
  }

  private static String bucket(Random random) {
    String acl = List.of("Private", "PublicRead", "AuthenticatedRead").get(random.nextInt(3));
    return random.nextBoolean()
        ? Cases.bucketJson("\"AccessControl\":\"" + acl + "\",")
        : "{\"AccessControl\":\"" + acl + "\"}";
  }

  private static Assertion assertion(Random random, int depth) {
    Source place =
        Source.of(
            "/"
                + NAMES.get(random.nextInt(3))
                + (random.nextInt(3) == 0 ? "/" + NAMES.get(random.nextInt(3)) : ""));
    return switch (depth == 0 ? random.nextInt(5) : random.nextInt(10)) {
      case 0 -> test(place, Operator.EQ, scalar(random));
      case 1 -> test(place, Operator.IN, Value.Items.of(scalar(random), scalar(random)));
      case 2 -> test(place, random.nextBoolean() ? Operator.PRESENT : Operator.ABSENT, Value.NULL);
      case 3 ->
          test(
              place,
              random.nextBoolean() ? Operator.LE : Operator.GT,
              Value.num(random.nextInt(3)));
      case 4 -> test(place, Operator.CONTAINS, scalar(random));
      case 5 -> new Assertion.Not(assertion(random, depth - 1));
      case 6 ->
          new Assertion.All(List.of(assertion(random, depth - 1), assertion(random, depth - 1)));
      case 7 ->
          new Assertion.Any(List.of(assertion(random, depth - 1), assertion(random, depth - 1)));
      case 8 ->
          new Assertion.Each(
              place, Optional.of(assertion(random, depth - 1)), item(random), random.nextBoolean());
      default -> new Assertion.Each(place, Optional.empty(), item(random), random.nextBoolean());
    };
  }

  private static Assertion item(Random random) {
    return test(Source.of("."), Operator.EQ, scalar(random));
  }

  private static Assertion test(Source place, Operator operator, Value value) {
    return new Assertion.Test(place, operator, new Source.Literal(value), Optional.empty());
  }

  private static Value object(Random random, int depth, boolean holes) {
    var fields = new LinkedHashMap<String, Value>();
    for (String name : NAMES) {
      if (random.nextInt(4) > 0) {
        fields.put(name, value(random, depth, holes));
      }
    }
    return new Fields(fields);
  }

  private static Value value(Random random, int depth, boolean holes) {
    int kind = random.nextInt(depth == 0 ? 6 : 9);
    return switch (kind) {
      case 0, 1, 2, 3 -> scalar(random);
      case 4 -> holes ? new Value.Ref("a/aws:T/x", "/Out") : scalar(random);
      case 5 -> holes ? new Value.Unknown("later") : scalar(random);
      case 6 -> object(random, depth - 1, holes);
      default -> Value.Items.of(value(random, depth - 1, holes), value(random, depth - 1, holes));
    };
  }

  private static Value scalar(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Value.bool(random.nextBoolean());
      case 1 -> Value.num(random.nextInt(3));
      default -> Value.text(NAMES.get(random.nextInt(3)));
    };
  }

  /**
   * The same with each hole filled: a reference by a text, an unknown by anything that is no hole.
   */
  private static Value resolve(Value value, Random random) {
    return switch (value) {
      case Value.Ref _ -> scalar(random);
      case Value.Unknown _ -> random.nextInt(4) == 0 ? Value.NULL : value(random, 1, false);
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> resolve(item, random)).toList());
      case Fields(var fields) -> {
        var resolved = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> resolved.put(name, resolve(field, random)));
        yield new Fields(resolved);
      }
      default -> value;
    };
  }

  private static View view(Fields properties) {
    return new View() {
      @Override
      public Fields properties() {
        return properties;
      }

      @Override
      public Found context(Pointer at) {
        return Found.NOTHING;
      }

      @Override
      public Pointer origin(Pointer context) {
        return Pointer.ROOT;
      }

      @Override
      public List<View> others(Set<String> types) {
        return List.of();
      }

      @Override
      public Tri pointsAt(View other) {
        return Tri.FAIL;
      }
    };
  }
}
