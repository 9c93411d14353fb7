package dev.parley.engine.price;

import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Invalid;
import dev.parley.value.Money;
import dev.parley.value.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Prices from CSV files: {@code family,service,sku,region,unit,from,price,currency,source,asOf}. A
 * region {@code *} means everywhere; {@code from} is where the tier begins, in units a month.
 */
public final class PriceBook implements PriceSource {
  /**
   * How the source of a price ends that was written down without reading the vendor's list on that
   * day; an estimate calls it assumed.
   */
  static final String UNCHECKED = "(unchecked)";

  private static final List<String> COLUMNS =
      List.of(
          "family",
          "service",
          "sku",
          "region",
          "unit",
          "from",
          "price",
          "currency",
          "source",
          "asOf");
  private static final List<String> SHIPPED = List.of("aws.csv", "azure.csv", "gcp.csv");

  private record Key(String family, String service, String sku, String region) {}

  private final List<Price> all;
  private final Map<Key, List<Price>> byKey = new HashMap<>();
  private final String revision;

  /** Of these prices. */
  public PriceBook(List<Price> prices) {
    all = List.copyOf(prices);
    var sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(Price::from));
    for (Price price : sorted) {
      byKey.computeIfAbsent(key(price), _ -> new ArrayList<>(1)).add(price);
    }
    revision =
        Digest.ofText(String.join("\n", all.stream().map(PriceBook::line).sorted().toList())).hex();
  }

  /**
   * The small book of our own: every figure with the vendor's public list it is from, and its date.
   */
  public static PriceBook shipped() {
    var problems = new ArrayList<Problem>();
    var prices = new ArrayList<Price>();
    for (String file : SHIPPED) {
      prices.addAll(rows(file, resource("/dev/parley/engine/prices/" + file), problems));
    }
    return checked(prices, problems);
  }

  /**
   * A file, or all {@code .csv} files of a folder.
   *
   * @throws Invalid with every wrong row
   * @throws UncheckedIOException if it can't be read
   */
  public static PriceBook read(Path path) {
    try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
      var problems = new ArrayList<Problem>();
      var prices = new ArrayList<Price>();
      for (Path file :
          files
              .filter(f -> !Files.isDirectory(path) || f.toString().endsWith(".csv"))
              .sorted()
              .toList()) {
        prices.addAll(rows(file.getFileName().toString(), Files.readString(file), problems));
      }
      return checked(prices, problems);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read prices from " + path, e);
    }
  }

  /**
   * One file's text.
   *
   * @param file its name, for messages
   * @throws Invalid with every wrong row
   */
  public static PriceBook parse(String file, String csv) {
    var problems = new ArrayList<Problem>();
    List<Price> prices = rows(file, csv, problems);
    return checked(prices, problems);
  }

  /** All figures. */
  public List<Price> all() {
    return all;
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public List<Price> prices(String family, String service, String sku, String region) {
    List<Price> exact = byKey.getOrDefault(new Key(family, service, sku, region), List.of());
    return exact.isEmpty()
        ? byKey.getOrDefault(new Key(family, service, sku, "*"), List.of())
        : exact;
  }

  @Override
  public Check check() {
    return all.isEmpty()
        ? Check.failed("the price book is empty", "import prices, or use the shipped book")
        : Check.ok(all.size() + " prices");
  }

  @Override
  public void close() {}

  private static PriceBook checked(List<Price> prices, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new PriceBook(prices);
  }

  private static List<Price> rows(String file, String csv, List<Problem> problems) {
    List<String> lines = csv.lines().toList();
    var prices = new ArrayList<Price>();
    if (lines.isEmpty() || !Csv.line(lines.getFirst()).equals(COLUMNS)) {
      problems.add(
          new Problem(
              file + ":1",
              lines.isEmpty() ? "nothing" : lines.getFirst(),
              "it is not the heading of a price book",
              "write " + String.join(",", COLUMNS)));
      return prices;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String where = file + ":" + (i + 1);
      row(where, Csv.line(lines.get(i)), problems)
          .ifPresent(
              price -> {
                if (seen.add(key(price) + " " + price.unit() + " " + price.from())) {
                  prices.add(price);
                } else {
                  problems.add(
                      new Problem(
                          where,
                          price.service() + " " + price.sku() + " in " + price.region(),
                          "this price stands here twice",
                          "leave one row"));
                }
              });
    }
    return prices;
  }

  private static Optional<Price> row(String where, List<String> values, List<Problem> problems) {
    if (values.size() != COLUMNS.size()) {
      problems.add(
          new Problem(
              where,
              values.size() + " values",
              COLUMNS.size() + " are expected",
              "write " + String.join(",", COLUMNS)));
      return Optional.empty();
    }
    int before = problems.size();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isBlank()) {
        problems.add(
            new Problem(
                where,
                "no " + COLUMNS.get(i),
                "it is needed",
                COLUMNS.get(i).equals("region") ? "write * for everywhere" : "write one"));
      }
    }
    Optional<BigDecimal> from = amount(where, "from", values.get(5), problems);
    Optional<BigDecimal> price = amount(where, "price", values.get(6), problems);
    if (!values.get(7).matches("[A-Z]{3}")) {
      problems.add(
          new Problem(
              where,
              "currency '" + values.get(7) + "'",
              "a currency is three capital letters (ISO 4217)",
              "write USD"));
    }
    Optional<LocalDate> asOf = date(where, values.get(9), problems);
    if (problems.size() > before || from.isEmpty() || price.isEmpty() || asOf.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Price(
            values.get(0),
            values.get(1),
            values.get(2),
            values.get(3),
            values.get(4),
            from.get(),
            new Money(price.get(), values.get(7)),
            values.get(8),
            asOf.get()));
  }

  private static Optional<BigDecimal> amount(
      String where, String column, String text, List<Problem> problems) {
    if (text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      return Optional.of(new BigDecimal(text));
    }
    if (!text.isBlank()) {
      problems.add(
          new Problem(
              where,
              column + " '" + text + "'",
              "it is not an amount",
              "write digits with a point, such as 0.0416"));
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> date(String where, String text, List<Problem> problems) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      if (!text.isBlank()) {
        problems.add(
            new Problem(
                where,
                "asOf '" + text + "'",
                "it is not a date",
                "write year-month-day, such as 2026-07-20"));
      }
      return Optional.empty();
    }
  }

  private static Key key(Price price) {
    return new Key(price.family(), price.service(), price.sku(), price.region());
  }

  private static String line(Price p) {
    return String.join(
        ",",
        p.family(),
        p.service(),
        p.sku(),
        p.region(),
        p.unit(),
        p.from().toPlainString(),
        p.each().amount().toPlainString(),
        p.each().currency(),
        p.source(),
        p.asOf().toString());
  }

  static String resource(String path) {
    try (InputStream in = PriceBook.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing in the program: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + path, e);
    }
  }
}
