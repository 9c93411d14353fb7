package dev.parley.bot.assistant.ask;

import dev.parley.bot.assistant.text.Numbers;
import dev.parley.bot.assistant.text.Token;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time in a question: "yesterday at 14:00", "two days ago", "since Monday", "as of
 * 2026-01-10". Times of day are UTC.
 *
 * @param at the instant
 * @param timed whether a time of day was said
 */
record Moments(Instant at, boolean timed) {
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})(?:[tT](\\d{2}):(\\d{2})(?::(\\d{2}))?(?:\\.\\d{1,9})?([zZ]|[+-]\\d{2}:?\\d{2})?)?");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})[:.](\\d{2})(?::\\d{2})?(am|pm|z)?");
  private static final Pattern HOUR = Pattern.compile("(\\d{1,2})(am|pm)");

  /** The moment tokens speak of, if they speak of one. */
  static Optional<Moments> in(List<Token> tokens, Instant now) {
    Optional<ZonedDateTime> day = Optional.empty();
    Optional<LocalTime> time = Optional.empty();
    boolean exact = false;
    for (int i = 0; i < tokens.size(); i++) {
      int at = i;
      String key = tokens.get(i).key();
      ZonedDateTime today = now.atZone(ZoneOffset.UTC);
      Optional<ZonedDateTime> found = date(key);
      if (found.isPresent() && key.length() > 10) {
        return Optional.of(new Moments(found.get().toInstant(), true));
      }
      if (found.isEmpty()) {
        found = relative(tokens, i, today);
        exact |= found.isPresent() && isAgo(tokens, i);
      }
      if (found.isEmpty()) {
        found = named(tokens, i, today).or(() -> written(tokens, at, today));
      }
      day = day.isPresent() ? day : found;
      time = time.isPresent() ? time : clock(tokens, i).or(() -> part(tokens, at));
    }
    if (day.isEmpty() && time.isEmpty()) {
      return Optional.empty();
    }
    ZonedDateTime base = day.orElse(now.atZone(ZoneOffset.UTC));
    if (time.isPresent()) {
      ZonedDateTime at = base.toLocalDate().atTime(time.get()).atZone(ZoneOffset.UTC);
      return Optional.of(
          new Moments(
              (day.isEmpty() && at.toInstant().isAfter(now) ? at.minusDays(1) : at).toInstant(),
              true));
    }
    return Optional.of(new Moments(base.toInstant(), exact));
  }

  /** The instant meant by "as of": a whole day means its end, but never the future. */
  Instant asOf(Instant now) {
    Instant end =
        timed
            ? at
            : at.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .minusSeconds(1);
    return end.isAfter(now) ? now : end;
  }

  private static Optional<ZonedDateTime> date(String key) {
    Matcher matcher = DATE.matcher(key);
    if (key.length() > 40 || !matcher.matches()) {
      return Optional.empty();
    }
    try {
      if (matcher.group(4) == null) {
        return Optional.of(LocalDate.parse(key).atStartOfDay(ZoneOffset.UTC));
      }
      String zone = matcher.group(7) == null ? "Z" : matcher.group(7).toUpperCase(Locale.ROOT);
      String seconds = matcher.group(6) == null ? "00" : matcher.group(6);
      String offset = zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
      return Optional.of(
          ZonedDateTime.parse(
              matcher.group(1)
                  + "-"
                  + matcher.group(2)
                  + "-"
                  + matcher.group(3)
                  + "T"
                  + matcher.group(4)
                  + ":"
                  + matcher.group(5)
                  + ":"
                  + seconds
                  + offset));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isAgo(List<Token> tokens, int i) {
    return tokens.subList(i, Math.min(tokens.size(), i + 5)).stream()
        .anyMatch(t -> t.word("ago") || t.word("earlier") || t.word("back"));
  }

  private static Optional<ZonedDateTime> relative(List<Token> tokens, int i, ZonedDateTime now) {
    boolean article = tokens.get(i).word("a") || tokens.get(i).word("an");
    Optional<Numbers.Read> number = article ? Optional.empty() : Numbers.at(tokens, i);
    if (!article && (number.isEmpty() || number.get().value().precision() > 5)) {
      return Optional.empty();
    }
    int unit = i + (article ? 1 : number.orElseThrow().length());
    boolean of = unit < tokens.size() && tokens.get(unit).word("of");
    unit += of ? 1 : 0;
    if (unit + 1 >= tokens.size()
        || !(tokens.get(unit + 1).word("ago")
            || tokens.get(unit + 1).word("earlier")
            || tokens.get(unit + 1).word("back"))) {
      return Optional.empty();
    }
    long count = article ? 1 : number.orElseThrow().value().longValue();
    return switch (tokens.get(unit).key()) {
      case "minute", "minutes", "min", "mins" -> Optional.of(now.minusMinutes(count));
      case "hour", "hours", "h", "hrs" -> Optional.of(now.minusHours(count));
      case "day", "days" -> Optional.of(now.minusDays(count));
      case "week", "weeks" -> Optional.of(now.minusWeeks(count));
      case "month", "months" -> Optional.of(now.minusMonths(count));
      case "year", "years" -> Optional.of(now.minusYears(count));
      default -> Optional.empty();
    };
  }

  private static Optional<ZonedDateTime> named(List<Token> tokens, int i, ZonedDateTime now) {
    String key = tokens.get(i).key();
    String next = i + 1 < tokens.size() ? tokens.get(i + 1).key() : "";
    ZonedDateTime today = now.truncatedTo(ChronoUnit.DAYS);
    return switch (key) {
      case "yesterday" ->
          Optional.of(
              today.minusDays(
                  i > 1 && tokens.get(i - 1).word("before") && tokens.get(i - 2).word("day")
                      ? 2
                      : 1));
      case "today" -> Optional.of(today);
      case "last", "past", "previous" ->
          switch (next) {
            case "week" -> Optional.of(today.minusWeeks(1));
            case "month" -> Optional.of(today.minusMonths(1));
            case "year" -> Optional.of(today.minusYears(1));
            case "night" -> Optional.of(today.minusDays(1));
            case "hour" -> Optional.of(now.minus(Duration.ofHours(1)));
            default -> Optional.empty();
          };
      default -> weekday(key).map(day -> today.with(TemporalAdjusters.previous(day)));
    };
  }

  /** "20 November", "Nov 20th 2026"; without a year the last one there was. */
  private static Optional<ZonedDateTime> written(List<Token> tokens, int i, ZonedDateTime now) {
    Optional<Month> month = month(tokens.get(i));
    if (month.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> before = i > 0 ? day(tokens, i - 1) : Optional.empty();
    Optional<Integer> before2 =
        before.isEmpty() && i > 1
            ? day(tokens, i - 2).filter(_ -> ordinal(tokens.get(i - 1)))
            : Optional.empty();
    Optional<Integer> day =
        before
            .or(() -> before2)
            .or(() -> i + 1 < tokens.size() ? day(tokens, i + 1) : Optional.empty());
    Optional<Integer> year =
        tokens.subList(i + 1, Math.min(tokens.size(), i + 5)).stream()
            .map(Token::key)
            .filter(k -> k.matches("(19|20)\\d\\d"))
            .map(Integer::valueOf)
            .findFirst();
    if (day.isEmpty()) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.of(year.orElse(now.getYear()), month.get(), day.get());
      boolean ahead = year.isEmpty() && date.isAfter(now.toLocalDate());
      return Optional.of((ahead ? date.minusYears(1) : date).atStartOfDay(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean ordinal(Token token) {
    return List.of("st", "nd", "rd", "th", "of").contains(token.key());
  }

  private static Optional<Integer> day(List<Token> tokens, int i) {
    String digits = tokens.get(i).key().replaceAll("(st|nd|rd|th)$", "");
    return digits.matches("[0-3]?\\d") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
  }

  private static Optional<Month> month(Token token) {
    String name = token.key();
    if (token.kind() != Token.Kind.WORD
        || name.length() < 3
        || name.equals("mar")
        || name.equals("may")) {
      return name.equals("may") && token.text().equals("May")
          ? Optional.of(Month.MAY)
          : Optional.empty();
    }
    String plain = name.equals("sept") ? "sep" : name;
    return Arrays.stream(Month.values())
        .filter(
            m ->
                m.name().toLowerCase(Locale.ROOT).equals(plain)
                    || plain.length() == 3 && m.name().toLowerCase(Locale.ROOT).startsWith(plain))
        .findFirst();
  }

  /** "This morning", "yesterday evening", "last night": the middle of that part of the day. */
  private static Optional<LocalTime> part(List<Token> tokens, int i) {
    boolean dated =
        i > 0
            && (tokens.get(i - 1).word("this")
                || tokens.get(i - 1).word("yesterday")
                || tokens.get(i - 1).word("last")
                || weekday(tokens.get(i - 1).key()).isPresent());
    if (!dated) {
      return Optional.empty();
    }
    return switch (tokens.get(i).key()) {
      case "morning" -> Optional.of(LocalTime.of(9, 0));
      case "afternoon" -> Optional.of(LocalTime.of(15, 0));
      case "evening" -> Optional.of(LocalTime.of(19, 0));
      case "night" -> Optional.of(LocalTime.of(23, 0));
      default -> Optional.empty();
    };
  }

  private static Optional<DayOfWeek> weekday(String key) {
    String name = key.endsWith("s") ? key.substring(0, key.length() - 1) : key;
    for (DayOfWeek day : DayOfWeek.values()) {
      String full = day.name().toLowerCase(Locale.ROOT);
      if (name.equals(full)
          || name.length() >= 3
              && name.length() <= 5
              && full.startsWith(name)
              && !name.equals("sun")
              && !name.equals("sat")) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private static Optional<LocalTime> clock(List<Token> tokens, int i) {
    String key = tokens.get(i).key();
    if (key.equals("noon")) {
      return Optional.of(LocalTime.NOON);
    }
    if (key.equals("midnight")) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    boolean split =
        tokens.get(i).kind() == Token.Kind.NUMBER
            && i + 1 < tokens.size()
            && (tokens.get(i + 1).word("am") || tokens.get(i + 1).word("pm"));
    Matcher clock = CLOCK.matcher(key);
    Matcher hour = HOUR.matcher(split ? key + tokens.get(i + 1).key() : key);
    boolean afterAt = i > 0 && (tokens.get(i - 1).word("at") || tokens.get(i - 1).word("by"));
    try {
      if (key.length() < 12 && clock.matches() && (key.indexOf(':') > 0 || afterAt)) {
        int hours = Integer.parseInt(clock.group(1));
        return Optional.of(
            LocalTime.of(
                half(hours, String.valueOf(clock.group(3))), Integer.parseInt(clock.group(2))));
      }
      if (key.length() < 8 && hour.matches()) {
        return Optional.of(LocalTime.of(half(Integer.parseInt(hour.group(1)), hour.group(2)), 0));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static int half(int hours, String half) {
    return half.equals("pm") && hours < 12
        ? hours + 12
        : half.equals("am") && hours == 12 ? 0 : hours;
  }
}
