package dev.parley.rules.parameter;

import dev.parley.rules.read.Csv;
import dev.parley.rules.read.Shipped;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The decision tables of a tenant. */
public record Tables(Caps caps, Thresholds budgets, Severities severities, Approvers approvers) {
  /** The files' names. */
  public static final Set<String> NAMES =
      Set.of("caps.csv", "budgets.csv", "severities.csv", "approvers.csv");

  private static final Tables SHIPPED = shippedTables();

  /** Those that hold where a tenant has none. */
  public static Tables shipped() {
    return SHIPPED;
  }

  /** These, but with the tables of the given names replaced. */
  public Tables with(Map<String, Source> sources, List<Problem> problems) {
    var tables = this;
    for (var entry : sources.entrySet()) {
      tables = tables.with(entry.getKey(), entry.getValue(), problems);
    }
    return tables;
  }

  /**
   * A table's text and where it stands.
   *
   * @param file for messages
   */
  public record Source(String file, String text) {}

  private Tables with(String name, Source source, List<Problem> problems) {
    return switch (name) {
      case "caps.csv" ->
          new Tables(
              Caps.from(read(source, Caps.COLUMNS, problems)), budgets, severities, approvers);
      case "budgets.csv" ->
          new Tables(
              caps,
              Thresholds.from(read(source, Thresholds.COLUMNS, problems)),
              severities,
              approvers);
      case "severities.csv" ->
          new Tables(
              caps,
              budgets,
              Severities.from(read(source, Severities.COLUMNS, problems)),
              approvers);
      case "approvers.csv" ->
          new Tables(
              caps, budgets, severities, Approvers.from(read(source, Approvers.COLUMNS, problems)));
      default -> {
        problems.add(
            new Problem(
                source.file(),
                "'" + name + "'",
                "no such table",
                "one of " + String.join(", ", NAMES.stream().sorted().toList())));
        yield this;
      }
    };
  }

  private static Csv read(Source source, List<String> columns, List<Problem> problems) {
    return Csv.read(source.file(), source.text(), columns, problems);
  }

  private static Tables shippedTables() {
    var problems = new ArrayList<Problem>();
    var sources = new java.util.TreeMap<String, Source>();
    NAMES.forEach(name -> sources.put(name, new Source(name, Shipped.text("tables/" + name))));
    var none =
        new Tables(
            new Caps(List.of()),
            new Thresholds(List.of()),
            new Severities(List.of()),
            new Approvers(List.of()));
    var tables = none.with(sources, problems);
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return tables;
  }
}
