package dev.parley.bot.slack.block;

import dev.parley.bot.surface.Part;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;

/** Rows and columns as Slack's {@code table} block. */
final class TableBlock {
  private static final String NOTHING = "–";

  private TableBlock() {}

  /** Whether it is within what a table block takes. */
  static boolean fits(Part.Table table) {
    int columns = table.columns().size();
    int characters =
        table.rows().stream().flatMap(List::stream).mapToInt(String::length).sum()
            + table.columns().stream().mapToInt(String::length).sum();
    return columns > 0
        && columns <= Limits.TABLE_COLUMNS
        && table.rows().size() < Limits.TABLE_ROWS
        && characters + columns * table.rows().size() < Limits.TABLE;
  }

  static Fields of(Part.Table table) {
    int columns = table.columns().size();
    var rows = new ArrayList<Value>();
    rows.add(row(table.columns(), columns, true));
    table.rows().forEach(row -> rows.add(row(row, columns, false)));
    return Block.of("table").with("rows", new Items(rows));
  }

  private static Items row(List<String> cells, int columns, boolean bold) {
    var out = new ArrayList<Value>();
    for (int c = 0; c < columns; c++) {
      String cell = c < cells.size() ? Words.line(cells.get(c), Limits.SECTION) : "";
      String text = cell.isBlank() ? NOTHING : cell;
      out.add(
          bold
              ? Block.richText(List.of(Block.section(List.of(Rich.bold(text)))))
              : Block.of("raw_text").with("text", Value.text(text)));
    }
    return new Items(out);
  }
}
