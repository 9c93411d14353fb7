package dev.parley.provider.aws.look;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.look.Origin.Part;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudcontrol.CloudControlClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ResourceScanStatus;
import software.amazon.awssdk.services.cloudformation.model.ScannedResource;
import software.amazon.awssdk.services.resourceexplorer2.ResourceExplorer2Client;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** The account-wide services and the recipes that can say what there is. */
final class Origins {
  private final Clients clients;
  private final Operations operations;
  private final Recipes recipes;
  private final Arns arns;
  private final Function<ResourceType, Optional<AwsType>> types;

  Origins(
      Clients clients,
      Operations operations,
      Recipes recipes,
      Arns arns,
      Function<ResourceType, Optional<AwsType>> types) {
    this.clients = clients;
    this.operations = operations;
    this.recipes = recipes;
    this.arns = arns;
    this.types = types;
  }

  private record Asked(
      String name,
      java.util.function.BiFunction<Optional<ResourceType>, Optional<String>, Part> ask)
      implements Origin {
    @Override
    public Part page(Optional<ResourceType> type, Optional<String> token) {
      return ask.apply(type, token);
    }
  }

  Origin explorer(String region) {
    return new Asked(
        "Resource Explorer, " + region,
        (type, token) -> {
          var client = clients.client(ResourceExplorer2Client.class, region);
          var said = client.listResources(r -> r.maxResults(500).nextToken(token.orElse(null)));
          var found = new Found(type);
          said.resources().forEach(one -> found.add(one.arn(), Map.of()));
          return found.part(
              Optional.ofNullable(said.nextToken()),
              false,
              "what its default view shows of the kinds it indexes, minutes late");
        });
  }

  Origin scan(String region) {
    return new Asked(
        "IaC generator, " + region,
        (type, token) -> {
          var client = clients.client(CloudFormationClient.class, region);
          var scan =
              client.listResourceScans(r -> r.maxResults(10)).resourceScanSummaries().stream()
                  .filter(one -> one.status() == ResourceScanStatus.COMPLETE)
                  .findFirst();
          if (scan.isEmpty()) {
            return new Part(
                List.of(),
                Optional.empty(),
                List.of(
                    "IaC generator, "
                        + region
                        + ": there is no finished scan; cloudformation.StartResourceScan starts"
                        + " one"),
                false,
                "no finished scan");
          }
          var said =
              client.listResourceScanResources(
                  r ->
                      r.resourceScanId(scan.get().resourceScanId())
                          .resourceTypePrefix(type.map(ResourceType::unversioned).orElse(null))
                          .nextToken(token.orElse(null)));
          List<Resource> items =
              said.resources().stream()
                  .map(one -> scanned(one, region))
                  .filter(one -> type.map(one.type()::equals).orElse(true))
                  .toList();
          return new Part(
              items,
              Optional.ofNullable(said.nextToken()),
              List.of(),
              false,
              "what a scan saw that ended " + scan.get().endTime());
        });
  }

  private Resource scanned(ScannedResource one, String region) {
    var type = new ResourceType("aws", one.resourceType());
    List<String> order =
        types
            .apply(type)
            .map(t -> t.identifier().stream().map(p -> p.segments().getLast()).toList())
            .orElse(List.copyOf(one.resourceIdentifier().keySet()));
    var parts = new ArrayList<String>();
    order.forEach(part -> parts.add(one.resourceIdentifier().getOrDefault(part, "")));
    String id = String.join("|", parts);
    return resource(type, id, id, region, Map.of());
  }

  Origin tagging(String region) {
    return new Asked(
        "tags, " + region,
        (type, token) -> {
          var client = clients.client(ResourceGroupsTaggingApiClient.class, region);
          var said =
              client.getResources(r -> r.resourcesPerPage(100).paginationToken(token.orElse(null)));
          var found = new Found(type);
          said.resourceTagMappingList()
              .forEach(
                  one -> {
                    var tags = new HashMap<String, String>();
                    one.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
                    found.add(one.resourceARN(), tags);
                  });
          return found.part(
              Optional.ofNullable(said.paginationToken()).filter(next -> !next.isBlank()),
              false,
              "what bears tags, or bore some once");
        });
  }

  Origin control(ResourceType type, String region) {
    return new Asked(
        "Cloud Control " + type.name() + ", " + region,
        (_, token) -> {
          var client = clients.client(CloudControlClient.class, region);
          var said =
              client.listResources(
                  r -> r.typeName(type.unversioned()).nextToken(token.orElse(null)));
          var items = new ArrayList<Resource>();
          said.resourceDescriptions()
              .forEach(
                  one ->
                      items.add(
                          with(
                              resource(type, one.identifier(), one.identifier(), region, Map.of()),
                              properties(one.properties()))));
          return new Part(
              items, Optional.ofNullable(said.nextToken()), List.of(), true, "all of the type");
        });
  }

  Optional<Origin> recipe(ResourceType type, String region) {
    return recipes
        .of(type)
        .flatMap(Recipe::list)
        .filter(list -> operations.serves(list.ask().operation()))
        .map(
            list ->
                new Asked(
                    list.ask().operation() + ", " + region,
                    (_, token) -> listed(type, list, region, token)));
  }

  private Part listed(
      ResourceType type, Recipe.Listing list, String region, Optional<String> token) {
    var scope =
        new Scope(new ResourceId("all"), "", region, Fields.EMPTY, Fields.EMPTY, Value.NULL);
    Fields input = (Fields) list.ask().input().fill(scope);
    if (token.isPresent() && list.token().isPresent()) {
      input = input.with(list.token().get(), Value.text(token.get()));
    }
    Fields said = operations.call(list.ask().operation(), region, input, Optional.empty());
    var items = new ArrayList<Resource>();
    for (Value item : Paths.items(said, list.items())) {
      Optional<String> id =
          Template.plain(list.id().fill(scope.at(item))).map(text -> identifier(type, text));
      if (id.isPresent()) {
        Map<String, String> tags = tags(item);
        String name =
            list.name()
                .flatMap(n -> Template.plain(n.fill(scope.at(item))))
                .orElse(tags.getOrDefault("Name", id.get()));
        items.add(resource(type, id.get(), name, region, tags));
      }
    }
    Optional<String> next = list.next().flatMap(at -> at.in(said)).flatMap(Template::plain);
    return new Part(items, next, List.of(), true, "all of the type, from its own service");
  }

  /** Where a service lists ARNs, the identifier may be another. */
  private String identifier(ResourceType type, String text) {
    return arns.of(text)
        .filter(named -> named.type().equals(type))
        .map(named -> named.id().value())
        .orElse(text);
  }

  private static Map<String, String> tags(Value item) {
    var tags = new TreeMap<String, String>();
    if (item instanceof Fields fields) {
      for (String list : List.of("Tags", "tags", "TagList", "TagSet")) {
        for (Value one : fields.itemsAt(list)) {
          if (one instanceof Fields tag) {
            tag.text("Key")
                .or(() -> tag.text("key"))
                .ifPresent(
                    key -> tags.put(key, tag.text("Value").or(() -> tag.text("value")).orElse("")));
          }
        }
      }
    }
    return tags;
  }

  private static Fields properties(String json) {
    try {
      return Json.parsePlain(json) instanceof Fields fields ? fields : Fields.EMPTY;
    } catch (Invalid _) {
      return Fields.EMPTY; // a listing may cut properties off; a read shows them whole
    }
  }

  private static Resource with(Resource resource, Fields properties) {
    Map<String, String> tags = tags(properties);
    return new Resource(
        resource.type(),
        resource.id(),
        tags.getOrDefault("Name", resource.name()),
        resource.region(),
        properties,
        tags,
        resource.lifecycle(),
        resource.etag());
  }

  private static Resource resource(
      ResourceType type, String id, String name, String region, Map<String, String> tags) {
    return new Resource(
        type,
        new ResourceId(id),
        tags.getOrDefault("Name", name),
        region,
        Fields.EMPTY,
        tags,
        Lifecycle.UNKNOWN,
        Optional.empty());
  }

  /** Resources found by ARN, and the kinds that nobody could name. */
  private final class Found {
    private final Optional<ResourceType> wanted;
    private final List<Resource> items = new ArrayList<>();
    private final Map<String, Integer> unnamed = new TreeMap<>();

    Found(Optional<ResourceType> wanted) {
      this.wanted = wanted;
    }

    void add(String arn, Map<String, String> tags) {
      Optional<Arns.Named> named = arns.of(arn);
      if (named.isEmpty()) {
        unnamed.merge(Arns.kind(arn), 1, Integer::sum);
      } else if (wanted.map(named.get().type()::equals).orElse(true)) {
        Arns.Named n = named.get();
        items.add(resource(n.type(), n.id().value(), n.name(), n.region(), tags));
      }
    }

    Part part(Optional<String> next, boolean complete, String detail) {
      List<String> gaps =
          unnamed.isEmpty() || wanted.isPresent()
              ? List.of()
              : List.of("kinds that no known type fits: " + Arns.counted(unnamed));
      return new Part(items, next, gaps, complete, detail);
    }
  }
}
