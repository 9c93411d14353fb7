package dev.parley.plan;

import dev.parley.value.Money;

/** The most that a request may cost in a period, as its author said. */
public record Cap(Money amount, Period period) {
  /** How often the amount may be spent. */
  public enum Period {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }
}
