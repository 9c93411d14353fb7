package dev.parley.graph;

import java.time.Duration;

/**
 * What one question may take.
 *
 * @param text characters of SPARQL
 * @param rows rows of a table, or statements of a constructed graph, before it is cut
 * @param bytes of a written answer
 * @param time from the start of the query to its last row
 * @param atOnce queries of one tenant that run at the same time
 * @param queued queries of one tenant that may wait for their turn
 * @param patience how long one waits for its turn
 */
public record Limits(
    int text, int rows, long bytes, Duration time, int atOnce, int queued, Duration patience) {
  /** What people and programs get. */
  public static final Limits USUAL =
      new Limits(16 << 10, 10_000, 16L << 20, Duration.ofSeconds(10), 2, 8, Duration.ofSeconds(5));

  public Limits {
    if (text < 1 || rows < 1 || bytes < 1 || time.isNegative() || atOnce < 1 || queued < 0) {
      throw new IllegalArgumentException("limits are above zero");
    }
  }

  /** The same with another time. */
  public Limits within(Duration other) {
    return new Limits(text, rows, bytes, other, atOnce, queued, patience);
  }

  /** The same with other rows. */
  public Limits rows(int other) {
    return new Limits(text, other, bytes, time, atOnce, queued, patience);
  }
}
