package dev.parley.engine.price;

import dev.parley.cost.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Exchange rates, as configured; each with its date and who says so. */
public final class Rates {
  private final List<Estimate.Rate> rates;

  public Rates(List<Estimate.Rate> rates) {
    this.rates = List.copyOf(rates);
  }

  /** The rate between two currencies: as given, turned around, or by way of a third currency. */
  public Optional<Estimate.Rate> rate(String from, String to) {
    Optional<Estimate.Rate> direct = direct(from, to);
    if (direct.isPresent()) {
      return direct;
    }
    for (Estimate.Rate first : rates) {
      for (String middle : List.of(first.from(), first.to())) {
        Optional<Estimate.Rate> in = direct(from, middle);
        Optional<Estimate.Rate> out = direct(middle, to);
        if (in.isPresent() && out.isPresent()) {
          return Optional.of(through(from, to, in.get(), out.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Estimate.Rate> direct(String from, String to) {
    for (Estimate.Rate rate : rates) {
      if (rate.from().equals(from) && rate.to().equals(to)) {
        return Optional.of(rate);
      }
    }
    for (Estimate.Rate rate : rates) {
      if (rate.from().equals(to) && rate.to().equals(from) && rate.rate().signum() > 0) {
        BigDecimal turned = BigDecimal.ONE.divide(rate.rate(), MathContext.DECIMAL64);
        return Optional.of(new Estimate.Rate(from, to, turned, rate.asOf(), rate.source()));
      }
    }
    return Optional.empty();
  }

  private static Estimate.Rate through(
      String from, String to, Estimate.Rate in, Estimate.Rate out) {
    var older = in.asOf().isBefore(out.asOf()) ? in.asOf() : out.asOf();
    String source =
        in.source().equals(out.source()) ? in.source() : in.source() + "; " + out.source();
    return new Estimate.Rate(
        from, to, in.rate().multiply(out.rate(), MathContext.DECIMAL64), older, source);
  }
}
