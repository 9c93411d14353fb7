package dev.parley.rules.parameter;

import dev.parley.rules.read.Csv;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Budgets and when they ring: {@code budgets.csv}. */
public record Thresholds(List<Threshold> rows) {
  static final List<String> COLUMNS = List.of("scope", "monthly", "currency", "warn", "approve");
  private static final Threshold USUAL =
      new Threshold("*", Optional.empty(), BigDecimal.valueOf(80), BigDecimal.valueOf(90));

  public Thresholds {
    rows = List.copyOf(rows);
  }

  /**
   * The thresholds of one scope.
   *
   * @param scope {@code tenant}, an account's id, or {@code *}
   * @param monthly the budget, where the table sets one
   * @param warn percent of the budget from which people are warned
   * @param approve percent of the budget from which somebody must approve
   */
  public record Threshold(
      String scope, Optional<Money> monthly, BigDecimal warn, BigDecimal approve) {}

  /** The thresholds of a scope: its own row, the row {@code *}, or 80 and 90 percent. */
  public Threshold of(String scope) {
    return rows.stream()
        .filter(row -> row.scope.equals(scope))
        .findFirst()
        .or(() -> rows.stream().filter(row -> row.scope.equals("*")).findFirst())
        .orElse(USUAL);
  }

  static Thresholds from(Csv table) {
    var rows = new ArrayList<Threshold>();
    for (Csv.Row row : table.rows()) {
      rows.add(
          new Threshold(
              row.orAny("scope"),
              budget(row),
              row.number("warn").orElse(USUAL.warn),
              row.number("approve").orElse(USUAL.approve)));
    }
    return new Thresholds(rows);
  }

  private static Optional<Money> budget(Csv.Row row) {
    var amount = row.number("monthly");
    if (amount.isEmpty()) {
      return Optional.empty();
    }
    if (!row.text("currency").matches("[A-Z]{3}")) {
      row.wrong(
          "currency",
          "an amount needs its currency",
          "write three capital letters, for example USD");
      return Optional.empty();
    }
    return Optional.of(new Money(amount.get(), row.text("currency")));
  }
}
