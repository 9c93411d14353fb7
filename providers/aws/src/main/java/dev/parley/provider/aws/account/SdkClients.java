package dev.parley.provider.aws.account;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients of one account. Knows no service: a client is built through its interface's
 * {@code builder()}. Does nothing until the first client is asked for.
 */
public final class SdkClients implements Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SIGNED_OUT = Duration.ofSeconds(2);

  private final AwsSettings settings;
  private final String region;
  private final Function<String, String> secret;
  private final Map<Key, SdkClient> clients = new LinkedHashMap<>();
  private Optional<Base> base = Optional.empty();
  private boolean closed;

  private record Key(Class<?> type, String region) {}

  /** What all clients share. */
  private record Base(SdkHttpClient http, Credentials credentials) {}

  /**
   * @param region where STS is asked for credentials
   * @param secret looks up a secret's reference
   */
  public SdkClients(AwsSettings settings, String region, Function<String, String> secret) {
    this.settings = settings;
    this.region = region;
    this.secret = secret;
  }

  @Override
  public synchronized <C extends SdkClient> C client(Class<C> type, String region) {
    if (closed) {
      throw new IllegalStateException("the account is closed");
    }
    Base shared = base();
    SdkClient client =
        clients.computeIfAbsent(
            new Key(type, region),
            _ -> build(type, region, shared.http(), shared.credentials().provider()));
    return type.cast(client);
  }

  /**
   * The id of the access key that signs now; another one means other credentials. Takes a role or
   * reads a file where that is due.
   */
  public String accessKey() {
    AwsCredentialsProvider provider;
    synchronized (this) {
      provider = base().credentials().provider();
    }
    return provider.resolveCredentials().accessKeyId();
  }

  private Base base() {
    if (base.isEmpty()) {
      SdkHttpClient http =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(CONNECT)
              .socketTimeout(settings.timeout())
              .build();
      var credentials =
          new Credentials(
              settings, secret, signing -> build(StsClient.class, region, http, signing));
      base = Optional.of(new Base(http, credentials));
    }
    return base.get();
  }

  private <C extends SdkClient> C build(
      Class<C> type, String region, SdkHttpClient http, AwsCredentialsProvider signing) {
    Object made;
    try {
      made = type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " is no client of the SDK", e);
    }
    if (!(made instanceof AwsClientBuilder<?, ?> builder)
        || !(made instanceof SdkSyncClientBuilder<?, ?> sync)) {
      throw new IllegalArgumentException(type.getName() + " is no client that waits for answers");
    }
    sync.httpClient(http);
    builder.credentialsProvider(signing);
    builder.region(Region.of(region));
    builder.overrideConfiguration(
        options -> {
          options
              .retryStrategy(AwsRetryStrategy.doNotRetry())
              .apiCallTimeout(settings.timeout().plus(CONNECT).plus(SIGNED_OUT));
          if (!(settings.identity() instanceof AwsSettings.Identity.Found)) {
            options.defaultProfileFileSupplier(() -> ProfileFile.aggregator().build());
          }
        });
    Optional<URI> endpoint = settings.endpointOf(service(type));
    endpoint.ifPresent(builder::endpointOverride);
    if (settings.pathStyle().orElse(endpoint.isPresent())) {
      pathStyle(made);
    }
    return type.cast(builder.build());
  }

  /** Where a service can put names into the path instead of the host, its builder says so. */
  private static void pathStyle(Object builder) {
    for (Class<?> face : builder.getClass().getInterfaces()) {
      try {
        face.getMethod("forcePathStyle", Boolean.class).invoke(builder, true);
        return;
      } catch (NoSuchMethodException e) {
        // this service's names stand elsewhere
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the SDK refused path style", e);
      }
    }
  }

  /** The SDK's package name: {@code ec2}. */
  private static String service(Class<?> type) {
    String name = type.getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public synchronized void close() {
    closed = true;
    clients.values().forEach(SdkClient::close);
    clients.clear();
    base.ifPresent(
        shared -> {
          shared.credentials().close();
          shared.http().close();
        });
    base = Optional.empty();
  }
}
