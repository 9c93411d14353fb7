package dev.parley.provider.aws.catalog;

import dev.parley.provider.aws.account.Clients;
import software.amazon.awssdk.core.SdkClient;

/** Nobody to ask. */
final class NoClients implements Clients {
  @Override
  public <C extends SdkClient> C client(Class<C> type, String region) {
    throw new AssertionError("nothing is to be asked: " + type.getSimpleName());
  }

  @Override
  public void close() {}
}
