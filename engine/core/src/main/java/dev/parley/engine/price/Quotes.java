package dev.parley.engine.price;

import dev.parley.cost.Estimate;
import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.provider.ProviderException;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
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

  /**
   * @param silent why the account's own provider could not be asked, if so
   */
  private record Found(
      List<Price> tiers, BigDecimal ratio, Optional<String> from, Optional<String> silent) {}

  private record Key(String account, String family, String service, String sku, String region) {}

  private static final int DECIMALS = 6;

  private final String tenant;
  private final PriceShelf shelf;
  private final UsageModels models;
  private final Rates rates;
  private final String currency;
  private final Map<Key, Found> seen = new HashMap<>();
  private final Map<String, String> silent = new HashMap<>();
  private final Map<String, Optional<Estimate.Rate>> converted = new HashMap<>();

  Quotes(String tenant, PriceShelf shelf, UsageModels models, Rates rates, String currency) {
    this.tenant = tenant;
    this.shelf = shelf;
    this.models = models;
    this.rates = rates;
    this.currency = currency;
  }

  /** The rate that was used, if prices were converted. */
  Optional<Estimate.Rate> rateUsed() {
    return converted.values().stream().flatMap(Optional::stream).findFirst();
  }

  /**
   * @param account whose own price list is asked, too
   */
  Quote quote(String account, String family, Metering.Reading reading, String region) {
    if (reading.missing().isPresent()) {
      return none("not known: " + reading.missing().get());
    }
    Found found =
        seen.computeIfAbsent(
            new Key(account, family, reading.service(), reading.sku(), region), this::find);
    if (found.tiers().isEmpty()) {
      return none(
          "no price is known for "
              + reading.service()
              + " "
              + reading.sku()
              + " in "
              + region
              + found.silent().map(why -> "; " + why).orElse(""));
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
    var notes = new ArrayList<String>();
    if (monthly.isEmpty()) {
      notes.add("no exchange rate from " + each.currency() + " to " + currency);
    } else {
      found.from().ifPresent(other -> notes.add(borrowed(other, found.ratio())));
      found.silent().ifPresent(notes::add);
    }
    return new Quote(
        monthly.map(_ -> each),
        monthly,
        found.from().isPresent() || found.silent().isPresent(),
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
    Optional<String> failed = Optional.ofNullable(silent.get(key.account()));
    if (!here.isEmpty()) {
      return new Found(here, BigDecimal.ONE, Optional.empty(), failed.filter(_ -> notOwn(here)));
    }
    UsageModels.RegionRatios regions = models.regions(key.family());
    for (String other : regions.inOrder()) {
      List<Price> there = other.equals(key.region()) ? List.of() : ask(key, other);
      if (!there.isEmpty()) {
        BigDecimal share =
            regions.ratio(key.region()).divide(regions.ratio(other), new MathContext(4));
        return new Found(
            there, share, Optional.of(other), Optional.ofNullable(silent.get(key.account())));
      }
    }
    return new Found(
        List.of(),
        BigDecimal.ONE,
        Optional.empty(),
        Optional.ofNullable(silent.get(key.account())));
  }

  /** Whether no book of the operator says so: then the provider was asked before. */
  private boolean notOwn(List<Price> prices) {
    return shelf.own().stream()
        .noneMatch(
            book ->
                prices.equals(
                    book.prices(
                        prices.getFirst().family(),
                        prices.getFirst().service(),
                        prices.getFirst().sku(),
                        prices.getFirst().region())));
  }

  private List<Price> ask(Key key, String region) {
    return ask(shelf.own(), key, region)
        .or(() -> askLive(key, region))
        .or(() -> ask(shelf.shipped(), key, region))
        .orElse(List.of());
  }

  private static Optional<List<Price>> ask(List<PriceSource> books, Key key, String region) {
    return books.stream()
        .map(book -> book.prices(key.family(), key.service(), key.sku(), region))
        .filter(prices -> !prices.isEmpty())
        .findFirst();
  }

  /** A list that failed once is not asked again for the same plan. */
  private Optional<List<Price>> askLive(Key key, String region) {
    if (silent.containsKey(key.account())) {
      return Optional.empty();
    }
    try {
      return shelf
          .live()
          .of(tenant, key.account())
          .map(list -> list.prices(key.family(), key.service(), key.sku(), region))
          .filter(prices -> !prices.isEmpty());
    } catch (ProviderException e) {
      silent.put(
          key.account(),
          "the live prices of " + key.account() + " can't be asked now: " + e.kind());
      return Optional.empty();
    }
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
