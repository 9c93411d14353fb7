package dev.parley.provider.aws.look;

import dev.parley.provider.Costs;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageRequest;
import software.amazon.awssdk.services.costexplorer.model.GetCostAndUsageResponse;
import software.amazon.awssdk.services.costexplorer.model.GetCostForecastResponse;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinition;
import software.amazon.awssdk.services.costexplorer.model.GroupDefinitionType;
import software.amazon.awssdk.services.costexplorer.model.Metric;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/**
 * What an account really cost, from Cost Explorer: unblended costs, as the bill shows them. Every
 * request costs the account $0.01, so that an answer is kept for {@value #HOURS} hours.
 */
public final class Bills {
  static final int HOURS = 6;
  private static final String HOME = "us-east-1";
  private static final String METRIC = "UnblendedCost";
  private static final int KEPT = 200;

  private record Kept(Costs costs, Instant at) {}

  private final Clients clients;
  private final Clock clock;
  private final String account;
  private final Map<Costs.Query, Kept> kept = new LinkedHashMap<>();

  public Bills(Clients clients, Clock clock, String account) {
    this.clients = clients;
    this.clock = clock;
    this.account = account;
  }

  /**
   * What it cost.
   *
   * @throws ProviderException if Cost Explorer can't be asked
   */
  public synchronized Costs costs(Costs.Query query) {
    Instant now = clock.instant();
    Kept before = kept.get(query);
    if (before == null || !before.at().plus(Duration.ofHours(HOURS)).isAfter(now)) {
      before = new Kept(ask(query), now);
      kept.put(query, before);
      if (kept.size() > KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return aged(before, now);
  }

  private static Costs aged(Kept kept, Instant now) {
    Duration age = Duration.between(kept.at(), now);
    var notes = new ArrayList<>(kept.costs().notes());
    notes.add(
        age.toMinutes() < 1
            ? "read now; kept for " + HOURS + " hours, since every question costs $0.01"
            : "read " + age.toHours() + " h " + age.toMinutesPart() + " min ago");
    return new Costs(kept.costs().lines(), kept.costs().forecast(), notes);
  }

  private Costs ask(Costs.Query query) {
    var notes = new ArrayList<String>();
    notes.add("unblended costs; the vendor's figures are up to a day late");
    List<Costs.Line> lines = lines(query);
    if (lines.isEmpty()) {
      notes.add("nothing was billed between " + query.from() + " and " + query.to());
    }
    Optional<Money> forecast = Optional.empty();
    try {
      forecast = forecast();
    } catch (RuntimeException e) {
      ProviderException meant = failed(e);
      notes.add("no forecast: " + meant.facts().message());
    }
    return new Costs(lines, forecast, notes);
  }

  private List<Costs.Line> lines(Costs.Query query) {
    var lines = new ArrayList<Costs.Line>();
    GetCostAndUsageRequest.Builder asked =
        GetCostAndUsageRequest.builder()
            .timePeriod(p -> p.start(query.from().toString()).end(query.to().toString()))
            .granularity(query.daily() ? Granularity.DAILY : Granularity.MONTHLY)
            .metrics(METRIC);
    group(query).ifPresent(asked::groupBy);
    try {
      GetCostAndUsageResponse said;
      do {
        said = client().getCostAndUsage(asked.build());
        said.resultsByTime().forEach(time -> lines.addAll(lines(query, time)));
        asked.nextPageToken(said.nextPageToken());
      } while (said.nextPageToken() != null);
    } catch (RuntimeException e) {
      throw failed(e);
    }
    lines.sort(Comparator.comparing(Costs.Line::from).thenComparing(Costs.Line::group));
    return lines;
  }

  private static Optional<GroupDefinition> group(Costs.Query query) {
    return switch (query.by()) {
      case TOTAL -> Optional.empty();
      case SERVICE -> Optional.of(definition(GroupDefinitionType.DIMENSION, "SERVICE"));
      case REGION -> Optional.of(definition(GroupDefinitionType.DIMENSION, "REGION"));
      case TAG -> Optional.of(definition(GroupDefinitionType.TAG, query.tag()));
    };
  }

  private static GroupDefinition definition(GroupDefinitionType type, String key) {
    return GroupDefinition.builder().type(type).key(key).build();
  }

  private static List<Costs.Line> lines(Costs.Query query, ResultByTime time) {
    LocalDate from = LocalDate.parse(time.timePeriod().start());
    LocalDate to = LocalDate.parse(time.timePeriod().end());
    boolean estimated = Boolean.TRUE.equals(time.estimated());
    if (query.by() == Costs.By.TOTAL) {
      return Optional.ofNullable(time.total().get(METRIC)).stream()
          .map(m -> new Costs.Line(from, to, "", Money.of(m.amount(), m.unit()), estimated))
          .toList();
    }
    return time.groups().stream()
        .filter(group -> group.metrics().containsKey(METRIC))
        .map(
            group -> {
              var amount = group.metrics().get(METRIC);
              return new Costs.Line(
                  from,
                  to,
                  name(query, String.join("/", group.keys())),
                  Money.of(amount.amount(), amount.unit()),
                  estimated);
            })
        .toList();
  }

  /** A tag's group is {@code key$value}, and {@code key$} for what bears no such tag. */
  private static String name(Costs.Query query, String key) {
    if (query.by() != Costs.By.TAG) {
      return key;
    }
    String value = key.substring(key.indexOf('$') + 1);
    return value.isEmpty() ? "(without " + query.tag() + ")" : value;
  }

  /** What the rest of this month will cost; nothing on its last day. */
  private Optional<Money> forecast() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate end = today.withDayOfMonth(1).plusMonths(1);
    GetCostForecastResponse said =
        client()
            .getCostForecast(
                f ->
                    f.timePeriod(p -> p.start(today.toString()).end(end.toString()))
                        .metric(Metric.UNBLENDED_COST)
                        .granularity(Granularity.MONTHLY));
    return Optional.ofNullable(said.total())
        .map(total -> new Money(new BigDecimal(total.amount()), total.unit()));
  }

  private CostExplorerClient client() {
    return clients.client(CostExplorerClient.class, HOME);
  }

  private ProviderException failed(RuntimeException e) {
    return AwsErrors.of(e, new AwsErrors.Asked(account, "costs", false));
  }
}
