package dev.parley.engine.price;

import dev.parley.cost.Estimate;
import dev.parley.cost.Estimate.Confidence;
import dev.parley.cost.Estimate.Line;
import dev.parley.cost.Estimator;
import dev.parley.cost.Price;
import dev.parley.cost.PriceSource;
import dev.parley.engine.account.Accounts;
import dev.parley.identity.Tenant;
import dev.parley.plan.Change;
import dev.parley.plan.Plan;
import dev.parley.resource.Address;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prices a plan from usage models and price sources, in the tenant's currency. What has no price is
 * a line that says so; what depends on use is an assumption that says which.
 */
public final class BookEstimator implements Estimator {
  private final Accounts accounts;
  private final PriceShelf shelf;
  private final UsageModels models;
  private final Rates rates;

  /**
   * From books that know the same for every account.
   *
   * @param sources the first that knows a price is asked
   */
  public BookEstimator(
      Accounts accounts, List<PriceSource> sources, UsageModels models, Rates rates) {
    this(accounts, PriceShelf.of(sources), models, rates);
  }

  /** From books, and from what the accounts' providers say themselves. */
  public BookEstimator(Accounts accounts, PriceShelf shelf, UsageModels models, Rates rates) {
    this.accounts = accounts;
    this.shelf = shelf;
    this.models = models;
    this.rates = rates;
  }

  /** Of the books; what providers say live moves by itself, and an estimate holds with its plan. */
  @Override
  public String revision() {
    var all = new StringBuilder(models.revision());
    shelf.books().forEach(source -> all.append(' ').append(source.revision()));
    return Digest.ofText(all.toString()).hex();
  }

  @Override
  public Estimate estimate(Plan plan) {
    String currency = accounts.tenant(plan.tenant()).map(Tenant::currency).orElse("USD");
    return new Pricing(plan, currency).estimate();
  }

  /** One plan being priced. */
  private final class Pricing {
    private final Plan plan;
    private final String currency;
    private final LocalDate today;
    private final Quotes quotes;
    private final Metering metering;
    private final List<Line> lines = new ArrayList<>();
    private Money before;
    private Money monthly;

    Pricing(Plan plan, String currency) {
      this.plan = plan;
      this.currency = currency;
      this.today = LocalDate.ofInstant(plan.created(), ZoneOffset.UTC);
      this.quotes = new Quotes(plan.tenant(), shelf, models, rates, currency);
      this.before = Money.zero(currency);
      this.monthly = Money.zero(currency);
      var properties = new HashMap<Address, Fields>();
      plan.changes().forEach(change -> properties.put(change.at(), change.properties()));
      this.metering =
          new Metering(plan.environment(), at -> Optional.ofNullable(properties.get(at)));
    }

    Estimate estimate() {
      plan.changes().forEach(this::price);
      int unpriced =
          (int) lines.stream().filter(line -> line.confidence() == Confidence.UNPRICED).count();
      Optional<LocalDate> asOf =
          lines.stream().map(Line::asOf).flatMap(Optional::stream).min(LocalDate::compareTo);
      return new Estimate(
          plan.digest(), lines, before, monthly, unpriced, asOf, quotes.rateUsed(), revision());
    }

    private void price(Change change) {
      switch (change) {
        case Change.Create c ->
            price(c.at(), Optional.empty(), Optional.of(c.desired()), c.region(), c.region());
        case Change.Update c ->
            price(c.at(), Optional.of(c.was()), Optional.of(c.now()), c.region(), c.region());
        case Change.Replace c ->
            price(c.at(), Optional.of(c.was()), Optional.of(c.now()), c.fromRegion(), c.region());
        case Change.Delete c ->
            price(c.at(), Optional.of(c.was()), Optional.empty(), c.region(), c.region());
        case Change.NoOp c ->
            price(c.at(), Optional.of(c.was()), Optional.of(c.was()), c.region(), c.region());
        case Change.Read _, Change.Call _ -> {}
      }
    }

    private void price(
        Address at, Optional<Fields> was, Optional<Fields> now, String fromRegion, String region) {
      ResourceType type = at.type();
      if (models.free(type)) {
        return;
      }
      List<UsageModel> known = models.of(type);
      if (known.isEmpty()) {
        unknown(at, now.isPresent());
        return;
      }
      var slots = new LinkedHashMap<String, Slot>();
      was.ifPresent(
          fields ->
              metering
                  .read(known, fields)
                  .forEach(reading -> slot(slots, reading).before = Optional.of(reading)));
      now.ifPresent(
          fields ->
              metering
                  .read(known, fields)
                  .forEach(reading -> slot(slots, reading).after = Optional.of(reading)));
      slots.values().forEach(slot -> line(at, slot, fromRegion, region));
    }

    private void line(Address at, Slot slot, String fromRegion, String region) {
      Optional<Quotes.Quote> old =
          slot.before.map(
              reading -> quotes.quote(at.account(), at.type().family(), reading, fromRegion));
      Money cost = old.flatMap(Quotes.Quote::monthly).orElse(Money.zero(currency));
      before = before.plus(cost);
      if (slot.after.isEmpty()) {
        ended(at, slot.before.orElseThrow(), old.orElseThrow(), fromRegion, cost);
        return;
      }
      Metering.Reading reading = slot.after.get();
      Quotes.Quote quote = quotes.quote(at.account(), at.type().family(), reading, region);
      quote.monthly().ifPresent(amount -> monthly = monthly.plus(amount));
      var notes = new ArrayList<String>();
      if (!reading.assumptions().isEmpty()) {
        notes.add("assumed: " + String.join(", ", reading.assumptions()));
      }
      notes.addAll(quote.notes());
      old.filter(q -> q.monthly().isEmpty())
          .ifPresent(_ -> notes.add("what it costs now is not known"));
      age(quote, notes);
      boolean unchecked = quote.source().endsWith(PriceBook.UNCHECKED);
      if (unchecked) {
        notes.add("assumed: a list price that nobody has checked yet");
      }
      boolean assumed = unchecked || !reading.assumptions().isEmpty() || quote.derived();
      Confidence confidence =
          quote.monthly().isEmpty()
              ? Confidence.UNPRICED
              : assumed ? Confidence.ASSUMED : Confidence.PRICED;
      lines.add(
          new Line(
              at,
              reading.what() + ", " + region,
              reading.sku(),
              reading.quantity(),
              reading.unit(),
              quote.each(),
              quote.monthly(),
              cost,
              confidence,
              quote.source(),
              quote.asOf(),
              String.join("; ", notes)));
    }

    /** Something that will cost nothing any more. */
    private void ended(
        Address at, Metering.Reading reading, Quotes.Quote old, String region, Money cost) {
      boolean known = old.monthly().isPresent();
      boolean assumed = !known || !reading.assumptions().isEmpty() || old.derived();
      lines.add(
          new Line(
              at,
              reading.what() + ", " + region,
              reading.sku(),
              BigDecimal.ZERO,
              reading.unit(),
              old.each(),
              Optional.of(Money.zero(currency)),
              cost,
              assumed ? Confidence.ASSUMED : Confidence.PRICED,
              old.source(),
              old.asOf(),
              known ? "ends" : "ends; what it costs now is not known"));
    }

    private void unknown(Address at, boolean stays) {
      String note =
          stays
              ? "no usage model for " + at.type() + "; it may cost money"
              : "ends; what it costs now is not known";
      lines.add(
          new Line(
              at,
              at.type().unversioned(),
              at.type().unversioned(),
              stays ? BigDecimal.ONE : BigDecimal.ZERO,
              "month",
              Optional.empty(),
              stays ? Optional.empty() : Optional.of(Money.zero(currency)),
              Money.zero(currency),
              stays ? Confidence.UNPRICED : Confidence.ASSUMED,
              "",
              Optional.empty(),
              note));
    }

    private void age(Quotes.Quote quote, List<String> notes) {
      quote
          .asOf()
          .filter(date -> date.isBefore(today.minusDays(180)))
          .ifPresent(date -> notes.add("price of " + date + ", more than 180 days old"));
    }

    private static Slot slot(Map<String, Slot> slots, Metering.Reading reading) {
      return slots.computeIfAbsent(reading.slot(), _ -> new Slot());
    }
  }

  /** The same line before and after. */
  private static final class Slot {
    private Optional<Metering.Reading> before = Optional.empty();
    private Optional<Metering.Reading> after = Optional.empty();
  }

  /** The price of one unit at a quantity, tier by tier. */
  static BigDecimal tiered(List<Price> tiers, BigDecimal quantity) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < tiers.size(); i++) {
      BigDecimal from = tiers.get(i).from();
      BigDecimal to = i + 1 < tiers.size() ? tiers.get(i + 1).from().min(quantity) : quantity;
      if (to.compareTo(from) > 0) {
        sum = sum.add(to.subtract(from).multiply(tiers.get(i).each().amount()));
      }
    }
    return sum;
  }
}
