package dev.parley.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the graph said.
 *
 * @param headline one line for people
 * @param columns names of the variables; for ASK one column {@code answer}
 * @param rows a cell is empty where the variable is unbound
 * @param complete false if rows were cut at the limit
 * @param query the SPARQL that was run
 * @param asOf the instant it is true of
 */
public record Answer(
    String headline,
    List<String> columns,
    List<List<Optional<Term>>> rows,
    boolean complete,
    String query,
    Instant asOf,
    Duration took) {
  public Answer {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
