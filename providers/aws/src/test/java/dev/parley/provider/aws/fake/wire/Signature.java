package dev.parley.provider.aws.fake.wire;

import dev.parley.provider.aws.fake.wire.Denial.Denied;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request, Signature Version 4 in the Authorization header.
 *
 * @param day eight digits
 * @param signed names of the headers that are signed, in order
 */
public record Signature(
    String key, String day, String region, String service, List<String> signed, String hex) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration TOLERATED = Duration.ofMinutes(15);

  public Signature {
    signed = List.copyOf(signed);
  }

  /**
   * Reads it; empty if the request is not signed.
   *
   * @throws Denied if the header can't be read
   */
  public static Optional<Signature> of(Request request) {
    Optional<String> header = request.header("authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    if (!header.get().startsWith(ALGORITHM + " ")) {
      throw new Denied(Denial.MALFORMED);
    }
    var parts = new HashMap<String, String>();
    for (String part : header.get().substring(ALGORITHM.length()).split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String[] scope = parts.getOrDefault("Credential", "").split("/");
    String signed = parts.getOrDefault("SignedHeaders", "");
    String hex = parts.getOrDefault("Signature", "");
    if (scope.length != 5
        || !scope[4].equals("aws4_request")
        || signed.isEmpty()
        || hex.isEmpty()) {
      throw new Denied(Denial.MALFORMED);
    }
    return Optional.of(
        new Signature(scope[0], scope[1], scope[2], scope[3], List.of(signed.split(";")), hex));
  }

  /**
   * Holds it against the request and the key it names.
   *
   * @param clock the wall's time, by which clients sign
   * @throws Denied if it does not fit
   */
  public void verify(Request request, AccessKey known, Clock clock) {
    String date = request.header("x-amz-date").orElseThrow(() -> new Denied(Denial.MALFORMED));
    Instant at = instant(date);
    if (!date.startsWith(day)
        || Duration.between(at, clock.instant()).abs().compareTo(TOLERATED) > 0) {
      throw new Denied(Denial.SKEWED);
    }
    if (!known.session().equals(request.header("x-amz-security-token"))) {
      throw new Denied(Denial.UNKNOWN_KEY);
    }
    boolean complete =
        signed.contains("host")
            && request.headers().keySet().stream()
                .filter(name -> name.startsWith("x-amz-") && !name.equals("x-amzn-trace-id"))
                .allMatch(signed::contains);
    if (!complete || !equal(hex, computed(request, date, known.secret()))) {
      throw new Denied(Denial.BAD_SIGNATURE);
    }
  }

  private static Instant instant(String date) {
    try {
      return LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Denied(Denial.MALFORMED);
    }
  }

  private String computed(Request request, String date, String secret) {
    String scope = String.join("/", day, region, service, "aws4_request");
    String toSign = String.join("\n", ALGORITHM, date, scope, sha256(bytes(canonical(request))));
    byte[] key = hmac(bytes("AWS4" + secret), day);
    for (String step : List.of(region, service, "aws4_request")) {
      key = hmac(key, step);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private String canonical(Request request) {
    var headers = new StringBuilder();
    for (String name : signed) {
      List<String> values = request.headers().getOrDefault(name, List.of());
      headers.append(name).append(':');
      headers.append(
          String.join(",", values.stream().map(v -> v.strip().replaceAll(" {2,}", " ")).toList()));
      headers.append('\n');
    }
    return String.join(
        "\n",
        request.method(),
        path(request.path()),
        query(request.query()),
        headers.toString(),
        String.join(";", signed),
        payload(request));
  }

  /** S3 signs the path as sent; everybody else escapes it once more. */
  private String path(String sent) {
    String path = sent.isEmpty() ? "/" : sent;
    if (service.equals("s3")) {
      return path;
    }
    return String.join("/", List.of(path.split("/", -1)).stream().map(Signature::escape).toList());
  }

  private static String query(String sent) {
    var all = new ArrayList<String>();
    for (String pair : sent.isEmpty() ? new String[0] : sent.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      all.add(escape(unescape(name)) + "=" + escape(unescape(value)));
    }
    all.sort(null);
    return String.join("&", all);
  }

  /** The hash the client names must be that of the body it sent. */
  private static String payload(Request request) {
    String real = sha256(request.body());
    String named = request.header("x-amz-content-sha256").orElse(real);
    if (named.equals("UNSIGNED-PAYLOAD") || named.equals(real)) {
      return named;
    }
    throw new Denied(Denial.BAD_SIGNATURE);
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String unescape(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Lower-case hex. */
  public static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
