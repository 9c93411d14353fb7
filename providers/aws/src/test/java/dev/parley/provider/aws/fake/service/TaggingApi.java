package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.List;
import java.util.Map;

/** The Resource Groups Tagging API: what has tags, in one region. */
public final class TaggingApi implements Service {
  private final Arns arns;

  public TaggingApi(World world, FakeTypes types) {
    this.arns = new Arns(world, types);
  }

  @Override
  public String signingName() {
    return "tagging";
  }

  @Override
  public Protocol protocol() {
    return new AwsJson("1.1", "ResourceGroupsTaggingAPI_20170126", "");
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "GetResources",
        Operation.reads(
            "{PaginationToken: text, TagFilters: [{Key: text, Values: [text]}],"
                + " ResourcesPerPage: number, TagsPerPage: number, ResourceTypeFilters: [text],"
                + " IncludeComplianceDetails: bool, ExcludeCompliantResources: bool,"
                + " ResourceARNList: [text]}",
            this::resources));
  }

  private Fields resources(Call call) {
    List<Value> filters = call.input().itemsAt("TagFilters");
    List<Value> kinds = call.input().itemsAt("ResourceTypeFilters");
    List<Value> wanted = call.input().itemsAt("ResourceARNList");
    if (!wanted.isEmpty() && (!filters.isEmpty() || !kinds.isEmpty())) {
      throw new ServiceError(
          400, "InvalidParameterException", "ResourceARNList goes with no other filter");
    }
    List<Value> all =
        arns.in(call).stream()
            .filter(each -> !each.tags().isEmpty())
            .filter(each -> wanted.isEmpty() || wanted.contains(Value.text(each.arn())))
            .filter(each -> kinds.isEmpty() || kinds.stream().anyMatch(kind -> is(each, kind)))
            .filter(each -> filters.stream().allMatch(filter -> fits(each, (Fields) filter)))
            .<Value>map(TaggingApi::mapping)
            .toList();
    var page =
        Pages.of(
            call,
            all,
            "ResourcesPerPage",
            50,
            100,
            "PaginationToken",
            "PaginationTokenExpiredException");
    return page.into(
        Fields.of("PaginationToken", Value.text("")), "ResourceTagMappingList", "PaginationToken");
  }

  private static boolean is(Arns.Named each, Value kind) {
    return kind instanceof Value.Text(var text)
        && (each.kind().equals(text) || each.kind().startsWith(text + ":"));
  }

  private static boolean fits(Arns.Named each, Fields filter) {
    String value = each.tags().get(filter.text("Key").orElse(""));
    List<Value> values = filter.itemsAt("Values");
    return value != null && (values.isEmpty() || values.contains(Value.text(value)));
  }

  private static Fields mapping(Arns.Named each) {
    List<Value> tags =
        each.tags().entrySet().stream()
            .<Value>map(
                tag ->
                    Fields.of("Key", Value.text(tag.getKey()))
                        .with("Value", Value.text(tag.getValue())))
            .toList();
    return Fields.of("ResourceARN", Value.text(each.arn())).with("Tags", new Items(tags));
  }
}
