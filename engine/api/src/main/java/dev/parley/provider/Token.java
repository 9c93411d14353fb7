package dev.parley.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * Makes a repeated call harmless where the provider understands it: the same token and body make
 * one resource.
 *
 * @param value 64 hexadecimal digits, from tenant, plan digest, step and attempt
 * @param correlation marks the resource so that it can be found again: lower case, at most 40
 *     characters, from plan digest and step; the same for every attempt
 * @param sent when the same call may have been sent before; empty the first time. Providers forget
 *     tokens after a while, and what was sent may have changed what is there
 */
public record Token(String value, String correlation, Optional<Instant> sent) {
  /** Of a call that is sent for the first time. */
  public Token(String value, String correlation) {
    this(value, correlation, Optional.empty());
  }

  /** The same, for a call that may have been sent then. */
  public Token again(Instant then) {
    return new Token(value, correlation, Optional.of(sent.orElse(then)));
  }
}
