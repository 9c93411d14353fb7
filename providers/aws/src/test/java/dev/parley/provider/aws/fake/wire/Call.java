package dev.parley.provider.aws.fake.wire;

import dev.parley.value.Value.Fields;
import java.time.Instant;

/**
 * An operation that was asked for and may be answered.
 *
 * @param caller who asks; an operation without signature is asked by nobody
 * @param region from the signature's scope
 * @param now by the cloud's clock
 */
public record Call(
    Identity caller, String region, String operation, Fields input, Instant now, String requestId) {
  /** Asks without being known. */
  public static final Identity NOBODY = new Identity("", "anonymous", "");

  /** The account it is made in. */
  public String account() {
    return caller.account();
  }
}
