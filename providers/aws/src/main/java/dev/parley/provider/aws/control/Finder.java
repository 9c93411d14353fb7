package dev.parley.provider.aws.control;

import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.body.Tagging;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.error.AwsErrors.Asked;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;

/**
 * Looks for the resource that bears a mark. The index of tags answers in one call but lags behind,
 * and does not know every type; what it does not show is searched for in the listing of the type.
 */
final class Finder {
  /** So many resources of a type are read one by one at most. */
  private static final int READS = 300;

  private static final int ARNS = 10;

  private final Control control;
  private final Requests requests;
  private final Clients clients;
  private final String account;

  Finder(Control control, Requests requests, Clients clients, String account) {
    this.control = control;
    this.requests = requests;
    this.clients = clients;
    this.account = account;
  }

  Optional<Resource> find(AwsType type, String region, String correlation) {
    if (type.schema().tags().isEmpty()) {
      throw untold(type, "it takes no tags");
    }
    Optional<Resource> found =
        indexed(type, region, correlation).or(() -> listed(type, region, correlation));
    if (found.isPresent()
        && requests.inTheMaking(type, region).contains(found.get().id().value())) {
      Resource pending = found.get();
      return Optional.of(
          new Resource(
              pending.type(),
              pending.id(),
              pending.name(),
              pending.region(),
              pending.properties(),
              pending.tags(),
              Lifecycle.PENDING,
              pending.etag()));
    }
    return found;
  }

  private Optional<Resource> indexed(AwsType type, String region, String correlation) {
    GetResourcesResponse answer;
    try {
      answer =
          Control.asked(
              new Asked(account, "find", false, Optional.of(type.schema())),
              UnaryOperator.identity(),
              () ->
                  clients
                      .client(ResourceGroupsTaggingApiClient.class, region)
                      .getResources(
                          request ->
                              request.tagFilters(
                                  filter -> filter.key(Tagging.CORRELATION).values(correlation))));
    } catch (ProviderException e) {
      return Optional.empty(); // the listing knows as much, if more slowly
    }
    return answer.resourceTagMappingList().stream()
        .limit(ARNS)
        .flatMap(mapping -> identifiers(mapping.resourceARN()).stream())
        .distinct()
        .flatMap(id -> read(type, region, id, correlation).stream())
        .findFirst();
  }

  private Optional<Resource> read(AwsType type, String region, String id, String correlation) {
    try {
      return control.read(type, region, new ResourceId(id)).filter(one -> marked(one, correlation));
    } catch (ProviderException.InvalidRequest e) {
      return Optional.empty(); // a part of a name that this type does not know as an identifier
    }
  }

  /** A resource's identifier is its whole ARN or some end of it; which, only the type knows. */
  static Set<String> identifiers(String arn) {
    var candidates = new LinkedHashSet<String>();
    String[] parts = arn.split(":", 6);
    if (parts.length == 6) {
      String resource = parts[5];
      candidates.add(resource.replaceFirst("^[a-z-]+[/:]", ""));
      candidates.add(resource.replaceAll(".*[/:]", ""));
      candidates.add(resource);
    }
    candidates.add(arn);
    candidates.removeIf(String::isBlank);
    return candidates;
  }

  private Optional<Resource> listed(AwsType type, String region, String correlation) {
    if (!type.handlers().contains("list") || !type.listing().isEmpty()) {
      throw untold(type, "the index of tags does not show it, and the type can't be listed");
    }
    var unread = new ArrayList<ResourceId>();
    Optional<String> next = Optional.empty();
    do {
      Page<Resource> page = control.list(type, region, next);
      for (Resource one : page.items()) {
        if (marked(one, correlation)) {
          return control.read(type, region, one.id());
        }
        boolean shown = type.schema().tags().orElseThrow().at().in(one.properties()).isPresent();
        if (!shown) {
          unread.add(one.id());
        }
      }
      next = page.next();
    } while (next.isPresent());
    return amongAll(type, region, correlation, unread);
  }

  private Optional<Resource> amongAll(
      AwsType type, String region, String correlation, List<ResourceId> unread) {
    if (unread.size() > READS) {
      throw untold(type, "there are " + unread.size() + " of them, and listing them shows no tags");
    }
    for (ResourceId id : unread) {
      Optional<Resource> one = control.read(type, region, id);
      if (one.filter(resource -> marked(resource, correlation)).isPresent()) {
        return one;
      }
    }
    return Optional.empty();
  }

  private static boolean marked(Resource resource, String correlation) {
    return correlation.equals(resource.tags().get(Tagging.CORRELATION));
  }

  private ProviderException untold(AwsType type, String why) {
    return new ProviderException.Refused(
        Facts.unsent(
            account,
            "find",
            "whether a "
                + type.schema().type().name()
                + " was made can't be told by its mark: "
                + why));
  }
}
