package dev.parley.graph;

import dev.parley.knowledge.Term;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line for people about an answer. {@code {count}} is the number of rows, {@code {total}} the
 * sum of the column monthly, {@code {resource}} an argument, {@code {who}} a column of the first
 * row.
 *
 * @param none when nothing was found
 * @param one when one row was
 * @param many when more were
 */
record Headline(String none, String one, String many) {
  private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  String of(Table table, Map<String, String> arguments) {
    List<List<Optional<Term>>> rows = table.rows();
    String text = rows.isEmpty() ? none : rows.size() == 1 ? one : many;
    String filled =
        HOLE.matcher(text)
            .replaceAll(
                hole ->
                    java.util.regex.Matcher.quoteReplacement(
                        fill(hole.group(1), table, arguments)));
    return table.complete() ? filled : filled + " (and more)";
  }

  private static String fill(String hole, Table table, Map<String, String> arguments) {
    if (hole.equals("count")) {
      return Integer.toString(table.rows().size());
    }
    if (hole.equals("total")) {
      return total(table);
    }
    if (arguments.containsKey(hole)) {
      return arguments.getOrDefault(hole, "").strip();
    }
    int column = table.columns().indexOf(hole);
    if (column < 0 || table.rows().isEmpty()) {
      return "?";
    }
    return table.rows().getFirst().get(column).map(Headline::said).orElse("-");
  }

  /** The sum of what has a price, by currency, and how much has none. */
  private static String total(Table table) {
    int monthly = table.columns().indexOf("monthly");
    int currency = table.columns().indexOf("currency");
    var sums = new TreeMap<String, BigDecimal>();
    int unpriced = 0;
    for (var row : table.rows()) {
      if (row.get(monthly).orElse(null) instanceof Term.Number(var number)) {
        sums.merge(row.get(currency).map(Headline::said).orElse(""), number, BigDecimal::add);
      } else {
        unpriced++;
      }
    }
    String sum =
        sums.isEmpty()
            ? "nothing that has a price"
            : sums.entrySet().stream()
                .map(one -> (money(one.getValue()) + " " + one.getKey()).strip())
                .collect(Collectors.joining(" and "));
    return unpriced == 0 ? sum : sum + " (" + unpriced + " without a price)";
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
  }

  static String said(Term term) {
    return switch (term) {
      case Term.Iri(var iri) -> iri;
      case Term.Text(var text) -> text;
      case Term.Number(var number) -> number.toPlainString();
      case Term.Flag(var flag) -> flag ? "yes" : "no";
      case Term.Time(var time) -> TIME.format(time);
    };
  }
}
