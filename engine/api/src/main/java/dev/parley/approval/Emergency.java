package dev.parley.approval;

import java.time.Instant;
import java.util.Optional;

/**
 * An approval by break-glass and what became of its review.
 *
 * @param receipt one that says what stood in for its quorum
 * @param review empty for as long as it waits
 */
public record Emergency(Receipt receipt, Optional<Review> review) {
  public Emergency {
    if (receipt.breakGlass().isEmpty()) {
      throw new IllegalArgumentException("a quorum earned " + receipt.id());
    }
  }

  /** What stood in for the quorum. */
  public BreakGlass glass() {
    return receipt.breakGlass().orElseThrow();
  }

  /** The vote by which it was said. */
  public Vote vote() {
    return receipt.votes().stream()
        .filter(vote -> vote.means() == Vote.Means.BREAK_GLASS)
        .findFirst()
        .orElseThrow();
  }

  /** Whether nobody has reviewed it in time. */
  public boolean overdue(Instant now) {
    return review.isEmpty() && !now.isBefore(glass().reviewBy());
  }
}
