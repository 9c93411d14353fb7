package dev.parley.provider.aws.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.provider.Costs;
import dev.parley.provider.aws.operation.Wire;
import dev.parley.provider.aws.operation.Wire.Answer;
import dev.parley.provider.aws.operation.WireClients;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillsTest {
  private static final Costs.Query QUERY =
      new Costs.Query(
          LocalDate.parse("2026-01-01"),
          LocalDate.parse("2026-02-01"),
          false,
          Costs.By.TAG,
          "team");
  private final Wire wire = new Wire(BillsTest::answer);
  private final WireClients clients = new WireClients(wire.endpoint());
  private final SettableClock clock = new SettableClock(Instant.parse("2026-02-10T08:00:00Z"));
  private final Bills bills = new Bills(clients, clock, "acme");

  @AfterEach
  void close() {
    clients.close();
    wire.close();
  }

  private static Answer answer(Wire.Call call) {
    if (call.target().equals("GetCostForecast")) {
      return Answer.error(400, "DataUnavailableException", "too little history");
    }
    boolean second = call.body().contains("NextPageToken");
    String team = second ? "team$" : "team$shop";
    return Answer.json(
        """
        {"ResultsByTime": [{"TimePeriod": {"Start": "2026-01-01", "End": "2026-02-01"},
          "Estimated": true, "Groups": [{"Keys": ["%s"],
          "Metrics": {"UnblendedCost": {"Amount": "12.50", "Unit": "USD"}}}]}]%s}
        """
            .formatted(team, second ? "" : ", \"NextPageToken\": \"more\""));
  }

  @Test
  void costs_come_group_by_group_over_all_pages_and_say_what_they_leave_out() {
    Costs costs = bills.costs(QUERY);
    assertThat(costs.lines())
        .containsExactly(
            new Costs.Line(QUERY.from(), QUERY.to(), "(without team)", usd(), true),
            new Costs.Line(QUERY.from(), QUERY.to(), "shop", usd(), true));
    assertThat(costs.forecast()).isEmpty();
    assertThat(costs.notes()).anySatisfy(note -> assertThat(note).contains("too little history"));
    assertThat(wire.calls().getFirst().body()).contains("\"Type\":\"TAG\"", "\"Key\":\"team\"");
  }

  @Test
  void a_question_is_paid_once_in_six_hours_and_says_how_old_its_answer_is() {
    bills.costs(QUERY);
    int paid = wire.calls().size();
    clock.advance(Duration.ofMinutes(90));
    assertThat(bills.costs(QUERY).notes()).contains("read 1 h 30 min ago");
    assertThat(wire.calls()).hasSize(paid);
    clock.advance(Duration.ofHours(5));
    bills.costs(QUERY);
    assertThat(wire.calls()).hasSize(2 * paid);
  }

  private static Money usd() {
    return Money.of("12.50", "USD");
  }
}
