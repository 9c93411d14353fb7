package dev.parley.value;

import java.math.BigDecimal;

/**
 * An amount of one currency.
 *
 * @param currency ISO 4217 code, upper case
 */
public record Money(BigDecimal amount, String currency) {
  public Money {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException(
          "a currency is three capital letters (ISO 4217): " + currency);
    }
    amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
  }

  /** Of a decimal number as text. */
  public static Money of(String amount, String currency) {
    return new Money(new BigDecimal(amount), currency);
  }

  /** Nothing, in this currency. */
  public static Money zero(String currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /**
   * The sum.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    return new Money(amount.add(same(other).amount), currency);
  }

  /**
   * The difference.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money minus(Money other) {
    return new Money(amount.subtract(same(other).amount), currency);
  }

  /** This many times the amount. */
  public Money times(BigDecimal factor) {
    return new Money(amount.multiply(factor), currency);
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "not one currency: " + currency + " and " + other.currency);
    }
    return other;
  }
}
