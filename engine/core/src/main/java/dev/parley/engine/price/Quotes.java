package dev.parley.engine.price;

import dev.parley.cost.Estimate;
import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up prices, for a region or by way of the family's reference region, and converts them. */
final class Quotes {
  /**
   * What one thing costs.
   *
   * @param each a unit's price in its own currency
   * @param monthly all of it in the wanted currency; empty if there is no price
   * @param derived whether the price is that of another region
   */
  record Quote(
      Optional<Money> each,
      Optional<Money> monthly,
      boolean derived,
      String source,
      Optional<LocalDate> asOf,
      List<String> notes) {}

  private record Found(List<Price> tiers, BigDecimal ratio, Optional<String> from) {}

  private record Key(String family, String service, String sku, String region) {}

  private static final int DECIMALS = 6;

  private final List<PriceSource> sources;
  private final UsageModels models;
  private final Rates rates;
  private final String currency;
  private final Map<Key, Found> seen = new HashMap<>();
  private final Map<String, Optional<Estimate.Rate>> converted = new HashMap<>();

  Quotes(List<PriceSource> sources, UsageModels models, Rates rates, String currency) {
    this.sources = sources;
    this.models = models;
    this.rates = rates;
    this.currency = currency;
  }

  /** The rate that was used, if prices were converted. */
  Optional<Estimate.Rate> rateUsed() {
    return converted.values().stream().flatMap(Optional::stream).findFirst();
  }

  Quote quote(String family, Metering.Reading reading, String region) {
    if (reading.missing().isPresent()) {
      return none("not known: " + reading.missing().get());
    }
    Found found =
        seen.computeIfAbsent(new Key(family, reading.service(), reading.sku(), region), this::find);
    if (found.tiers().isEmpty()) {
      return none(
          "no price is known for " + reading.service() + " " + reading.sku() + " in " + region);
    }
    Price first = found.tiers().getFirst();
    if (!first.unit().equals(reading.unit())) {
      return none(
          "the price of "
              + reading.sku()
              + " is per "
              + first.unit()
              + ", and "
              + reading.unit()
              + " is used");
    }
    Money each = first.each().times(found.ratio());
    BigDecimal own =
        BookEstimator.tiered(found.tiers(), reading.quantity()).multiply(found.ratio());
    Optional<Money> monthly = convert(new Money(own, first.each().currency()));
    List<String> notes =
        monthly.isEmpty()
            ? List.of("no exchange rate from " + each.currency() + " to " + currency)
            : found.from().map(other -> List.of(borrowed(other, found.ratio()))).orElse(List.of());
    return new Quote(
        monthly.map(_ -> each),
        monthly,
        found.from().isPresent(),
        first.source(),
        Optional.of(first.asOf()),
        notes);
  }

  private static String borrowed(String region, BigDecimal ratio) {
    return "price of "
        + region
        + (ratio.compareTo(BigDecimal.ONE) == 0 ? "" : " x " + ratio.toPlainString());
  }

  private Found find(Key key) {
    List<Price> here = ask(key, key.region());
    if (!here.isEmpty()) {
      return new Found(here, BigDecimal.ONE, Optional.empty());
    }
    UsageModels.RegionRatios regions = models.regions(key.family());
    for (String other : regions.inOrder()) {
      List<Price> there = other.equals(key.region()) ? List.of() : ask(key, other);
      if (!there.isEmpty()) {
        BigDecimal share =
            regions.ratio(key.region()).divide(regions.ratio(other), new MathContext(4));
        return new Found(there, share, Optional.of(other));
      }
    }
    return new Found(List.of(), BigDecimal.ONE, Optional.empty());
  }

  private List<Price> ask(Key key, String region) {
    for (PriceSource source : sources) {
      List<Price> prices = source.prices(key.family(), key.service(), key.sku(), region);
      if (!prices.isEmpty()) {
        return prices;
      }
    }
    return List.of();
  }

  private Optional<Money> convert(Money money) {
    if (money.currency().equals(currency)) {
      return Optional.of(round(money.amount()));
    }
    Optional<Estimate.Rate> rate =
        converted.computeIfAbsent(money.currency(), from -> rates.rate(from, currency));
    return rate.map(r -> round(money.amount().multiply(r.rate())));
  }

  private Money round(BigDecimal amount) {
    return new Money(amount.setScale(DECIMALS, RoundingMode.HALF_UP), currency);
  }

  private static Quote none(String note) {
    return new Quote(
        Optional.empty(), Optional.empty(), false, "", Optional.empty(), List.of(note));
  }
}
