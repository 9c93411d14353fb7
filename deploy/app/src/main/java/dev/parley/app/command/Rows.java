package dev.parley.app.command;

import java.io.PrintStream;
import java.util.List;

/** Rows in columns as wide as their widest cell; control characters are taken out of cells. */
final class Rows {
  private Rows() {}

  static void print(List<String> columns, List<List<String>> rows, PrintStream out) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              rows.stream().mapToInt(row -> plain(row.get(column)).length()).max().orElse(0));
    }
    out.println(line(columns, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = plain(cells.get(i));
      line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String plain(String cell) {
    return cell.replaceAll("\\p{Cntrl}", " ");
  }
}
