package dev.parley.provider.sandbox.wire;

import dev.parley.provider.ProviderException.Sent;

/** No readable answer came. */
public final class LinkBroken extends Exception {
  private static final long serialVersionUID = 1L;
  private final Sent sent;

  public LinkBroken(Sent sent, String message) {
    super(message);
    this.sent = sent;
  }

  /** Whether the request may have arrived. */
  public Sent sent() {
    return sent;
  }
}
