package dev.parley.rules.parameter;

import dev.parley.rules.read.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How many people must approve, and of which roles or teams: {@code approvers.csv}. */
public record Approvers(List<Need> rows) {
  static final List<String> COLUMNS = List.of("when", "environment", "count", "roles");
  private static final Set<String> OCCASIONS =
      Set.of("any", "delete", "loss", "critical", "high", "medium", "low", "info");

  public Approvers {
    rows = List.copyOf(rows);
  }

  /**
   * What one occasion needs.
   *
   * @param when {@code any} plan; one with a {@code delete} or replacement; one with the {@code
   *     loss} of something stateful, protected or in production; or one with an active finding of a
   *     severity
   * @param roles roles or teams of which one must be among the approvers; empty means any approver
   */
  public record Need(String when, String environment, int count, Set<String> roles) {
    public Need {
      roles = Set.copyOf(roles);
    }
  }

  /** What an occasion needs in an environment: its own rows, or else the rows {@code *}. */
  public List<Need> of(String when, String environment) {
    var own =
        rows.stream()
            .filter(row -> row.when.equals(when) && row.environment.equals(environment))
            .toList();
    return own.isEmpty()
        ? rows.stream().filter(row -> row.when.equals(when) && row.environment.equals("*")).toList()
        : own;
  }

  static Approvers from(Csv table) {
    var rows = new ArrayList<Need>();
    for (Csv.Row row : table.rows()) {
      if (!OCCASIONS.contains(row.text("when"))) {
        row.wrong(
            "when",
            "no such occasion",
            "one of " + String.join(", ", OCCASIONS.stream().sorted().toList()));
        continue;
      }
      int count = row.number("count").map(number -> number.intValue()).orElse(1);
      if (count < 1 || count > 20) {
        row.wrong("count", "nothing runs without an approval, and 20 are enough", "write 1 to 20");
        continue;
      }
      rows.add(
          new Need(
              row.text("when"), row.orAny("environment"), count, Set.copyOf(row.list("roles"))));
    }
    return new Approvers(rows);
  }
}
