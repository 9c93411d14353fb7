package dev.parley.provider.sandbox.wire;

import dev.parley.provider.sandbox.cloud.Reply;
import dev.parley.provider.sandbox.cloud.Request;

/** The way to a simulated cloud. One call puts one request on the wire; nothing is repeated. */
public interface Link extends AutoCloseable {
  /**
   * Sends a request.
   *
   * @throws LinkBroken if no readable answer came
   */
  Reply send(Request request) throws LinkBroken;

  /** Where it leads, for people. */
  String endpoint();

  @Override
  void close();
}
