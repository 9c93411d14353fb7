package dev.parley.provider.aws.account;

import dev.parley.identity.Account;
import dev.parley.provider.Capability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an account of kind {@code aws} is configured with.
 *
 * @param number the account's own number; if given, credentials that belong to another are refused
 * @param endpoint where all services are reached instead of their public addresses; an emulator, or
 *     a VPC endpoint
 * @param endpoints the same for single services, by the SDK's package name: {@code ec2}
 * @param identity where the credentials come from
 * @param role the role to take with them, if any
 * @param ways which ways of changing resources may be used, preferred first
 * @param catalog where the types come from
 * @param operations mutating operations that may be called by name, inside an approved plan; {@code
 *     *} stands for any end: {@code ec2.*}
 * @param plugins a folder of further SDK jars, if the operator trusts one
 * @param recipes a folder with further recipes of looks and calls
 * @param concurrency mutating calls in flight at once
 * @param timeout how long one answer may take
 * @param pathStyle whether buckets stand in the path instead of the host name; where it is not
 *     said, that is so with an endpoint of one's own
 * @param without what this account is not asked for, though AWS offers it
 * @param discover how everything there is gets listed
 */
public record AwsSettings(
    Optional<String> number,
    Optional<URI> endpoint,
    Map<String, URI> endpoints,
    Identity identity,
    Optional<Role> role,
    List<Way> ways,
    CatalogSource catalog,
    Set<String> operations,
    Optional<Path> plugins,
    Optional<Path> recipes,
    int concurrency,
    Duration timeout,
    Optional<Boolean> pathStyle,
    Set<Capability> without,
    Discover discover) {
  /** How long one answer may take unless it is said otherwise. */
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Mutating calls in flight at once unless it is said otherwise. */
  static final int CONCURRENCY = 5;

  public AwsSettings {
    endpoints = Map.copyOf(endpoints);
    ways = List.copyOf(ways);
    operations = Set.copyOf(operations);
    without = Set.copyOf(without);
  }

  /** With the usual time for an answer. */
  public AwsSettings(
      Optional<String> number,
      Optional<URI> endpoint,
      Map<String, URI> endpoints,
      Identity identity,
      Optional<Role> role,
      List<Way> ways,
      CatalogSource catalog,
      Set<String> operations,
      Optional<Path> plugins,
      Optional<Path> recipes,
      int concurrency) {
    this(
        number,
        endpoint,
        endpoints,
        identity,
        role,
        ways,
        catalog,
        operations,
        plugins,
        recipes,
        concurrency,
        TIMEOUT,
        Optional.empty(),
        Set.of(),
        Discover.INDEXES);
  }

  /**
   * Reads the settings of an account.
   *
   * @throws dev.parley.value.Invalid with every mistake
   */
  public static AwsSettings read(Account account) {
    return new SettingsForm("account " + account.id(), account.settings()).read();
  }

  /** Where a service is reached, if not at its public address. */
  Optional<URI> endpointOf(String service) {
    return Optional.ofNullable(endpoints.get(service)).or(() -> endpoint);
  }

  /**
   * Whether an operation that changes something may be called by name.
   *
   * @param name for example {@code ec2.StopInstances}
   */
  public boolean allows(String name) {
    return operations.stream()
        .anyMatch(
            allowed ->
                allowed.equals(name)
                    || allowed.endsWith("*")
                        && name.startsWith(allowed.substring(0, allowed.length() - 1)));
  }

  /** How everything there is gets listed. */
  public enum Discover {
    /** By whatever index answers, first of all; quick, and says what it can't see. */
    INDEXES,
    /** Every type of the catalog that the account may use, one by one; whole, and slow. */
    TYPES
  }

  /** A way of changing resources. */
  public enum Way {
    /** Cloud Control. */
    CONTROL,
    /** CloudFormation change sets. */
    STACK
  }

  /**
   * Where credentials come from. Secrets are held by reference and looked up at the last moment.
   */
  public sealed interface Identity {
    /** Static keys; each text is a reference. */
    record Keys(String accessKey, String secretKey, Optional<String> sessionToken)
        implements Identity {}

    /** A profile of the shared configuration files. */
    record Profile(String name, Optional<Path> file) implements Identity {}

    /** A token that an identity provider keeps fresh in a file. */
    record WebIdentity(String role, Path tokenFile, String session) implements Identity {}

    /** What the SDK finds by itself: environment, container, instance. */
    record Found() implements Identity {}
  }

  /**
   * A role taken through STS, refreshed before it expires.
   *
   * @param lasts 15 minutes to 12 hours
   */
  public record Role(String arn, Optional<String> externalId, String session, Duration lasts) {}

  /**
   * Where types come from.
   *
   * @param live whether the registry of the account is asked
   * @param folder the vendor's schemas, if types come from there as well or instead
   * @param fresh how long what was read counts as fresh
   */
  public record CatalogSource(boolean live, Optional<Path> folder, Duration fresh) {}
}
