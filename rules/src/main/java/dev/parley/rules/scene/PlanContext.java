package dev.parley.rules.scene;

import static dev.parley.rules.scene.Conversion.shown;

import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.plan.Cap;
import dev.parley.rules.logic.Found;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/** The derived values of the plan: what {@code @name} means in a rule of the type {@code plan}. */
final class PlanContext {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private PlanContext() {}

  /** The names rules may use. */
  static final Set<String> NAMES =
      Set.of(
          "environment",
          "production",
          "cap",
          "budgets",
          "fullBudgets",
          "delta",
          "unpriced",
          "idle",
          "stopped",
          "cheaper",
          "overspent");

  static Found derive(Scene scene, String name) {
    return switch (name) {
      case "environment" -> new Found.Known(Value.text(scene.facts().plan().environment()));
      case "production" ->
          new Found.Known(
              Value.bool(scene.parameters().isProduction(scene.facts().plan().environment())));
      case "cap" -> scene.facts().plan().cap().map(cap -> cap(scene, cap)).orElse(Found.NOTHING);
      case "budgets" -> new Found.Known(Budgets.of(scene));
      case "fullBudgets" -> new Found.Known(Value.texts(Budgets.full(scene)));
      case "delta" -> delta(scene);
      case "unpriced" -> unpriced(scene);
      case "idle" -> new Found.Known(Value.texts(Idle.idle(scene)));
      case "stopped" -> new Found.Known(Value.texts(Idle.stopped(scene)));
      case "cheaper" -> Cheaper.of(scene);
      case "overspent" -> new Found.Known(Value.texts(Budgets.overspent(scene)));
      default -> throw new IllegalStateException("no derived value of a plan: @" + name);
    };
  }

  /** The request's own limit, in its own currency and period. */
  private static Found cap(Scene scene, Cap cap) {
    var estimate = scene.facts().estimate();
    String currency = cap.amount().currency();
    Money monthly = estimate.monthly();
    var converted = scene.conversion().to(monthly, currency);
    if (converted.isEmpty()) {
      return new Found.Unknown("no exchange rate from " + monthly.currency() + " to " + currency);
    }
    boolean other = !currency.equals(monthly.currency());
    Money expected = other ? withMargin(scene, converted.get()) : converted.get();
    Money spent = new Money(perPeriod(expected.amount(), cap.period()), currency);
    boolean over = spent.amount().compareTo(cap.amount().amount()) > 0;
    var fields = new LinkedHashMap<String, Value>();
    fields.put("limit", Value.text(shown(cap.amount()) + " " + period(cap.period())));
    fields.put(
        "estimated",
        Value.text(
            shown(spent) + " " + period(cap.period()) + margin(scene, other) + missing(scene)));
    fields.put("biggest", Value.text(biggest(scene)));
    fields.put(
        "over",
        over || estimate.unpriced() == 0
            ? Value.bool(over)
            : new Value.Unknown(estimate.unpriced() + " lines without a price"));
    return new Found.Known(new Fields(fields));
  }

  static Money withMargin(Scene scene, Money money) {
    BigDecimal factor =
        HUNDRED
            .add(scene.parameters().spending().margin())
            .divide(HUNDRED, 6, RoundingMode.HALF_UP);
    return money.times(factor);
  }

  private static String margin(Scene scene, boolean other) {
    return other
        ? " ("
            + scene.parameters().spending().margin().toPlainString()
            + " % for the exchange rate included)"
        : "";
  }

  private static String missing(Scene scene) {
    int unpriced = scene.facts().estimate().unpriced();
    return unpriced == 0 ? "" : " + " + unpriced + " unpriced";
  }

  private static BigDecimal perPeriod(BigDecimal monthly, Cap.Period period) {
    return switch (period) {
      case HOUR -> monthly.divide(BigDecimal.valueOf(730), 6, RoundingMode.HALF_UP);
      case DAY ->
          monthly
              .multiply(BigDecimal.valueOf(12))
              .divide(BigDecimal.valueOf(365), 6, RoundingMode.HALF_UP);
      case MONTH -> monthly;
      case YEAR -> monthly.multiply(BigDecimal.valueOf(12));
    };
  }

  private static String period(Cap.Period period) {
    return switch (period) {
      case HOUR -> "an hour";
      case DAY -> "a day";
      case MONTH -> "a month";
      case YEAR -> "a year";
    };
  }

  private static String biggest(Scene scene) {
    return scene.facts().estimate().lines().stream()
        .filter(line -> line.monthly().isPresent())
        .max(Comparator.comparing((Line line) -> line.monthly().orElseThrow().amount()))
        .map(
            line ->
                line.at().name()
                    + " ("
                    + line.what()
                    + ", "
                    + shown(line.monthly().orElseThrow())
                    + " a month)")
        .orElse("nothing that is priced");
  }

  /** What the plan adds, beside the limit for it; the share is of what is spent now. */
  private static Found delta(Scene scene) {
    Money delta = scene.facts().estimate().delta();
    var spending = scene.parameters().spending();
    Optional<Money> limit = scene.conversion().to(spending.delta(), delta.currency());
    Optional<BigDecimal> share = share(scene, delta);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("amount", Value.text(shown(delta)));
    fields.put("limit", Value.text(shown(spending.delta())));
    fields.put(
        "share",
        Value.text(share.map(s -> s.toPlainString() + " %").orElse("all that is spent now")));
    boolean grows = delta.amount().signum() > 0;
    boolean much = share.map(s -> s.compareTo(spending.deltaPercent()) > 0).orElse(true);
    if (!grows || !much) {
      fields.put("over", Value.bool(false));
    } else {
      fields.put(
          "over",
          limit
              .<Value>map(most -> Value.bool(delta.amount().compareTo(most.amount()) > 0))
              .orElse(
                  new Value.Unknown(
                      "no exchange rate from "
                          + spending.delta().currency()
                          + " to "
                          + delta.currency())));
    }
    return new Found.Known(new Fields(fields));
  }

  /** Percent of the tenant's spending now, or of the touched resources' where that is not told. */
  private static Optional<BigDecimal> share(Scene scene, Money delta) {
    BigDecimal spent =
        scene.facts().budgets().stream()
            .filter(budget -> budget.scope().equals("tenant"))
            .findFirst()
            .flatMap(budget -> scene.conversion().to(budget.spent(), delta.currency()))
            .map(Money::amount)
            .orElse(scene.facts().estimate().before().amount());
    return spent.signum() <= 0
        ? Optional.empty()
        : Optional.of(delta.amount().multiply(HUNDRED).divide(spent, 1, RoundingMode.HALF_UP));
  }

  private static Found unpriced(Scene scene) {
    var lines =
        scene.facts().estimate().lines().stream()
            .filter(line -> line.confidence() == Confidence.UNPRICED)
            .map(line -> line.at().name() + " (" + line.what() + ")")
            .distinct()
            .sorted()
            .toList();
    int more = scene.facts().estimate().unpriced();
    return new Found.Known(
        lines.isEmpty() && more > 0
            ? Value.texts(java.util.List.of(more + " lines"))
            : Value.texts(lines));
  }
}
