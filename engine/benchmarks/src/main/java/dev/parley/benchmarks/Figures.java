package dev.parley.benchmarks;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Durations, sorted. */
record Figures(List<Duration> sorted) {
  static Figures of(Collection<Duration> all) {
    return new Figures(all.stream().sorted().toList());
  }

  /** The q-quantile, in seconds; 0 of nothing. */
  double at(double q) {
    return sorted.isEmpty()
        ? 0
        : sorted.get((int) Math.round(q * (sorted.size() - 1))).toNanos() / 1e9;
  }

  /** One line of the report, beside the bound. */
  String beside(Figures bound) {
    return "p50 %6.2f s   p95 %6.2f s   max %6.2f s   bound p50 %6.2f p95 %6.2f max %6.2f   p95/bound %5.2f"
        .formatted(
            at(0.5),
            at(0.95),
            at(1),
            bound.at(0.5),
            bound.at(0.95),
            bound.at(1),
            at(0.95) / Math.max(bound.at(0.95), 0.001));
  }

  @Override
  public String toString() {
    return "p50 %6.2f s   p95 %6.2f s   max %6.2f s".formatted(at(0.5), at(0.95), at(1));
  }
}
