package dev.parley.provider.aws.look;

import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/**
 * Public on-demand prices from the vendor's Price List, all tiers, kept for a day. What the list
 * does not answer with exactly one product is left to the next source: a wrong price is worse than
 * an older one. After a failure it is not asked again for {@value #PAUSE} minutes.
 */
public final class PriceList implements PriceSource {
  static final int PAUSE = 10;
  private static final Duration FRESH = Duration.ofHours(24);
  private static final int PAGES = 5;

  private record Key(String service, String sku, String region) {}

  private record Kept(List<Price> prices, Instant at) {}

  private final Clients clients;
  private final Clock clock;
  private final String account;
  private final Map<Key, Kept> kept =
      new TreeMap<>(
          Comparator.comparing(Key::service).thenComparing(Key::sku).thenComparing(Key::region));
  private Optional<Instant> failed = Optional.empty();

  public PriceList(Clients clients, Clock clock, String account) {
    this.clients = clients;
    this.clock = clock;
    this.account = account;
  }

  @Override
  public synchronized String revision() {
    var all = new StringBuilder("price-list");
    kept.forEach((key, value) -> value.prices().forEach(price -> all.append('\n').append(price)));
    return Digest.ofText(all.toString()).hex();
  }

  @Override
  public synchronized List<Price> prices(String family, String service, String sku, String region) {
    Optional<Product> product =
        family.equals("aws") && !region.equals("*") ? Product.of(service, sku) : Optional.empty();
    if (product.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    var key = new Key(service, sku, region);
    Kept before = kept.get(key);
    if (before != null && before.at().plus(FRESH).isAfter(now)) {
      return before.prices();
    }
    List<Price> stale = before == null ? List.of() : before.prices();
    if (failed.filter(at -> at.plus(Duration.ofMinutes(PAUSE)).isAfter(now)).isPresent()) {
      return stale;
    }
    try {
      List<Price> prices = ask(product.get(), sku, region, now);
      failed = Optional.empty();
      kept.put(key, new Kept(prices, now));
      return prices;
    } catch (RuntimeException _) {
      failed = Optional.of(now); // check() says what is wrong; a price is never worth a plan
      return stale;
    }
  }

  @Override
  public Check check() {
    try {
      client("us-east-1").describeServices(r -> r.serviceCode("AmazonEC2").maxResults(1));
      return Check.ok("the Price List answers");
    } catch (RuntimeException e) {
      return Check.failed(
          "the Price List does not answer: "
              + AwsErrors.of(e, new AwsErrors.Asked(account, "prices", false)).facts().message(),
          "allow pricing:GetProducts and pricing:DescribeServices, or leave live prices off");
    }
  }

  private List<Price> ask(Product product, String sku, String region, Instant now) {
    var filters = new ArrayList<Filter>();
    filters.add(filter("regionCode", region));
    product.filters(sku).forEach((name, value) -> filters.add(filter(name, value)));
    Set<List<Price>> found = new LinkedHashSet<>();
    Optional<String> token = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      GetProductsRequest.Builder asked =
          GetProductsRequest.builder()
              .serviceCode(product.code())
              .filters(filters)
              .formatVersion("aws_v1");
      token.ifPresent(asked::nextToken);
      GetProductsResponse said = client(region).getProducts(asked.build());
      for (String text : said.priceList()) {
        List<Price> tiers = tiers(product, sku, region, (Fields) Json.parsePlain(text), now);
        if (!tiers.isEmpty()) {
          found.add(tiers);
        }
      }
      token = Optional.ofNullable(said.nextToken());
      if (token.isEmpty()) {
        return found.size() == 1 ? found.iterator().next() : List.of();
      }
    }
    return List.of(); // too many products for one sku: the filters do not tell them apart
  }

  private static List<Price> tiers(
      Product product, String sku, String region, Fields listed, Instant now) {
    String usage = listed.fieldsAt("product").fieldsAt("attributes").text("usagetype").orElse("");
    if (product.usage().filter(end -> !usage.endsWith(end)).isPresent()) {
      return List.of();
    }
    var tiers = new ArrayList<Price>();
    for (Value term : listed.fieldsAt("terms").fieldsAt("OnDemand").fields().values()) {
      Fields dimensions = ((Fields) term).fieldsAt("priceDimensions");
      for (Value one : dimensions.fields().values()) {
        tier(product, sku, region, (Fields) one, now).ifPresent(tiers::add);
      }
    }
    tiers.sort(Comparator.comparing(Price::from));
    boolean free = tiers.stream().allMatch(tier -> tier.each().amount().signum() == 0);
    return free ? List.of() : List.copyOf(tiers);
  }

  private static Optional<Price> tier(
      Product product, String sku, String region, Fields dimension, Instant now) {
    if (!product.listed().contains(dimension.text("unit").orElse(""))) {
      return Optional.empty();
    }
    var prices = dimension.fieldsAt("pricePerUnit").fields().entrySet();
    return prices.stream()
        .findFirst()
        .map(
            each ->
                new Price(
                    "aws",
                    product.service(),
                    sku,
                    region,
                    product.unit(),
                    new BigDecimal(dimension.text("beginRange").orElse("0"))
                        .divide(product.times()),
                    Money.of(((Value.Text) each.getValue()).text(), each.getKey())
                        .times(product.times()),
                    "AWS Price List, " + product.code(),
                    LocalDate.ofInstant(now, ZoneOffset.UTC)));
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().type(FilterType.TERM_MATCH).field(name).value(value).build();
  }

  /** The list is served in three regions; the nearest one is asked. */
  private PricingClient client(String region) {
    String home =
        region.startsWith("eu-")
            ? "eu-central-1"
            : region.startsWith("ap-") ? "ap-south-1" : "us-east-1";
    return clients.client(PricingClient.class, home);
  }

  @Override
  public void close() {
    // the clients belong to the account
  }
}
