package dev.parley.provider.aws.fake;

import dev.parley.provider.aws.fake.wire.AccessKey;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** The official SDK as a client of the stand-in, without retries of its own. */
final class Sdk {
  private Sdk() {}

  /** A client with a key, in Mumbai. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, FakeAws aws, AccessKey key) {
    return client(builder, aws, key, Region.AP_SOUTH_1);
  }

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, FakeAws aws, AccessKey key, Region region) {
    return plain(builder, aws.endpoint())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials(key)))
        .build();
  }

  /** A client with the first account's key, of a stand-in that runs on its own. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    return plain(builder, endpoint)
        .region(Region.AP_SOUTH_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(credentials(FakeAws.key(FakeAccounts.ONE, "parley"))))
        .build();
  }

  /** A client that does not sign. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C anonymous(
      B builder, FakeAws aws) {
    return plain(builder, aws.endpoint())
        .region(Region.AP_SOUTH_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .build();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B plain(
      B builder, URI endpoint) {
    return builder
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(endpoint)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  private static AwsCredentials credentials(AccessKey key) {
    return key.session()
        .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.id(), key.secret(), token))
        .orElseGet(() -> AwsBasicCredentials.create(key.id(), key.secret()));
  }
}
