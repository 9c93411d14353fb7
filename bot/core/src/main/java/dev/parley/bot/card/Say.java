package dev.parley.bot.card;

import dev.parley.bot.surface.Part;
import dev.parley.bot.surface.Prose;
import dev.parley.value.Money;
import dev.parley.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** How amounts, times, counts and values are said on cards. */
public final class Say {
  private static final int LONGEST_VALUE = 80;

  private Say() {}

  /** {@code ₹1,500.00}. */
  public static String money(Money money) {
    String symbol =
        switch (money.currency()) {
          case "INR" -> "₹";
          case "USD" -> "$";
          case "EUR" -> "€";
          case "GBP" -> "£";
          default -> money.currency() + " ";
        };
    BigDecimal amount = money.amount();
    boolean tiny = amount.signum() != 0 && amount.abs().compareTo(new BigDecimal("0.01")) < 0;
    BigDecimal shown = amount.abs().setScale(tiny ? 4 : 2, RoundingMode.HALF_UP);
    return (amount.signum() < 0 ? "-" : "")
        + symbol
        + String.format(Locale.ROOT, "%,." + shown.scale() + "f", shown);
  }

  /** The same with {@code +} in front of what is not negative. */
  public static String rise(Money money) {
    return (money.amount().signum() < 0 ? "" : "+") + money(money);
  }

  /** {@code ₹1,500.00 a day}. */
  static String cap(dev.parley.plan.Cap cap) {
    return money(cap.amount()) + " a " + cap.period().name().toLowerCase(Locale.ROOT);
  }

  /** {@code 2026-11-21 14:02 UTC}. */
  public static String time(Instant at) {
    return Prose.UTC.format(at.atOffset(ZoneOffset.UTC));
  }

  /** {@code 2 h 5 min}. */
  public static String lasting(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds == 0 ? span.toMillis() + " ms" : seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long hours = minutes / 60;
    if (hours < 48) {
      return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
    return hours / 24 + " days";
  }

  /** {@code 1 vote}, {@code 2 votes}. */
  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : one.endsWith("s") ? "es" : "s");
  }

  /** A value on one line, cut where it is long. */
  public static String value(Value value) {
    String said =
        switch (value) {
          case Value.Text(var text) -> text;
          case Value.Num(var number) -> number.toPlainString();
          case Value.Bool(var bool) -> String.valueOf(bool);
          case Value.Null _ -> "null";
          case Value.Ref(var target, _) -> "→ " + target.substring(target.lastIndexOf('/') + 1);
          case Value.Secret(var reference) -> "secret " + reference;
          case Value.Unknown(var why) -> "known after the run: " + why;
          case Value.Items _, Value.Fields _ -> dev.parley.engine.json.Json.write(value);
        };
    return said.length() <= LONGEST_VALUE ? said : said.substring(0, LONGEST_VALUE - 1) + "…";
  }

  /** An enum's name as people write it: {@code rolled back}. */
  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The text with a full stop at its end, and a capital where it begins with a word, no name. */
  static String sentence(String text) {
    if (text.isBlank()) {
      return "";
    }
    String stripped = text.strip();
    String first = stripped.split("\\s", 2)[0];
    boolean word = first.chars().allMatch(c -> Character.isLetter(c) || c == '\'' || c == ',');
    String said =
        word ? Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1) : stripped;
    return ".!?…`".indexOf(said.charAt(said.length() - 1)) >= 0 ? said : said + ".";
  }

  /** A moment, in the reader's own time where the surface can. */
  static Part.Fact fact(String label, Instant at) {
    return new Part.Fact(label, new Prose.Time(at));
  }

  static Part.Fact fact(String label, String value) {
    return new Part.Fact(label, Prose.of(value));
  }
}
