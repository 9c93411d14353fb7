package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Charge;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Cost Explorer over the charges that the stand-in was told. Filters know dimensions SERVICE and
 * REGION, tags, And, Or and Not; groups the same dimensions and tags. A forecast goes on as the
 * last thirty days went.
 */
public final class CostExplorer implements Service {
  private static final String PERIOD = "TimePeriod!: {Start!: text, End!: text}";

  private final World world;

  public CostExplorer(World world) {
    this.world = world;
  }

  @Override
  public String signingName() {
    return "ce";
  }

  @Override
  public Protocol protocol() {
    return new AwsJson("1.1", "AWSInsightsIndexService", "");
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "GetCostAndUsage",
        Operation.reads(
            "{"
                + PERIOD
                + ", Granularity!: text, Filter: any, Metrics!: [text],"
                + " GroupBy: [{Type!: text, Key!: text}], BillingViewArn: text,"
                + " NextPageToken: text}",
            this::spent),
        "GetCostForecast",
        Operation.reads(
            "{"
                + PERIOD
                + ", Metric!: text, Granularity!: text, Filter: any, BillingViewArn: text,"
                + " PredictionIntervalLevel: number}",
            this::expected));
  }

  private record Period(LocalDate start, LocalDate end) {
    boolean holds(LocalDate day) {
      return !day.isBefore(start) && day.isBefore(end);
    }

    Fields written() {
      return Fields.of("Start", Value.text(start.toString()))
          .with("End", Value.text(end.toString()));
    }
  }

  private static Period period(Call call) {
    Fields period = call.input().fieldsAt("TimePeriod");
    try {
      LocalDate start = LocalDate.parse(period.text("Start").orElse(""));
      LocalDate end = LocalDate.parse(period.text("End").orElse(""));
      if (start.isBefore(end)) {
        return new Period(start, end);
      }
    } catch (DateTimeException e) {
      throw ServiceError.validation("TimePeriod: " + e.getMessage());
    }
    throw ServiceError.validation("Start date (and hour) should be before end date (and hour)");
  }

  private static List<Period> slices(Call call, Period whole) {
    String granularity = call.input().text("Granularity").orElseThrow();
    var slices = new ArrayList<Period>();
    for (LocalDate at = whole.start(); at.isBefore(whole.end()); ) {
      LocalDate next =
          switch (granularity) {
            case "DAILY" -> at.plusDays(1);
            case "MONTHLY" -> at.withDayOfMonth(1).plusMonths(1);
            default -> throw ServiceError.validation("no granularity " + granularity);
          };
      LocalDate end = next.isBefore(whole.end()) ? next : whole.end();
      slices.add(new Period(at, end));
      at = end;
    }
    return slices;
  }

  private Stream<Charge> charges(Call call) {
    Fields filter = call.input().fieldsAt("Filter");
    return world.charges().stream()
        .filter(each -> each.account().equals(call.account()))
        .filter(each -> filter.isEmpty() || fits(each, filter));
  }

  private static boolean fits(Charge charge, Fields filter) {
    String kind = filter.fields().keySet().iterator().next();
    return switch (kind) {
      case "And" -> filter.itemsAt("And").stream().allMatch(each -> fits(charge, (Fields) each));
      case "Or" -> filter.itemsAt("Or").stream().anyMatch(each -> fits(charge, (Fields) each));
      case "Not" -> !fits(charge, filter.fieldsAt("Not"));
      case "Dimensions" -> among(filter.fieldsAt(kind), charge, "DIMENSION");
      case "Tags" -> among(filter.fieldsAt(kind), charge, "TAG");
      default -> throw ServiceError.validation("no filter " + kind);
    };
  }

  private static boolean among(Fields filter, Charge charge, String type) {
    String value = key(charge, type, filter.text("Key").orElse(""));
    return filter.itemsAt("Values").contains(Value.text(value));
  }

  private static String key(Charge charge, String type, String key) {
    return switch (type) {
      case "TAG" -> charge.tags().getOrDefault(key, "");
      case "DIMENSION" ->
          switch (key) {
            case "SERVICE" -> charge.service();
            case "REGION" -> charge.region();
            case "LINKED_ACCOUNT" -> charge.account();
            default -> throw ServiceError.validation("no dimension " + key);
          };
      default -> throw ServiceError.validation("no group type " + type);
    };
  }

  private Fields spent(Call call) {
    Period whole = period(call);
    List<Value> metrics = call.input().itemsAt("Metrics");
    List<Value> groups = call.input().itemsAt("GroupBy");
    if (groups.size() > 2) {
      throw ServiceError.validation("at most two groups");
    }
    var results = new ArrayList<Value>();
    for (Period slice : slices(call, whole)) {
      List<Charge> charges = charges(call).filter(each -> slice.holds(each.day())).toList();
      var byKeys = new TreeMap<String, BigDecimal>();
      charges.forEach(each -> byKeys.merge(keys(each, groups), each.amount(), BigDecimal::add));
      BigDecimal total =
          charges.stream().map(Charge::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
      var listed = new ArrayList<Value>();
      byKeys.forEach(
          (keys, amount) ->
              listed.add(
                  Fields.of("Keys", Value.texts(List.of(keys.split("\n", -1))))
                      .with("Metrics", amounts(metrics, amount))));
      results.add(
          Fields.of("TimePeriod", slice.written())
              .with("Total", groups.isEmpty() ? amounts(metrics, total) : Fields.EMPTY)
              .with("Groups", groups.isEmpty() ? Items.of() : new Items(listed))
              .with("Estimated", Value.bool(false)));
    }
    return Fields.of("ResultsByTime", new Items(results))
        .with("DimensionValueAttributes", Items.of());
  }

  private static String keys(Charge charge, List<Value> groups) {
    return String.join(
        "\n",
        groups.stream()
            .map(group -> (Fields) group)
            .map(
                group -> {
                  String type = group.text("Type").orElseThrow();
                  String key = group.text("Key").orElseThrow();
                  String value = key(charge, type, key);
                  return type.equals("TAG") ? key + "$" + value : value;
                })
            .toList());
  }

  private static Fields amounts(List<Value> metrics, BigDecimal amount) {
    Fields amounts = Fields.EMPTY;
    for (Value metric : metrics) {
      if (metric instanceof Text(var name)) {
        amounts = amounts.with(name, amount(amount));
      }
    }
    return amounts;
  }

  private static Fields amount(BigDecimal amount) {
    return Fields.of("Amount", Value.text(amount.toPlainString())).with("Unit", Value.text("USD"));
  }

  private Fields expected(Call call) {
    Period whole = period(call);
    LocalDate today = call.now().atZone(ZoneOffset.UTC).toLocalDate();
    if (whole.start().isBefore(today)) {
      throw ServiceError.validation("Start date can't be in the past");
    }
    Period last = new Period(today.minusDays(30), today);
    List<Charge> known = charges(call).filter(each -> last.holds(each.day())).toList();
    if (known.isEmpty()) {
      throw new ServiceError(
          400,
          "DataUnavailableException",
          "Insufficient amount of historical data to generate forecast");
    }
    BigDecimal daily =
        known.stream()
            .map(Charge::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(30), 10, RoundingMode.HALF_UP);
    var results = new ArrayList<Value>();
    BigDecimal total = BigDecimal.ZERO;
    for (Period slice : slices(call, whole)) {
      BigDecimal mean =
          daily.multiply(BigDecimal.valueOf(ChronoUnit.DAYS.between(slice.start(), slice.end())));
      total = total.add(mean);
      results.add(
          Fields.of("TimePeriod", slice.written())
              .with("MeanValue", Value.text(mean.toPlainString())));
    }
    return Fields.of("Total", amount(total)).with("ForecastResultsByTime", new Items(results));
  }
}
