package dev.parley.rules.scene;

import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Rate;
import dev.parley.rules.parameter.RuleParameters;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Money in another currency, by the estimate's own rate and the tenant's. */
public final class Conversion {
  private final List<Rate> rates;

  /** The rates of an estimate and a tenant. */
  public Conversion(Estimate estimate, RuleParameters parameters) {
    var all = new ArrayList<Rate>();
    estimate.rate().ifPresent(all::add);
    all.addAll(parameters.rates());
    this.rates = List.copyOf(all);
  }

  /**
   * The amount in a currency, if a rate is known: directly, the other way round, or over a third.
   */
  public Optional<Money> to(Money money, String currency) {
    if (money.currency().equals(currency) || money.amount().signum() == 0) {
      return Optional.of(new Money(money.amount(), currency));
    }
    var direct = factor(money.currency(), currency);
    if (direct.isPresent()) {
      return direct.map(factor -> new Money(money.amount().multiply(factor), currency));
    }
    for (Rate rate : rates) {
      for (String middle : List.of(rate.from(), rate.to())) {
        var first = factor(money.currency(), middle);
        var second = factor(middle, currency);
        if (first.isPresent() && second.isPresent()) {
          return Optional.of(
              new Money(money.amount().multiply(first.get()).multiply(second.get()), currency));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<BigDecimal> factor(String from, String to) {
    for (Rate rate : rates) {
      if (rate.from().equals(from) && rate.to().equals(to)) {
        return Optional.of(rate.rate());
      }
      if (rate.from().equals(to) && rate.to().equals(from)) {
        return Optional.of(BigDecimal.ONE.divide(rate.rate(), MathContext.DECIMAL64));
      }
    }
    return Optional.empty();
  }

  /** {@code INR 1,500.00}. */
  public static String shown(Money money) {
    var format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return money.currency() + " " + format.format(money.amount());
  }
}
