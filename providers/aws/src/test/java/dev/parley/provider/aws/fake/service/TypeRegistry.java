package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.AwsQuery;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of CloudFormation that tells which types there are. Types of the vendor (their names
 * begin with {@code AWS::}) are public, others are the account's own and live.
 */
public final class TypeRegistry implements Service {
  /** How CloudFormation is spoken to. */
  public static final AwsQuery PROTOCOL =
      new AwsQuery("http://cloudformation.amazonaws.com/doc/2010-05-15/", "2010-05-15");

  private final FakeTypes types;

  public TypeRegistry(FakeTypes types) {
    this.types = types;
  }

  @Override
  public String signingName() {
    return "cloudformation";
  }

  @Override
  public Protocol protocol() {
    return PROTOCOL;
  }

  @Override
  public Map<String, Operation> operations() {
    var operations = new LinkedHashMap<String, Operation>();
    operations.put(
        "ListTypes",
        Operation.reads(
            "{Visibility: text, ProvisioningType: text, DeprecatedStatus: text, Type: text,"
                + " Filters: {Category: text, PublisherId: text, TypeNamePrefix: text},"
                + " MaxResults: number, NextToken: text}",
            this::list));
    operations.put(
        "DescribeType",
        Operation.reads(
            "{Type: text, TypeName: text, Arn: text, VersionId: text, PublisherId: text,"
                + " PublicVersionNumber: text}",
            this::describe));
    return operations;
  }

  private Fields list(Call call) {
    String visibility = call.input().text("Visibility").orElse("PRIVATE");
    String kind = call.input().text("Type").orElse("RESOURCE");
    String provisioning = call.input().text("ProvisioningType").orElse("");
    Fields filters = call.input().fieldsAt("Filters");
    String prefix = filters.text("TypeNamePrefix").orElse("");
    boolean deprecated = call.input().text("DeprecatedStatus").orElse("LIVE").equals("DEPRECATED");
    List<Value> found =
        types.all().stream()
            .filter(type -> visibility(type).equals(visibility) && kind.equals("RESOURCE"))
            .filter(type -> provisioning.isEmpty() || provisioning.equals(provisioning(type)))
            .filter(type -> type.name().startsWith(prefix) && !deprecated)
            .<Value>map(type -> summary(call, type))
            .toList();
    return Pages.of(call, found, "MaxResults", 100, 100, "NextToken", "ValidationError")
        .into(Fields.EMPTY, "TypeSummaries", "NextToken");
  }

  private static Fields summary(Call call, FakeType type) {
    return Fields.of("Type", Value.text("RESOURCE"))
        .with("TypeName", Value.text(type.name()))
        .with("DefaultVersionId", Value.text(version(type)))
        .with("TypeArn", Value.text(arn(call, type)))
        .with("LastUpdated", Value.text("2026-01-01T00:00:00Z"))
        .with("Description", Value.text(type.schema().text("description").orElse("")))
        .with("IsActivated", Value.bool(visibility(type).equals("PRIVATE")));
  }

  private Fields describe(Call call) {
    FakeType type =
        types.all().stream()
            .filter(
                each ->
                    call.input().text("TypeName").map(each.name()::equals).orElse(false)
                        || call.input().text("Arn").map(arn(call, each)::equals).orElse(false))
            .findFirst()
            .orElseThrow(
                () ->
                    new ServiceError(
                        404,
                        "TypeNotFoundException",
                        "The type '"
                            + call.input()
                                .text("TypeName")
                                .or(() -> call.input().text("Arn"))
                                .orElse("")
                            + "' cannot be found."));
    boolean wants = call.input().text("VersionId").map(version(type)::equals).orElse(true);
    if (!wants) {
      throw new ServiceError(404, "TypeNotFoundException", "no such version of " + type.name());
    }
    return Fields.of("Arn", Value.text(arn(call, type)))
        .with("Type", Value.text("RESOURCE"))
        .with("TypeName", Value.text(type.name()))
        .with("DefaultVersionId", Value.text(version(type)))
        .with("IsDefaultVersion", Value.bool(true))
        .with("Description", Value.text(type.schema().text("description").orElse("")))
        .with("Schema", Value.text(Json.write(type.schema())))
        .with("ProvisioningType", Value.text(provisioning(type)))
        .with("DeprecatedStatus", Value.text("LIVE"))
        .with("Visibility", Value.text(visibility(type)))
        .with("IsActivated", Value.bool(visibility(type).equals("PRIVATE")));
  }

  private static String visibility(FakeType type) {
    return type.name().startsWith("AWS::") ? "PUBLIC" : "PRIVATE";
  }

  private static String provisioning(FakeType type) {
    if (!type.can("create")) {
      return "NON_PROVISIONABLE";
    }
    return type.can("update") ? "FULLY_MUTABLE" : "IMMUTABLE";
  }

  /** Another text is another version. */
  private static String version(FakeType type) {
    byte[] text = Json.write(type.schema()).getBytes(StandardCharsets.UTF_8);
    return Signature.sha256(text).substring(0, 8);
  }

  private static String arn(Call call, FakeType type) {
    String owner = visibility(type).equals("PUBLIC") ? "" : call.account();
    return "arn:aws:cloudformation:"
        + call.region()
        + ":"
        + owner
        + ":type/resource/"
        + type.name().replace("::", "-");
  }
}
