package dev.parley.provider;

import dev.parley.value.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What an account really cost, as its provider bills it.
 *
 * @param lines one for each day or month and each group, oldest first
 * @param forecast what the rest of the current month will cost, if the provider says
 * @param notes what the figures leave out, and how old they are
 */
public record Costs(List<Line> lines, Optional<Money> forecast, List<String> notes) {
  public Costs {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /**
   * One figure.
   *
   * @param from first day
   * @param to the day after the last
   * @param group a service, a region or a tag's value; "" if nothing was grouped
   * @param estimated whether the provider may still change it
   */
  public record Line(LocalDate from, LocalDate to, String group, Money amount, boolean estimated) {}

  /**
   * What is asked.
   *
   * @param from first day
   * @param to the day after the last
   * @param daily a line for each day; otherwise for each month
   * @param tag the tag to group by, if {@code by} is TAG
   */
  public record Query(LocalDate from, LocalDate to, boolean daily, By by, String tag) {}

  /** What lines are grouped by. */
  public enum By {
    TOTAL,
    SERVICE,
    REGION,
    TAG
  }
}
