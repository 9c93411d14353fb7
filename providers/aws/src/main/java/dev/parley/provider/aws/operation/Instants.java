package dev.parley.provider.aws.operation;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments as people and programs write them: ISO 8601, a date alone, or seconds since 1970. */
final class Instants {
  private Instants() {}

  /** From text; a date alone is its first moment in UTC. */
  static Optional<Instant> of(String text) {
    try {
      return Optional.of(
          text.matches("\\d{4}-\\d{2}-\\d{2}")
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** From seconds since 1970, with a fraction. */
  static Optional<Instant> of(BigDecimal seconds) {
    try {
      return Optional.of(
          Instant.ofEpochSecond(seconds.longValue())
              .plusNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }
}
