package dev.parley.engine.look;

import dev.parley.value.Invalid;
import dev.parley.value.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads moments and spans as people write them; days are those of UTC. */
public final class Periods {
  private static final Pattern AGO =
      Pattern.compile(
          "(?:last |past )?(\\d{1,5})\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)"
              + "(?: ago)?");

  private Periods() {}

  /**
   * From a first day to the day after the last.
   *
   * @param from first day
   * @param to the day after the last
   */
  public record Days(LocalDate from, LocalDate to) {}

  /**
   * {@code 2h}, {@code 3 days}, {@code yesterday}, {@code 2026-01-31}, {@code
   * 2026-01-31T10:00:00Z}.
   *
   * @throws Invalid if it is none of these
   */
  public static Instant since(String words, Instant now) {
    String said = words.strip().toLowerCase(Locale.ROOT);
    Matcher ago = AGO.matcher(said);
    if (ago.matches()) {
      return now.minus(span(Long.parseLong(ago.group(1)), ago.group(2).charAt(0)));
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    try {
      return switch (said) {
        case "today" -> start(today);
        case "yesterday" -> start(today.minusDays(1));
        case "last hour", "an hour", "an hour ago" -> now.minus(Duration.ofHours(1));
        case "last day" -> now.minus(Duration.ofDays(1));
        case "last week", "a week", "a week ago" -> now.minus(Duration.ofDays(7));
        default ->
            said.contains("t")
                ? Instant.parse(words.strip().toUpperCase(Locale.ROOT))
                : start(LocalDate.parse(said));
      };
    } catch (DateTimeException e) {
      throw new Invalid(
          new Problem(
              "since",
              "'" + words.strip() + "'",
              "it is no time",
              "write for example 2h, 3 days, yesterday, 2026-01-31 or 2026-01-31T10:00:00Z"));
    }
  }

  /**
   * {@code last month}, {@code this month}, {@code 2026-01}, or everything since a moment; today is
   * in it.
   *
   * @throws Invalid if it is none of these
   */
  public static Days days(String words, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = today.withDayOfMonth(1);
    String said = words.strip().toLowerCase(Locale.ROOT);
    if (said.isEmpty() || said.equals("this month")) {
      return new Days(first, today.plusDays(1));
    }
    if (said.equals("last month")) {
      return new Days(first.minusMonths(1), first);
    }
    if (said.equals("this year")) {
      return new Days(today.withDayOfYear(1), today.plusDays(1));
    }
    if (said.matches("\\d{4}-(?:0[1-9]|1[0-2])")) {
      LocalDate month = LocalDate.parse(said + "-01");
      return new Days(month, month.plusMonths(1));
    }
    return new Days(LocalDate.ofInstant(since(said, now), ZoneOffset.UTC), today.plusDays(1));
  }

  private static Duration span(long count, char unit) {
    return switch (unit) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
