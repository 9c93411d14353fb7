package dev.parley.provider.aws;

import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import java.util.Optional;
import java.util.regex.Pattern;

/** A change that a way can't do at all, whatever its properties. */
final class Rejected {
  private static final Pattern WAY =
      Pattern.compile("(UnsupportedAction|TypeNotFound|PrivateType|NotUpdatable)(Exception)?");

  private Rejected() {}

  static boolean byThisWay(ProviderException e) {
    return WAY.matcher(e.facts().code()).matches();
  }

  /** The same facts, with what may be proposed instead. */
  static Facts proposing(Facts facts, Optional<String> other) {
    return other
        .map(
            way ->
                new Facts(
                    facts.account(),
                    facts.operation(),
                    facts.status(),
                    facts.code(),
                    facts.message() + "; nothing else was tried, but " + way,
                    facts.requestId(),
                    facts.sent()))
        .orElse(facts);
  }
}
