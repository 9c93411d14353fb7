package dev.parley.graph;

import java.time.Duration;
import org.apache.jena.query.QueryCancelledException;

/** When a query must be done; whoever gives it data looks at it. */
final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /**
   * Ends the query if it is over.
   *
   * @throws QueryCancelledException if it is
   */
  void look() {
    if (System.nanoTime() - end > 0) {
      throw new QueryCancelledException();
    }
  }
}
