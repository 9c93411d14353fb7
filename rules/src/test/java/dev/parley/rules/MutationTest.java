package dev.parley.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rules.logic.Assertion;
import dev.parley.rules.logic.Operator;
import dev.parley.rules.logic.Source;
import dev.parley.rules.pack.Examples;
import dev.parley.rules.pack.Level;
import dev.parley.rules.pack.Pack;
import dev.parley.rules.pack.Packs;
import dev.parley.rules.pack.RuleDefinition;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes every operator and value of every shipped rule: its examples must notice. */
class MutationTest {
  @Test
  void the_examples_notice_nine_of_ten_changes_to_their_rules() {
    int killed = 0;
    var survivors = new ArrayList<String>();
    for (Pack pack : Packs.shipped().values()) {
      for (RuleDefinition rule : pack.rules()) {
        for (Mutant mutant : mutants(rule)) {
          boolean alive =
              rule.examples().stream()
                  .allMatch(example -> Examples.failure(mutant.rule, example).isEmpty());
          if (alive) {
            survivors.add(rule.id() + ": " + mutant.what);
          } else {
            killed++;
          }
        }
      }
    }
    int all = killed + survivors.size();
    assertThat(all).isGreaterThan(500);
    assertThat(killed / (double) all)
        .as("killed %s of %s; survivors:\n%s", killed, all, String.join("\n", survivors))
        .isGreaterThanOrEqualTo(0.9);
  }

  private record Mutant(RuleDefinition rule, String what) {}

  private record Changed(Assertion assertion, String what) {}

  private static List<Mutant> mutants(RuleDefinition rule) {
    var mutants = new ArrayList<Mutant>();
    for (int i = 0; i < rule.levels().size(); i++) {
      Level level = rule.levels().get(i);
      for (Changed changed : changes(level.assertion())) {
        var levels = new ArrayList<>(rule.levels());
        levels.set(
            i, new Level(changed.assertion, level.enforcement(), level.roles(), level.message()));
        mutants.add(
            new Mutant(copy(rule, rule.when(), levels), "level " + i + ": " + changed.what));
      }
    }
    rule.when()
        .ifPresent(
            when ->
                changes(when)
                    .forEach(
                        changed ->
                            mutants.add(
                                new Mutant(
                                    copy(rule, Optional.of(changed.assertion), rule.levels()),
                                    "when: " + changed.what))));
    return mutants;
  }

  private static RuleDefinition copy(
      RuleDefinition rule, Optional<Assertion> when, List<Level> levels) {
    return new RuleDefinition(
        rule.id(),
        rule.pack(),
        rule.title(),
        rule.severity(),
        rule.types(),
        rule.actions(),
        when,
        levels,
        rule.roles(),
        rule.message(),
        rule.remedy(),
        rule.controls(),
        rule.note(),
        rule.examples(),
        rule.source(),
        rule.text());
  }

  private static List<Changed> changes(Assertion assertion) {
    var changes = new ArrayList<Changed>();
    switch (assertion) {
      case Assertion.All(var parts) -> {
        changes.addAll(inside(parts, true));
        if (parts.size() > 1) {
          changes.add(new Changed(new Assertion.Any(parts), "all -> any of " + parts.size()));
        }
      }
      case Assertion.Any(var parts) -> {
        changes.addAll(inside(parts, false));
        if (parts.size() > 1) {
          changes.add(new Changed(new Assertion.All(parts), "any -> all of " + parts.size()));
        }
      }
      case Assertion.Not(var part) -> {
        changes.add(new Changed(part, "not dropped before " + brief(part)));
        changes(part)
            .forEach(c -> changes.add(new Changed(new Assertion.Not(c.assertion), c.what)));
      }
      case Assertion.Test test -> changes.addAll(tests(test));
      case Assertion.PortRange(var from, var to, var ports) ->
          changes.add(
              new Changed(
                  new Assertion.PortRange(
                      from, to, ports.stream().map(port -> port + 10_000).toList()),
                  "ports " + ports));
      case Assertion.Each(var list, var where, var that, var some) -> {
        changes.add(
            new Changed(
                new Assertion.Each(list, where, that, !some),
                (some ? "some -> each " : "each -> some ") + list));
        where.ifPresent(
            w ->
                changes.add(
                    new Changed(
                        new Assertion.Each(list, Optional.empty(), that, some),
                        "where dropped at " + list)));
        changes(that)
            .forEach(
                c ->
                    changes.add(
                        new Changed(new Assertion.Each(list, where, c.assertion, some), c.what)));
      }
      case Assertion.NoSecrets _ ->
          changes.add(new Changed(new Assertion.All(List.of()), "secrets allowed"));
      case Assertion.Exists exists ->
          changes.add(new Changed(new Assertion.Not(exists), "exists -> not exists"));
      case Assertion.Count(var types, var where, var operator, var operand) -> {
        changes.add(
            new Changed(new Assertion.Count(types, where, Operator.GT, operand), "count flipped"));
        changes.add(
            new Changed(
                new Assertion.Count(types, where, operator, new Source.Literal(Value.num(99))),
                "count value"));
      }
    }
    return changes;
  }

  private static List<Changed> inside(List<Assertion> parts, boolean all) {
    var changes = new ArrayList<Changed>();
    for (int i = 0; i < parts.size(); i++) {
      int at = i;
      if (parts.size() > 1) {
        var fewer = new ArrayList<>(parts);
        fewer.remove(i);
        changes.add(
            new Changed(
                all ? new Assertion.All(fewer) : new Assertion.Any(fewer),
                "dropped " + brief(parts.get(i))));
      }
      for (Changed c : changes(parts.get(i))) {
        var other = new ArrayList<>(parts);
        other.set(at, c.assertion);
        changes.add(new Changed(all ? new Assertion.All(other) : new Assertion.Any(other), c.what));
      }
    }
    return changes;
  }

  private static List<Changed> tests(Assertion.Test test) {
    var changes = new ArrayList<Changed>();
    Operator flipped =
        switch (test.operator()) {
          case EQ, IN, MATCHES, CONTAINS, CIDR_OPEN, PORTS, LITERAL, EMPTY, PRESENT ->
              Operator.ABSENT;
          case GT -> Operator.LE;
          case GE -> Operator.LT;
          case LT -> Operator.GE;
          case LE -> Operator.GT;
          case ABSENT -> Operator.PRESENT;
        };
    changes.add(
        new Changed(
            new Assertion.Test(test.source(), flipped, test.operand(), test.fallback()),
            brief(test) + " -> " + flipped.word()));
    if (test.operand() instanceof Source.Literal(var value) && test.operator().takesOperand()) {
      for (Value other : others(value)) {
        changes.add(
            new Changed(
                new Assertion.Test(
                    test.source(), test.operator(), new Source.Literal(other), test.fallback()),
                brief(test) + " value " + other));
      }
    }
    if (test.fallback().isPresent()) {
      changes.add(
          new Changed(
              new Assertion.Test(test.source(), test.operator(), test.operand(), Optional.empty()),
              brief(test) + " default dropped"));
    }
    return changes;
  }

  private static List<Value> others(Value value) {
    return switch (value) {
      case Value.Bool(var bool) -> List.of(Value.bool(!bool));
      case Value.Num(var number) -> List.of(Value.num(number.add(BigDecimal.valueOf(1000))));
      case Value.Text _ -> List.of(Value.text("something-else"));
      case Value.Items(var items) -> {
        var all = new ArrayList<Value>();
        for (int i = 0; i < items.size(); i++) {
          var fewer = new ArrayList<>(items);
          fewer.remove(i);
          all.add(new Value.Items(fewer));
        }
        yield all;
      }
      default -> List.of();
    };
  }

  private static String brief(Assertion assertion) {
    return switch (assertion) {
      case Assertion.Test test ->
          test.source() + " " + test.operator().word() + " " + test.operand();
      case Assertion.Not(var part) -> "not " + brief(part);
      default -> assertion.getClass().getSimpleName();
    };
  }
}
