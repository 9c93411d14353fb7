package dev.parley.rules.pack;

import dev.parley.rules.parameter.RuleParameters;
import dev.parley.rules.scene.Scene;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs rules on their examples. */
public final class Examples {
  private Examples() {}

  /** Every example that does not come out as it says. */
  public static List<Problem> failures(RuleDefinition rule) {
    var failures = new ArrayList<Problem>();
    rule.examples().forEach(example -> failure(rule, example).ifPresent(failures::add));
    return failures;
  }

  /** Why an example does not come out as it says, if it does not. */
  public static Optional<Problem> failure(RuleDefinition rule, Example example) {
    Judgement judgement;
    try {
      judgement = judge(rule, example);
    } catch (Invalid e) {
      return Optional.of(e.problems().getFirst());
    } catch (RuntimeException e) {
      return Optional.of(problem(rule, example, "it failed to run: " + e));
    }
    if (judgement.status() != example.expected()) {
      String why = judgement.breach().map(breach -> ": " + breach.message()).orElse("");
      return Optional.of(problem(rule, example, "it says " + word(judgement.status()) + why));
    }
    var at = judgement.breach().map(breach -> breach.result().at());
    if (example.at().isPresent() && !example.at().equals(at)) {
      return Optional.of(
          problem(
              rule,
              example,
              "it points at '"
                  + at.map(Object::toString).orElse("")
                  + "', not at '"
                  + example.at().get()
                  + "'"));
    }
    var wanted = example.given().text("enforcement");
    String got =
        judgement
            .breach()
            .flatMap(breach -> breach.level().enforcement())
            .map(enforcement -> enforcement.name().toLowerCase(Locale.ROOT))
            .orElse("severity");
    return wanted.isPresent() && !wanted.get().equals(got)
        ? Optional.of(
            problem(rule, example, "the level that decides has the enforcement of: " + got))
        : Optional.empty();
  }

  /** What the rule says of the example. */
  public static Judgement judge(RuleDefinition rule, Example example) {
    RuleParameters parameters =
        example.given().has("parameters")
            ? RuleParameters.read(example.source(), example.given().section("parameters").fields())
            : RuleParameters.defaults();
    var scene = new Scene(ExampleCase.of(rule, example), parameters, ExampleCase.prices(example));
    if (rule.aboutPlan()) {
      return rule.judge(scene.whole());
    }
    var resource = scene.changing().getFirst();
    return rule.covers(resource)
        ? rule.judge(resource)
        : new Judgement(Judgement.Status.SKIP, Optional.empty());
  }

  private static Problem problem(RuleDefinition rule, Example example, String why) {
    return new Problem(
        example.source(),
        "the example of " + rule.id() + " that expects " + word(example.expected()),
        why,
        "mend the rule or the example");
  }

  private static String word(Judgement.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
