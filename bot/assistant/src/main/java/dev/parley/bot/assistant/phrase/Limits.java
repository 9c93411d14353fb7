package dev.parley.bot.assistant.phrase;

import dev.parley.bot.assistant.concept.Concept.Limit;
import dev.parley.bot.assistant.lexicon.Idioms;
import dev.parley.bot.assistant.text.Token;
import dev.parley.plan.Cap;
import dev.parley.value.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Max ₹1500/day, 200 USD a month, under 2k eur monthly, a budget of $20. */
final class Limits implements Recogniser {
  private static final Map<String, String> CURRENCIES =
      Map.ofEntries(
          Map.entry("₹", "INR"),
          Map.entry("rs", "INR"),
          Map.entry("rs.", "INR"),
          Map.entry("inr", "INR"),
          Map.entry("rupee", "INR"),
          Map.entry("rupees", "INR"),
          Map.entry("$", "USD"),
          Map.entry("us$", "USD"),
          Map.entry("usd", "USD"),
          Map.entry("dollar", "USD"),
          Map.entry("dollars", "USD"),
          Map.entry("bucks", "USD"),
          Map.entry("€", "EUR"),
          Map.entry("eur", "EUR"),
          Map.entry("euro", "EUR"),
          Map.entry("euros", "EUR"),
          Map.entry("£", "GBP"),
          Map.entry("gbp", "GBP"),
          Map.entry("pound", "GBP"),
          Map.entry("pounds", "GBP"),
          Map.entry("¥", "JPY"),
          Map.entry("jpy", "JPY"),
          Map.entry("yen", "JPY"),
          Map.entry("aud", "AUD"),
          Map.entry("cad", "CAD"),
          Map.entry("sgd", "SGD"),
          Map.entry("chf", "CHF"));
  private static final Map<String, Cap.Period> PERIODS =
      Map.ofEntries(
          Map.entry("hour", Cap.Period.HOUR),
          Map.entry("h", Cap.Period.HOUR),
          Map.entry("hr", Cap.Period.HOUR),
          Map.entry("hourly", Cap.Period.HOUR),
          Map.entry("day", Cap.Period.DAY),
          Map.entry("d", Cap.Period.DAY),
          Map.entry("daily", Cap.Period.DAY),
          Map.entry("month", Cap.Period.MONTH),
          Map.entry("mo", Cap.Period.MONTH),
          Map.entry("mth", Cap.Period.MONTH),
          Map.entry("m", Cap.Period.MONTH),
          Map.entry("monthly", Cap.Period.MONTH),
          Map.entry("year", Cap.Period.YEAR),
          Map.entry("yr", Cap.Period.YEAR),
          Map.entry("y", Cap.Period.YEAR),
          Map.entry("yearly", Cap.Period.YEAR),
          Map.entry("annually", Cap.Period.YEAR),
          Map.entry("annum", Cap.Period.YEAR));
  private static final Set<String> PER = Set.of("a", "an", "per", "each", "every", "/", "the");
  private static final Set<String> TO =
      Set.of("of", "to", ":", "is", "at", "=", "be", "about", "roughly", "around", "approximately");
  private static final Set<String> AFTER =
      Set.of("max", "maximum", "budget", "cap", "limit", "tops", "total", "overall");
  private static final Set<String> MULTIPLES = Set.of("k", "thousand", "lakh", "million");

  @Override
  public Optional<Hit> at(Sentence s, int i) {
    int phrase = phrase(s, i);
    int at = i + phrase;
    Optional<Cap.Period> before = Optional.empty();
    if (phrase == 0 && PERIODS.containsKey(s.key(i)) && s.key(i).endsWith("ly")) {
      int next = phrase(s, i + 1);
      if (next > 0) {
        before = Optional.ofNullable(PERIODS.get(s.key(i)));
        phrase = next;
        at = i + 1 + next;
      }
    }
    if (phrase > 0) {
      at = s.skip(at, TO);
      int again = phrase(s, at);
      at = s.skip(at + again, TO);
    }
    Optional<Hit> money = money(s, at);
    if (money.isEmpty()
        || !(money.get().concept() instanceof Limit(Cap(Money amount, _), String currency))) {
      return Optional.empty();
    }
    int end = at + money.get().length();
    int start = end;
    if (s.isWord(end, AFTER)) {
      end++;
    }
    int per = s.isWord(end, PER) || s.token(end).sign("/") ? end + 1 : end;
    Optional<Cap.Period> period = before.or(() -> Optional.ofNullable(PERIODS.get(s.key(per))));
    if (period.isPresent() && before.isEmpty()) {
      end = s.token(per).kind() == Token.Kind.WORD ? per + 1 : end;
    }
    if (s.isWord(end, AFTER)) {
      end++;
    }
    boolean spoken = phrase > 0 || end > start;
    boolean bare = !currency.isEmpty();
    if (bare && (phrase == 0 || period.isEmpty() && !aboutMoney(s, i, at))) {
      return Optional.empty();
    }
    if (!spoken && period.isEmpty() && bare) {
      return Optional.empty();
    }
    String assumed = bare ? currency : "";
    if (period.isEmpty()) {
      assumed = (assumed.isEmpty() ? "" : assumed + " and ") + "a month";
    }
    return Hit.of(new Limit(new Cap(amount, period.orElse(Cap.Period.MONTH)), assumed), end - i);
  }

  /** An amount; the limit's {@code assumed} is the currency if it was not said. */
  private static Optional<Hit> money(Sentence s, int i) {
    String before = currency(s, i);
    int at = before.isEmpty() ? i : i + 1;
    if (!s.isNumber(at)) {
      return Optional.empty();
    }
    BigDecimal number = s.token(at).number().orElseThrow();
    int end = at + 1;
    if (s.isWord(end, MULTIPLES)) {
      number =
          number.multiply(
              switch (s.key(end)) {
                case "lakh" -> BigDecimal.valueOf(100_000);
                case "million" -> BigDecimal.valueOf(1_000_000);
                default -> BigDecimal.valueOf(1000);
              });
      end++;
    }
    String behind = before.isEmpty() ? currency(s, end) : "";
    if (!behind.isEmpty()) {
      end++;
    }
    String currency = before + behind;
    var amount = new Money(number, currency.isEmpty() ? s.currency() : currency);
    return Hit.of(
        new Limit(new Cap(amount, Cap.Period.MONTH), currency.isEmpty() ? s.currency() : ""),
        end - i);
  }

  private static String currency(Sentence s, int i) {
    return CURRENCIES.getOrDefault(s.token(i).kind() == Token.Kind.WORD ? s.key(i) : "", "");
  }

  private static boolean aboutMoney(Sentence s, int from, int to) {
    for (int i = from; i < to; i++) {
      if (s.isWord(
          i,
          Set.of(
              "budget",
              "cost",
              "costs",
              "cost-cap",
              "spend",
              "spending",
              "costing",
              "cheaper",
              "cap"))) {
        return true;
      }
    }
    return false;
  }

  /** How many tokens the words of a limit take. */
  private static int phrase(Sentence s, int i) {
    var key = new StringBuilder();
    int longest = 0;
    for (int length = 1; length <= 6 && i + length <= s.tokens().size(); length++) {
      key.append(length == 1 ? "" : " ").append(s.key(i + length - 1));
      if (Idioms.limits(key.toString())) {
        longest = length;
      }
    }
    return longest;
  }
}
