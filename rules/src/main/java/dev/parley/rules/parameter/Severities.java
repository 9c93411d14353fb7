package dev.parley.rules.parameter;

import dev.parley.policy.Enforcement;
import dev.parley.policy.Severity;
import dev.parley.rules.read.Csv;
import dev.parley.rules.read.Globs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How bad rules are and what they do, where a tenant decides otherwise: {@code severities.csv}. */
public record Severities(List<Override> rows) {
  static final List<String> COLUMNS =
      List.of("rule", "environment", "severity", "enforcement", "roles");

  public Severities {
    rows = List.copyOf(rows);
  }

  /**
   * One decision.
   *
   * @param rule a rule's id, a glob over ids, or a severity for all rules that have it
   * @param environment an environment, or {@code *}
   * @param roles who approves, if the enforcement is APPROVE
   */
  public record Override(
      String rule,
      String environment,
      Optional<Severity> severity,
      Optional<Enforcement> enforcement,
      Set<String> roles) {
    public Override {
      roles = Set.copyOf(roles);
    }

    boolean covers(String id, Severity of, String place) {
      boolean here = environment.equals("*") || environment.equals(place);
      return here && (Globs.matches(rule, id) || rule.equalsIgnoreCase(of.name()));
    }
  }

  /** The first row that covers a rule in an environment. */
  public Optional<Override> of(String rule, Severity severity, String environment) {
    return rows.stream().filter(row -> row.covers(rule, severity, environment)).findFirst();
  }

  static Severities from(Csv table) {
    var rows = new ArrayList<Override>();
    for (Csv.Row row : table.rows()) {
      rows.add(
          new Override(
              row.orAny("rule"),
              row.orAny("environment"),
              word(row, "severity", Severity.class),
              word(row, "enforcement", Enforcement.class),
              Set.copyOf(row.list("roles"))));
    }
    return new Severities(rows);
  }

  private static <E extends Enum<E>> Optional<E> word(Csv.Row row, String column, Class<E> type) {
    String cell = row.text(column);
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    var words = new ArrayList<String>();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(cell)) {
        return Optional.of(constant);
      }
      words.add(constant.name().toLowerCase(Locale.ROOT));
    }
    row.wrong(
        column, "no such " + column, "one of " + String.join(", ", words) + ", or leave it empty");
    return Optional.empty();
  }
}
