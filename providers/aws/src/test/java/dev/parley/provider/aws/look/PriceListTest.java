package dev.parley.provider.aws.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cost.Price;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.operation.Wire;
import dev.parley.provider.aws.operation.Wire.Answer;
import dev.parley.provider.aws.operation.WireClients;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Money;
import dev.parley.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PriceListTest {
  private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.json("{}"));
  private final Wire wire = new Wire(_ -> answer.get());
  private final WireClients clients = new WireClients(wire.endpoint());
  private final SettableClock clock = new SettableClock(Instant.parse("2026-02-10T08:00:00Z"));
  private final PriceList list = new PriceList(clients, clock, "acme");

  @AfterEach
  void close() {
    clients.close();
    wire.close();
  }

  private static Answer products(String... products) {
    return Answer.json(
        "{\"FormatVersion\": \"aws_v1\", \"PriceList\": "
            + Json.write(Value.texts(List.of(products)))
            + "}");
  }

  private static String product(String usage, String... tiers) {
    return "{\"product\": {\"attributes\": {\"usagetype\": \"%s\"}}, \"terms\": {\"OnDemand\": {\"x\": {\"priceDimensions\": {%s}}}}}"
        .formatted(usage, String.join(",", tiers));
  }

  private static String tier(String name, String from, String unit, String usd) {
    return "\"%s\": {\"beginRange\": \"%s\", \"unit\": \"%s\", \"pricePerUnit\": {\"USD\": \"%s\"}}"
        .formatted(name, from, unit, usd);
  }

  @Test
  void a_size_of_server_costs_what_the_list_says_in_its_region() {
    answer.set(products(product("APS3-BoxUsage:t3.medium", tier("a", "0", "Hrs", "0.0448"))));
    assertThat(list.prices("aws", "ec2", "t3.medium", "ap-south-1"))
        .containsExactly(
            new Price(
                "aws",
                "ec2",
                "t3.medium",
                "ap-south-1",
                "hour",
                BigDecimal.ZERO,
                Money.of("0.0448", "USD"),
                "AWS Price List, AmazonEC2",
                LocalDate.parse("2026-02-10")));
    assertThat(wire.calls().getFirst().body())
        .contains("\"t3.medium\"", "\"ap-south-1\"", "TERM_MATCH", "AmazonEC2");
  }

  @Test
  void tiers_and_units_are_the_books() {
    answer.set(
        products(
            product(
                "USE1-Requests-RBP",
                tier("b", "1000000000", "Requests", "0.0000003"),
                tier("a", "0", "Requests", "0.0000004"))));
    assertThat(list.prices("aws", "sqs", "standard", "us-east-1"))
        .extracting(Price::unit, price -> price.from().intValueExact(), Price::each)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("million-requests", 0, Money.of("0.4", "USD")),
            org.assertj.core.groups.Tuple.tuple("million-requests", 1000, Money.of("0.3", "USD")));
  }

  @Test
  void several_different_products_are_no_price() {
    answer.set(
        products(
            product("BoxUsage:t3.medium", tier("a", "0", "Hrs", "0.04")),
            product("DedicatedUsage:t3.medium", tier("a", "0", "Hrs", "0.05"))));
    assertThat(list.prices("aws", "ec2", "t3.medium", "us-east-1")).isEmpty();
  }

  @Test
  void what_ends_in_another_usage_is_another_product() {
    answer.set(
        products(
            product("USE1-NatGateway-Hours", tier("a", "0", "Hrs", "0.045")),
            product("USE1-NatGateway-Prvd-Hours", tier("a", "0", "Hrs", "0.09"))));
    assertThat(list.prices("aws", "nat", "gateway", "us-east-1"))
        .extracting(Price::each)
        .containsExactly(Money.of("0.045", "USD"));
  }

  @Test
  void a_price_is_asked_once_a_day_and_its_change_is_a_new_revision() {
    answer.set(products(product("x", tier("a", "0", "Hrs", "0.04"))));
    list.prices("aws", "ec2", "t3.medium", "us-east-1");
    String before = list.revision();
    list.prices("aws", "ec2", "t3.medium", "us-east-1");
    assertThat(wire.calls()).hasSize(1);
    answer.set(products(product("x", tier("a", "0", "Hrs", "0.05"))));
    clock.advance(Duration.ofHours(25));
    assertThat(list.prices("aws", "ec2", "t3.medium", "us-east-1").getFirst().each())
        .isEqualTo(Money.of("0.05", "USD"));
    assertThat(list.revision()).isNotEqualTo(before);
  }

  @Test
  void a_list_that_fails_is_left_alone_for_a_while_and_says_so_when_checked() {
    answer.set(Answer.error(400, "AccessDeniedException", "not authorized to perform"));
    assertThat(list.prices("aws", "ec2", "t3.medium", "us-east-1")).isEmpty();
    assertThat(list.prices("aws", "ec2", "t3.large", "us-east-1")).isEmpty();
    assertThat(wire.calls()).hasSize(1);
    assertThat(list.check().ok()).isFalse();
    assertThat(list.check().next().orElseThrow()).contains("pricing:GetProducts");
    clock.advance(Duration.ofMinutes(PriceList.PAUSE + 1));
    answer.set(products(product("x", tier("a", "0", "Hrs", "0.04"))));
    assertThat(list.prices("aws", "ec2", "t3.large", "us-east-1")).hasSize(1);
  }

  @Test
  void what_the_book_does_not_sell_for_aws_is_not_asked_for() {
    assertThat(list.prices("azure", "vm", "b2s", "eastus")).isEmpty();
    assertThat(list.prices("aws", "teleport", "jump", "us-east-1")).isEmpty();
    assertThat(wire.calls()).isEmpty();
  }

  @Test
  void every_line_of_the_shipped_book_has_its_product_and_unit() throws IOException {
    try (InputStream book = getClass().getResourceAsStream("/dev/parley/engine/prices/aws.csv")) {
      var lines = new String(book.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
      assertThat(lines).hasSizeGreaterThan(100);
      for (String line : lines) {
        String[] fields = line.split(",");
        boolean rare = fields[2].equals("requests") && !fields[1].matches("lambda|sns");
        if (!rare && !fields[1].equals("route53")) {
          assertThat(Product.of(fields[1], fields[2]).map(Product::unit))
              .as(line)
              .contains(fields[4]);
        }
      }
    }
  }
}
