package dev.parley.provider.aws.operation;

import dev.parley.provider.aws.account.Clients;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Clients for tests: every service at one address, with made-up keys and without retries. */
public final class WireClients implements Clients {
  private final URI endpoint;
  private final List<SdkClient> opened = new ArrayList<>();

  public WireClients(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public synchronized <C extends SdkClient> C client(Class<C> type, String region) {
    Optional<C> before = opened.stream().filter(type::isInstance).map(type::cast).findFirst();
    if (before.isPresent()) {
      return before.get();
    }
    try {
      var builder = (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
      ((AwsSyncClientBuilder<?, ?>) builder).httpClient(UrlConnectionHttpClient.create());
      Object client =
          builder
              .region(Region.of(region))
              .endpointOverride(endpoint)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
              .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
              .build();
      opened.add(type.cast(client));
      return type.cast(client);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    opened.forEach(SdkClient::close);
    opened.clear();
  }
}
