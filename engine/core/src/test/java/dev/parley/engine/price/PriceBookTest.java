package dev.parley.engine.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.cost.Price;
import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceBookTest {
  private static final String HEAD =
      "family,service,sku,region,unit,from,price,currency,source,asOf\n";

  @Test
  void the_shipped_book_covers_three_clouds_and_every_figure_has_source_and_date() {
    List<Price> all = PriceBook.shipped().all();
    Map<String, Long> byFamily =
        all.stream().collect(Collectors.groupingBy(Price::family, Collectors.counting()));
    assertThat(byFamily)
        .containsOnlyKeys("aws", "azure", "gcp")
        .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(50));
    assertThat(all)
        .hasSizeGreaterThanOrEqualTo(150)
        .allSatisfy(
            price -> {
              assertThat(price.source()).matches(".*pricing, [a-z]+\\.[a-z.]+/.*");
              assertThat(price.asOf()).isAfter("2024-01-01").isBefore("2027-01-01");
              assertThat(price.each().amount().signum()).isPositive();
            });
  }

  @Test
  void the_exact_region_comes_before_everywhere_and_tiers_are_sorted() {
    var book =
        PriceBook.parse(
            "x.csv",
            HEAD
                + "a,s,k,*,GB,0,9,USD,x,2026-01-01\n"
                + "a,s,k,r,GB,100,1,USD,x,2026-01-01\n"
                + "a,s,k,r,GB,0,2,USD,x,2026-01-01\n");
    assertThat(book.prices("a", "s", "k", "r"))
        .extracting(p -> p.each().amount().intValue())
        .containsExactly(2, 1);
    assertThat(book.prices("a", "s", "k", "other"))
        .extracting(p -> p.each().amount().intValue())
        .containsExactly(9);
    assertThat(book.prices("a", "s", "none", "r")).isEmpty();
  }

  @Test
  void every_wrong_row_is_told() {
    Invalid invalid =
        catchThrowableOfType(
            Invalid.class,
            () ->
                PriceBook.parse(
                    "p.csv",
                    HEAD
                        + "a,s,k,r,GB,0,1,USD,x,2026-01-01\n"
                        + "a,s,k,r,GB,0,2,USD,x,2026-01-01\n"
                        + "a,s,k2,r,GB,zero,-1,usd,,yesterday\n"
                        + "a,b\n"));
    assertThat(invalid.problems())
        .extracting(Problem::where)
        .containsExactly(
            "p.csv:3", "p.csv:4", "p.csv:4", "p.csv:4", "p.csv:4", "p.csv:4", "p.csv:5");
    assertThat(
            catchThrowableOfType(Invalid.class, () -> PriceBook.parse("p.csv", "price\n1\n"))
                .problems())
        .singleElement()
        .satisfies(p -> assertThat(p.where()).isEqualTo("p.csv:1"));
  }

  @Test
  void a_source_may_hold_commas_and_quotes() {
    var book =
        PriceBook.parse(
            "p.csv", HEAD + "a,s,k,r,GB,0,1,USD,\"the \"\"list\"\", page 1\",2026-01-01\n");
    assertThat(book.all().getFirst().source()).isEqualTo("the \"list\", page 1");
  }

  @Test
  void a_folder_is_read_whole_and_the_revision_is_that_of_the_content(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("b.csv"), HEAD + "a,s,k,r,GB,0,1,USD,x,2026-01-01\n");
    Files.writeString(folder.resolve("a.csv"), HEAD + "a,s,k2,r,GB,0,1,USD,x,2026-01-01\n");
    Files.writeString(folder.resolve("notes.txt"), "not prices");
    PriceBook book = PriceBook.read(folder);
    assertThat(book.all()).hasSize(2);
    assertThat(book.revision()).isEqualTo(new PriceBook(book.all().reversed()).revision());
    assertThat(PriceBook.read(folder.resolve("a.csv")).revision()).isNotEqualTo(book.revision());
  }

  @Test
  void tiers_are_paid_one_after_the_other() {
    var book =
        PriceBook.parse(
            "x.csv", HEAD + "a,s,k,r,GB,0,2,USD,x,2026-01-01\na,s,k,r,GB,100,1,USD,x,2026-01-01\n");
    assertThat(BookEstimator.tiered(book.prices("a", "s", "k", "r"), new BigDecimal("150")))
        .isEqualByComparingTo("250");
    assertThat(BookEstimator.tiered(book.prices("a", "s", "k", "r"), new BigDecimal("50")))
        .isEqualByComparingTo("100");
  }
}
