package dev.parley.rules.parameter;

import dev.parley.rules.read.Csv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Size caps by environment: {@code caps.csv}. */
public record Caps(List<Cap> rows) {
  static final List<String> COLUMNS =
      List.of("environment", "vcpu", "memory", "families", "instances");

  public Caps {
    rows = List.copyOf(rows);
  }

  /**
   * The caps of one environment; empty means no cap.
   *
   * @param memory in GiB
   * @param families allowed series such as {@code t3} or {@code Standard_D}; empty means any
   * @param instances the most of a scaling group, service or node group
   */
  public record Cap(
      String environment,
      Optional<BigDecimal> vcpu,
      Optional<BigDecimal> memory,
      Set<String> families,
      Optional<BigDecimal> instances) {
    public Cap {
      families = Set.copyOf(families);
    }
  }

  /** The caps of an environment: its own row, or the row {@code *}. */
  public Optional<Cap> of(String environment) {
    return rows.stream()
        .filter(row -> row.environment.equals(environment))
        .findFirst()
        .or(() -> rows.stream().filter(row -> row.environment.equals("*")).findFirst());
  }

  static Caps from(Csv table) {
    var rows = new ArrayList<Cap>();
    for (Csv.Row row : table.rows()) {
      rows.add(
          new Cap(
              row.orAny("environment"),
              row.number("vcpu"),
              row.number("memory"),
              Set.copyOf(row.list("families")),
              row.number("instances")));
    }
    return new Caps(rows);
  }
}
