package dev.parley.provider.aws.error;

import dev.parley.provider.ProviderException.Sent;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What the transport tells about a request that went wrong. */
final class Wire {
  private Wire() {}

  /** A connection that never stood carried nothing; whatever else breaks may have been sent. */
  static Sent sent(Throwable trouble) {
    Throwable cause = trouble;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      boolean connecting =
          cause instanceof SocketTimeoutException
              && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
      if (connecting
          || cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof PortUnreachableException
          || cause instanceof SSLHandshakeException) {
        return Sent.NO;
      }
      cause = cause.getCause();
    }
    return Sent.MAYBE;
  }

  /** The wait that the answer asks for: seconds, or a date against the answer's own clock. */
  static Optional<Duration> retryAfter(AwsServiceException error) {
    return Optional.ofNullable(error.awsErrorDetails())
        .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
        .flatMap(Wire::retryAfter);
  }

  private static Optional<Duration> retryAfter(SdkHttpResponse answer) {
    Optional<String> text = answer.firstMatchingHeader("Retry-After").map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
    }
    Optional<Instant> until = date(text.get());
    Optional<Instant> now = answer.firstMatchingHeader("Date").flatMap(Wire::date);
    return until.isPresent() && now.isPresent() && until.get().isAfter(now.get())
        ? Optional.of(Duration.between(now.get(), until.get()))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
