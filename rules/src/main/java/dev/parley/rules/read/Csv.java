package dev.parley.rules.read;

import dev.parley.value.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A decision table: one header line, then data. Cells are words, numbers, percentages, globs and
 * lists divided by {@code |}; a cell that holds anything that could be code or a formula is
 * refused. Lines that start with {@code #} are comments.
 */
public final class Csv {
  private static final Pattern DATA = Pattern.compile("[\\p{L}\\p{N} ._:/@|*%,&-]*");
  private static final int LONGEST_CELL = 200;

  private final String file;
  private final List<Row> rows = new ArrayList<>();

  private Csv(String file) {
    this.file = file;
  }

  /** Its name, for messages. */
  public String file() {
    return file;
  }

  /**
   * Reads a table.
   *
   * @param columns those it must have, in any order
   * @param problems where mistakes are noted; rows with mistakes are left out
   */
  public static Csv read(String file, String text, List<String> columns, List<Problem> problems) {
    var table = new Csv(file);
    List<String> header = List.of();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = cells(line);
      if (header.isEmpty()) {
        header = cells;
        if (!table.checkHeader(cells, columns, number, problems)) {
          return table;
        }
      } else {
        table.add(header, cells, number, problems);
      }
    }
    if (header.isEmpty()) {
      problems.add(
          new Problem(
              file,
              "an empty table",
              "the header line is missing",
              "start with " + String.join(",", columns)));
    }
    return table;
  }

  /** The rows, in order. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  private boolean checkHeader(
      List<String> header, List<String> columns, int line, List<Problem> problems) {
    Set<String> have = new TreeSet<>(header);
    Set<String> want = new TreeSet<>(columns);
    if (have.equals(want) && header.size() == columns.size()) {
      return true;
    }
    problems.add(
        new Problem(
            file + ":" + line,
            "the columns " + String.join(",", header.stream().map(Csv::shown).toList()),
            "other columns are expected",
            "write " + String.join(",", columns)));
    return false;
  }

  private void add(List<String> header, List<String> cells, int line, List<Problem> problems) {
    if (cells.size() != header.size()) {
      problems.add(
          new Problem(
              file + ":" + line,
              cells.size() + " cells",
              header.size() + " are expected",
              "fill or remove cells"));
      return;
    }
    boolean good = true;
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (cell.length() > LONGEST_CELL || !DATA.matcher(cell).matches()) {
        good = false;
        problems.add(
            new Problem(
                file + ":" + line + ", column " + header.get(i),
                "'" + shown(cell) + "'",
                "a cell holds plain data only, never code or a formula",
                "use letters, digits and . _ : / @ | * % -"));
      }
    }
    if (good) {
      rows.add(new Row(this, line, header, cells, problems));
    }
  }

  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private static String shown(String cell) {
    String clean = cell.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= 40 ? clean : clean.substring(0, 39) + "…";
  }

  /** One line of data. */
  public static final class Row {
    private final Csv table;
    private final int line;
    private final List<String> header;
    private final List<String> cells;
    private final List<Problem> problems;

    private Row(
        Csv table, int line, List<String> header, List<String> cells, List<Problem> problems) {
      this.table = table;
      this.line = line;
      this.header = header;
      this.cells = cells;
      this.problems = problems;
    }

    /** A cell; "" if it is empty. */
    public String text(String column) {
      return cells.get(header.indexOf(column));
    }

    /** A cell, or {@code *} if it is empty. */
    public String orAny(String column) {
      return text(column).isEmpty() ? "*" : text(column);
    }

    /** The parts of a cell between {@code |}. */
    public List<String> list(String column) {
      return text(column).isEmpty()
          ? List.of()
          : List.of(text(column).split("\\|")).stream()
              .map(String::strip)
              .filter(part -> !part.isEmpty())
              .toList();
    }

    /** A number that is not negative; a percent sign is allowed. Empty if the cell is. */
    public Optional<BigDecimal> number(String column) {
      String cell = text(column).replace("%", "").strip();
      if (cell.isEmpty()) {
        return Optional.empty();
      }
      if (!cell.matches("\\d{1,15}(?:\\.\\d{1,6})?")) {
        wrong(column, "that is no number", "write digits");
        return Optional.empty();
      }
      return Optional.of(new BigDecimal(cell));
    }

    /** Notes a mistake in a cell. */
    public void wrong(String column, String why, String next) {
      problems.add(
          new Problem(
              table.file + ":" + line + ", column " + column,
              "'" + shown(text(column)) + "'",
              why,
              next));
    }
  }
}
