package dev.parley.cost;

import dev.parley.resource.Address;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the resources of a plan cost per month of 730 hours, in the tenant's currency.
 *
 * @param plan digest of the plan it is about
 * @param before the monthly cost of the touched resources as they are
 * @param monthly the monthly cost of the touched resources as they will be; unpriced lines are not
 *     in it
 * @param unpriced how many lines have no price
 * @param asOf the oldest price used
 * @param rate how prices were converted, if they were
 * @param prices digest of the price sources used
 */
public record Estimate(
    Digest plan,
    List<Line> lines,
    Money before,
    Money monthly,
    int unpriced,
    Optional<LocalDate> asOf,
    Optional<Rate> rate,
    String prices) {
  public Estimate {
    lines = List.copyOf(lines);
  }

  /** What the plan adds to the monthly bill; negative if it saves. */
  public Money delta() {
    return monthly.minus(before);
  }

  /** Per day: a month is a twelfth of 365 days. */
  public Money daily() {
    return new Money(
        monthly
            .amount()
            .multiply(BigDecimal.valueOf(12))
            .divide(BigDecimal.valueOf(365), 6, java.math.RoundingMode.HALF_UP),
        monthly.currency());
  }

  /** How far a line can be trusted. */
  public enum Confidence {
    /** A price for exactly this sku and region. */
    PRICED,
    /** A price with an assumption: usage, another region. */
    ASSUMED,
    /** No price is known. Never counted as zero. */
    UNPRICED
  }

  /**
   * One thing that costs money.
   *
   * @param what for people: "t3.medium, ap-south-1"
   * @param quantity of units a month
   * @param each price of a unit in its own currency; empty if unpriced
   * @param monthly in the estimate's currency; empty if unpriced
   * @param before the same line's cost before the plan; zero for something new
   * @param source where the price stands
   * @param note the assumption made, or why there is no price
   */
  public record Line(
      Address at,
      String what,
      String sku,
      BigDecimal quantity,
      String unit,
      Optional<Money> each,
      Optional<Money> monthly,
      Money before,
      Confidence confidence,
      String source,
      Optional<LocalDate> asOf,
      String note) {}

  /**
   * An exchange rate: this many of {@code to} for one of {@code from}.
   *
   * @param source who says so
   */
  public record Rate(String from, String to, BigDecimal rate, LocalDate asOf, String source) {}
}
