package dev.parley.cost;

import dev.parley.value.Money;
import java.util.List;
import java.util.Optional;

/** The targets the Allocator weighed for one request, cheapest first. */
public record Comparison(List<Option> options) {
  public Comparison {
    options = List.copyOf(options);
  }

  /**
   * One target.
   *
   * @param monthly what the request would cost there; empty if it can't be made there
   * @param unpriced lines without a price there
   * @param allowed whether the rules would let it pass
   * @param why why it was not chosen, or why it was
   */
  public record Option(
      String account,
      String family,
      String region,
      Optional<Money> monthly,
      int unpriced,
      boolean allowed,
      boolean chosen,
      String why) {}
}
