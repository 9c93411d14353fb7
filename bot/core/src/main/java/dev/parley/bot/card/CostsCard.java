package dev.parley.bot.card;

import dev.parley.bot.surface.Card;
import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.provider.Costs;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What accounts really cost, as bars; one picture for each currency. */
public final class CostsCard {
  private static final int BARS = 10;

  private CostsCard() {}

  /**
   * The card.
   *
   * @param answers account → what it cost
   * @param troubles accounts that did not answer, and why
   */
  public static Card of(Costs.Query query, Map<String, Costs> answers, List<String> troubles) {
    var parts = new ArrayList<Part>();
    Map<String, Map<String, BigDecimal>> byCurrency = new TreeMap<>();
    boolean estimated = false;
    for (Map.Entry<String, Costs> answer : answers.entrySet()) {
      for (Costs.Line line : answer.getValue().lines()) {
        estimated |= line.estimated();
        byCurrency
            .computeIfAbsent(line.amount().currency(), _ -> new TreeMap<>())
            .merge(
                label(query, answer.getKey(), answers.size(), line),
                line.amount().amount(),
                BigDecimal::add);
      }
    }
    if (byCurrency.isEmpty()) {
      parts.add(Part.text("Nothing was billed."));
    }
    byCurrency.forEach((currency, groups) -> parts.addAll(bars(query, currency, groups)));
    answers.forEach(
        (account, costs) ->
            costs
                .forecast()
                .ifPresent(
                    rest ->
                        parts.add(
                            new Part.Note(
                                Prose.of(
                                    account
                                        + " will cost about "
                                        + Say.money(rest)
                                        + " more this month.")))));
    if (estimated) {
      parts.add(new Part.Note(Prose.of("The provider may still change some of it.")));
    }
    answers.forEach(
        (account, costs) ->
            costs
                .notes()
                .forEach(note -> parts.add(new Part.Note(Prose.of(account + ": " + note)))));
    troubles.forEach(why -> parts.add(new Part.Note(Prose.of("No answer from " + why))));
    return Notice.parts(
        "What was spent from " + query.from() + " to " + query.to().minusDays(1), parts);
  }

  private static List<Part> bars(
      Costs.Query query, String currency, Map<String, BigDecimal> groups) {
    BigDecimal total = groups.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal most =
        groups.values().stream()
            .map(BigDecimal::abs)
            .max(Comparator.naturalOrder())
            .filter(one -> one.signum() > 0)
            .orElse(BigDecimal.ONE);
    List<Part.Bar> bars =
        groups.entrySet().stream()
            .sorted(
                Map.Entry.<String, BigDecimal>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(BARS)
            .map(
                one ->
                    new Part.Bar(
                        one.getKey(),
                        Math.max(0, one.getValue().doubleValue() / most.doubleValue()),
                        Say.money(new Money(one.getValue(), currency))))
            .toList();
    var parts = new ArrayList<Part>();
    parts.add(Part.text(Say.money(new Money(total, currency)) + " in all."));
    parts.add(new Part.Bars(title(query), bars));
    if (groups.size() > BARS) {
      parts.add(new Part.Note(Prose.of("and " + (groups.size() - BARS) + " smaller ones")));
    }
    return parts;
  }

  private static String title(Costs.Query query) {
    return switch (query.by()) {
      case TOTAL -> "Spent";
      case TAG -> "Spent by " + query.tag();
      case SERVICE, REGION -> "Spent by " + query.by().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String label(Costs.Query query, String account, int accounts, Costs.Line line) {
    String group =
        query.by() == Costs.By.TOTAL
            ? line.from().toString().substring(0, 7)
            : line.group().isBlank() ? "(none)" : line.group();
    return accounts == 1 ? group : account + " " + group;
  }
}
