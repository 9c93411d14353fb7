package dev.parley.rules.scene;

import static dev.parley.rules.scene.Conversion.shown;

import dev.parley.cost.Budget;
import dev.parley.cost.Estimate.Line;
import dev.parley.rules.parameter.Thresholds.Threshold;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The budgets a plan draws on, and how full each would be. A plan that adds nothing to one fills
 * none.
 */
final class Budgets {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Budgets() {}

  static Value of(Scene scene) {
    var rows = new ArrayList<Value>();
    for (Budget budget : standing(scene)) {
      added(scene, budget.scope())
          .filter(added -> added.amount().signum() > 0)
          .ifPresent(added -> rows.add(row(scene, budget, added)));
    }
    return new Value.Items(rows);
  }

  /** The budgets that would ring, in words. */
  static List<String> full(Scene scene) {
    var full = new ArrayList<String>();
    if (of(scene) instanceof Value.Items(var rows)) {
      for (Value row : rows) {
        if (row instanceof Fields fields
            && fields.get("share").orElse(Value.NULL) instanceof Value.Num(var share)
            && fields.get("warn").orElse(Value.NULL) instanceof Value.Num(var warn)
            && share.compareTo(warn) > 0) {
          full.add(
              fields.text("scope").orElse("")
                  + " "
                  + fields.text("after").orElse("")
                  + " of "
                  + fields.text("limit").orElse("")
                  + " ("
                  + share.toPlainString()
                  + " %)");
        }
      }
    }
    return full;
  }

  /** Budgets that were used up before this plan, while it wants still more of them. */
  static List<String> overspent(Scene scene) {
    BigDecimal most = scene.parameters().spending().overspent();
    var spent = new ArrayList<String>();
    for (Budget budget : standing(scene)) {
      boolean grows =
          added(scene, budget.scope()).map(added -> added.amount().signum() > 0).orElse(false);
      var now = scene.conversion().to(budget.spent(), budget.monthly().currency());
      if (grows && now.isPresent() && budget.monthly().amount().signum() > 0) {
        BigDecimal share = percent(now.get().amount(), budget.monthly().amount());
        if (share.compareTo(most) > 0) {
          spent.add(
              budget.scope()
                  + ": "
                  + shown(now.get())
                  + " of "
                  + shown(budget.monthly())
                  + " ("
                  + share.toPlainString()
                  + " %)");
        }
      }
    }
    return spent;
  }

  /** The configured budgets, with the amounts of the table where it has its own. */
  private static List<Budget> standing(Scene scene) {
    return scene.facts().budgets().stream()
        .map(
            budget ->
                threshold(scene, budget.scope())
                    .monthly()
                    .map(monthly -> new Budget(budget.scope(), monthly, budget.spent()))
                    .orElse(budget))
        .toList();
  }

  private static Threshold threshold(Scene scene, String scope) {
    return scene.parameters().tables().budgets().of(scope);
  }

  private static Value row(Scene scene, Budget budget, Money added) {
    String currency = budget.monthly().currency();
    Optional<Money> after =
        scene
            .conversion()
            .to(budget.spent(), currency)
            .flatMap(
                spent ->
                    scene
                        .conversion()
                        .to(added, currency)
                        .map(
                            more ->
                                spent.plus(
                                    more.currency().equals(added.currency())
                                        ? more
                                        : PlanContext.withMargin(scene, more))));
    Threshold threshold = threshold(scene, budget.scope());
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("scope", Value.text(budget.scope()));
    fields.put("limit", Value.text(shown(budget.monthly())));
    fields.put("added", Value.text(shown(added)));
    fields.put("warn", Value.num(threshold.warn()));
    fields.put("approve", Value.num(threshold.approve()));
    fields.put(
        "after",
        after.<Value>map(money -> Value.text(shown(money))).orElse(noRate(added, currency)));
    fields.put(
        "share",
        after
            .<Value>map(money -> Value.num(percent(money.amount(), budget.monthly().amount())))
            .orElse(noRate(added, currency)));
    return new Fields(fields);
  }

  private static Value noRate(Money added, String currency) {
    return new Value.Unknown("no exchange rate from " + added.currency() + " to " + currency);
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() <= 0
        ? BigDecimal.valueOf(1_000_000)
        : part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP);
  }

  private static Optional<Money> added(Scene scene, String scope) {
    if (scope.equals("tenant")) {
      return Optional.of(scene.facts().estimate().delta());
    }
    Money sum = Money.zero(scene.currency());
    boolean touched = false;
    for (Line line : scene.facts().estimate().lines()) {
      if (line.at().account().equals(scope)) {
        touched = true;
        sum =
            line.monthly().isPresent() ? sum.plus(line.monthly().get().minus(line.before())) : sum;
      }
    }
    return touched ? Optional.of(sum) : Optional.empty();
  }
}
