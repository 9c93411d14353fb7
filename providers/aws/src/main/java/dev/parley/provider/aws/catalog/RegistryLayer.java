package dev.parley.provider.aws.catalog;

import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Category;
import software.amazon.awssdk.services.cloudformation.model.DeprecatedStatus;
import software.amazon.awssdk.services.cloudformation.model.DescribeTypeResponse;
import software.amazon.awssdk.services.cloudformation.model.ListTypesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListTypesResponse;
import software.amazon.awssdk.services.cloudformation.model.ProvisioningType;
import software.amazon.awssdk.services.cloudformation.model.RegistryType;
import software.amazon.awssdk.services.cloudformation.model.TypeNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.TypeSummary;
import software.amazon.awssdk.services.cloudformation.model.Visibility;

/**
 * CloudFormation's registry of an account and region: AWS's own types, and those the account has
 * registered or activated itself. The list is asked for once in a while; a schema only when the
 * type is used, and again when the list shows another version or a day has gone.
 */
final class RegistryLayer implements Layer {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryLayer.class);
  private static final String LISTING = "registry.json";

  /** How long a registry that did not answer is left alone. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** A type as the registry lists it. */
  record Listed(String mark, Instant updated, String description) {}

  /** The whole list. */
  record Listing(String region, Instant asked, Map<String, Listed> types) {}

  /** A schema as it was described. */
  record Described(String mark, String sha, Instant asked) {}

  private final Supplier<CloudFormationClient> client;
  private final String region;
  private final String account;
  private final Duration fresh;
  private final Clock clock;
  private final Documents documents;
  private final Notes notes;
  private final Map<String, Described> described = new ConcurrentHashMap<>();
  private Optional<Listing> listing = Optional.empty();
  private Optional<ProviderException> trouble = Optional.empty();
  private Instant quietUntil = Instant.MIN;
  private volatile boolean anew;

  RegistryLayer(
      Clients clients,
      String region,
      String account,
      Duration fresh,
      Clock clock,
      Documents documents,
      Notes notes) {
    this.client = () -> clients.client(CloudFormationClient.class, region);
    this.region = region;
    this.account = account;
    this.fresh = fresh;
    this.clock = clock;
    this.documents = documents;
    this.notes = notes;
  }

  @Override
  public Map<String, Entry> look(boolean anew, List<String> warnings) {
    Instant now = clock.instant();
    if (listing.isEmpty()) {
      listing = notes.read(LISTING, Listing.class).filter(kept -> kept.region().equals(region));
    }
    boolean stale = listing.isEmpty() || !listing.get().asked().plus(fresh).isAfter(now) || anew;
    if (stale && (anew || !now.isBefore(quietUntil))) {
      ask(now);
    }
    trouble.ifPresent(
        e ->
            warnings.add(
                "the registry of "
                    + region
                    + " can't be listed: "
                    + e.getMessage()
                    + listing.map(kept -> "; the list of " + kept.asked() + " stands").orElse("")));
    var entries = new TreeMap<String, Entry>();
    listing
        .map(Listing::types)
        .orElse(Map.of())
        .forEach(
            (name, type) ->
                entries.put(
                    name,
                    new Entry(
                        type.mark(),
                        Optional.empty(),
                        type.updated(),
                        type.description(),
                        "registry of "
                            + region
                            + (type.mark().isEmpty() ? "" : " " + type.mark()))));
    return entries;
  }

  /** What went wrong with the list, while it is so. */
  Optional<ProviderException> trouble() {
    return trouble;
  }

  private void ask(Instant now) {
    try {
      var types = new TreeMap<String, Listed>();
      for (ProvisioningType provisioning :
          List.of(
              ProvisioningType.FULLY_MUTABLE,
              ProvisioningType.IMMUTABLE,
              ProvisioningType.NON_PROVISIONABLE)) {
        list(provisioning, Optional.of(Category.AWS_TYPES), types);
        list(provisioning, Optional.empty(), types);
      }
      var heard = new Listing(region, now, types);
      notes.write(LISTING, heard);
      listing = Optional.of(heard);
      trouble = Optional.empty();
    } catch (SdkException e) {
      ProviderException meant = AwsErrors.of(e, new Asked(account, "catalog", false));
      LOG.warn(
          "account {}: the registry of {} can't be listed: {}",
          account,
          region,
          meant.getMessage());
      trouble = Optional.of(meant);
      quietUntil = now.plus(PAUSE);
    }
  }

  private void list(
      ProvisioningType provisioning, Optional<Category> category, Map<String, Listed> into) {
    String page = "";
    var asked = new java.util.HashSet<String>();
    do {
      ListTypesRequest.Builder request =
          ListTypesRequest.builder()
              .type(RegistryType.RESOURCE)
              .provisioningType(provisioning)
              .deprecatedStatus(DeprecatedStatus.LIVE)
              .maxResults(100);
      if (category.isPresent()) {
        request.visibility(Visibility.PUBLIC).filters(filter -> filter.category(category.get()));
      } else {
        request.visibility(Visibility.PRIVATE);
      }
      if (!page.isEmpty()) {
        request.nextToken(page);
      }
      ListTypesResponse answer = client.get().listTypes(request.build());
      answer.typeSummaries().forEach(type -> into.put(type.typeName(), listed(type)));
      page = answer.nextToken() == null ? "" : answer.nextToken();
    } while (!page.isEmpty() && asked.add(page));
  }

  private static Listed listed(TypeSummary type) {
    Instant updated = type.lastUpdated() == null ? Instant.EPOCH : type.lastUpdated();
    String version =
        type.defaultVersionId() != null
            ? type.defaultVersionId()
            : type.publicVersionNumber() != null ? type.publicVersionNumber() : "";
    String mark =
        version.isEmpty() && updated.equals(Instant.EPOCH)
            ? ""
            : (version + " of " + updated).strip();
    return new Listed(
        mark, updated, RegistryForm.brief(type.description() == null ? "" : type.description()));
  }

  @Override
  public Optional<String> schema(String type, Entry entry) {
    Instant now = clock.instant();
    Optional<Described> known = described(type);
    boolean holds =
        known
            .filter(one -> one.mark().equals(entry.mark()))
            .filter(one -> one.asked().plus(fresh).isAfter(now))
            .isPresent();
    if (holds) {
      return known.map(Described::sha);
    }
    try {
      DescribeTypeResponse answer =
          client.get().describeType(ask -> ask.type(RegistryType.RESOURCE).typeName(type));
      if (answer.schema() == null || answer.schema().isBlank()) {
        return known.map(Described::sha);
      }
      return Optional.of(keep(type, entry, answer.schema(), now));
    } catch (TypeNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      ProviderException meant = AwsErrors.of(e, new Asked(account, "catalog", false));
      if (known.isEmpty()) {
        throw meant;
      }
      LOG.warn(
          "account {}: {} can't be described, the schema of {} stands: {}",
          account,
          type,
          known.get().asked(),
          meant.getMessage());
      return known.map(Described::sha);
    }
  }

  /** The schema that was described last, without asking. */
  Optional<String> known(String type) {
    return described(type).map(Described::sha);
  }

  private String keep(String type, Entry entry, String schema, Instant now) {
    var one = new Described(entry.mark(), documents.keep(schema), now);
    described.put(type, one);
    notes.write(file(type), one);
    return one.sha();
  }

  private Optional<Described> described(String type) {
    Described known = described.get(type);
    if (known == null) {
      Optional<Described> kept = notes.read(file(type), Described.class);
      kept.ifPresent(one -> described.putIfAbsent(type, one));
      return kept;
    }
    return Optional.of(known);
  }

  private String file(String type) {
    return "described/" + region + "/" + type.replace("::", "-") + ".json";
  }
}
