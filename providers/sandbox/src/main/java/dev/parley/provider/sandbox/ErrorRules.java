package dev.parley.provider.sandbox;

import dev.parley.engine.json.Json;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What a vendor's errors mean: ordered rules, the first that fits wins.
 *
 * @param rules from {@code errors-FAMILY.json}
 */
record ErrorRules(List<Rule> rules) {
  private static final Map<String, ErrorRules> READ = new ConcurrentHashMap<>();

  /**
   * One rule.
   *
   * @param status 0 fits every status
   * @param means the simple name of a {@link ProviderException}
   */
  record Rule(int status, Pattern code, String means) {
    boolean fits(int seenStatus, String seenCode) {
      return (status == 0 || status == seenStatus) && code.matcher(seenCode).matches();
    }
  }

  ErrorRules {
    rules = List.copyOf(rules);
  }

  /** Those of a family. */
  static ErrorRules of(String family) {
    return READ.computeIfAbsent(family, ErrorRules::read);
  }

  private static ErrorRules read(String family) {
    String name = "errors-" + family + ".json";
    try (var in = ErrorRules.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the sandbox is incomplete: no resource " + name);
      }
      Value value = Json.parsePlain(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return new ErrorRules(
          ((Value.Items) value).items().stream().map(one -> rule((Fields) one)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }

  private static Rule rule(Fields read) {
    int status = read.get("status").map(value -> ((Num) value).number().intValue()).orElse(0);
    return new Rule(
        status,
        Pattern.compile(read.text("code").orElse(".*")),
        read.text("case").orElse("InvalidRequest"));
  }

  /**
   * The error that a refusal means.
   *
   * @param delay what Retry-After said
   */
  ProviderException exception(Facts facts, List<Pointer> paths, Optional<Duration> delay) {
    String means =
        rules.stream()
            .filter(rule -> rule.fits(facts.status(), facts.code()))
            .map(Rule::means)
            .findFirst()
            .orElse(
                facts.status() >= 500 || facts.status() == 0
                    ? "OperationFailed"
                    : "InvalidRequest");
    return switch (means) {
      case "Refused" -> new ProviderException.Refused(facts);
      case "Unauthenticated" -> new ProviderException.Unauthenticated(facts);
      case "Forbidden" -> new ProviderException.Forbidden(facts, List.of());
      case "NotFound" -> new ProviderException.NotFound(facts);
      case "AlreadyExists" -> new ProviderException.AlreadyExists(facts);
      case "Conflict" -> new ProviderException.Conflict(facts);
      case "PreconditionFailed" -> new ProviderException.PreconditionFailed(facts);
      case "TokenReused" -> new ProviderException.TokenReused(facts);
      case "QuotaExceeded" -> new ProviderException.QuotaExceeded(facts);
      case "CapacityUnavailable" -> new ProviderException.CapacityUnavailable(facts);
      case "NotRegistered" -> new ProviderException.NotRegistered(facts);
      case "Throttled" -> new ProviderException.Throttled(facts, delay);
      case "Unavailable" -> new ProviderException.Unavailable(facts);
      case "OutcomeUnknown" -> new ProviderException.OutcomeUnknown(facts);
      case "CatalogStale" -> new ProviderException.CatalogStale(facts);
      case "OperationFailed" -> new ProviderException.OperationFailed(facts);
      default -> new ProviderException.InvalidRequest(facts, paths);
    };
  }
}
