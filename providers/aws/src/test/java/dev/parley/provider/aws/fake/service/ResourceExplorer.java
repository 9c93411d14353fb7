package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.RestJson;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resource Explorer: everything of an account in all regions, once a default view is set up there.
 * Queries know {@code resourcetype:}, {@code region:}, {@code service:} and plain words.
 */
public final class ResourceExplorer implements Service {
  private static final int SEARCHED = 1000;

  private final Arns arns;
  private final Set<String> views = ConcurrentHashMap.newKeySet();

  public ResourceExplorer(World world, FakeTypes types) {
    this.arns = new Arns(world, types);
  }

  /** Sets up a default view in an account. */
  public void view(String account) {
    views.add(account);
  }

  @Override
  public String signingName() {
    return "resource-explorer-2";
  }

  @Override
  public Protocol protocol() {
    return new RestJson();
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "POST /Search",
        Operation.reads(
            "{QueryString!: text, MaxResults: number, ViewArn: text, NextToken: text}",
            this::search),
        "POST /ListResources",
        Operation.reads(
            "{Filters: {FilterString!: text}, MaxResults: number, ViewArn: text,"
                + " NextToken: text}",
            this::list));
  }

  private Fields search(Call call) {
    List<Value> found = found(call, call.input().text("QueryString").orElseThrow());
    List<Value> shown = found.subList(0, Math.min(SEARCHED, found.size()));
    Fields count =
        Fields.of("TotalResources", Value.num(shown.size()))
            .with("Complete", Value.bool(found.size() <= SEARCHED));
    return page(call, shown).with("Count", count);
  }

  private Fields list(Call call) {
    return page(
        call, found(call, call.input().fieldsAt("Filters").text("FilterString").orElse("")));
  }

  private static Fields page(Call call, List<Value> all) {
    return Pages.of(call, all, "MaxResults", 100, 1000, "NextToken", "ValidationException")
        .into(Fields.of("ViewArn", Value.text(viewArn(call))), "Resources", "NextToken");
  }

  private static String viewArn(Call call) {
    return "arn:aws:resource-explorer-2:"
        + call.region()
        + ":"
        + call.account()
        + ":view/default/0b5c1c2a";
  }

  private List<Value> found(Call call, String query) {
    boolean there =
        views.contains(call.account())
            && call.input().text("ViewArn").map(viewArn(call)::equals).orElse(true);
    if (!there) {
      throw new ServiceError(
          401,
          "UnauthorizedException",
          "You do not have permission to use this view, or there is no default view in this"
              + " region");
    }
    return arns.everywhere(call).stream()
        .filter(each -> fits(each, query))
        .<Value>map(each -> resource(call, each))
        .toList();
  }

  private static boolean fits(Arns.Named each, String query) {
    for (String word : query.strip().split("\\s+")) {
      int colon = word.indexOf(':');
      String name = colon < 0 ? "" : word.substring(0, colon);
      String value = word.substring(colon + 1);
      boolean fits =
          switch (name) {
            case "resourcetype" -> each.kind().equals(value);
            case "service" -> each.kind().startsWith(value + ":");
            case "region" -> region(each).equals(value);
            default -> word.isEmpty() || word.equals("*") || each.arn().contains(word);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static String region(Arns.Named each) {
    String region = each.resource().place().region();
    return region.equals(Place.GLOBAL) ? "global" : region;
  }

  private static Fields resource(Call call, Arns.Named each) {
    List<Value> tags =
        each.tags().entrySet().stream()
            .<Value>map(
                tag ->
                    Fields.of("Key", Value.text(tag.getKey()))
                        .with("Value", Value.text(tag.getValue())))
            .toList();
    Fields properties =
        Fields.of("Name", Value.text("tags"))
            .with("LastReportedAt", Value.text(call.now().toString()))
            .with("Data", new Items(tags));
    return Fields.of("Arn", Value.text(each.arn()))
        .with("OwningAccountId", Value.text(call.account()))
        .with("Region", Value.text(region(each)))
        .with("ResourceType", Value.text(each.kind()))
        .with("Service", Value.text(each.kind().replaceAll(":.*", "")))
        .with("LastReportedAt", Value.text(call.now().toString()))
        .with("Properties", tags.isEmpty() ? Items.of() : Items.of(properties));
  }
}
