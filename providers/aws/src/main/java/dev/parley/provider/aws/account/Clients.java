package dev.parley.provider.aws.account;

import software.amazon.awssdk.core.SdkClient;

/**
 * The SDK's clients of one account: with its credentials, without retries of their own, over one
 * transport. Each is built once at first use; building one does no I/O.
 */
public interface Clients extends AutoCloseable {
  /**
   * The client of a service in a region.
   *
   * @param type the service's synchronous interface, for example {@code CloudControlClient.class}
   */
  <C extends SdkClient> C client(Class<C> type, String region);

  @Override
  void close();
}
