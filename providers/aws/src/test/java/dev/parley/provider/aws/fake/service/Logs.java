package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.AwsJson;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
import dev.parley.provider.aws.fake.world.LogLine;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * CloudWatch Logs: groups, streams and events. There is a group if there is such a resource or if
 * something was logged to it. A filter pattern is a plain text that events must hold.
 */
public final class Logs implements Service {
  private static final String NAMES = "logGroupName: text, logGroupIdentifier: text";

  private final World world;

  public Logs(World world) {
    this.world = world;
  }

  @Override
  public String signingName() {
    return "logs";
  }

  @Override
  public Protocol protocol() {
    return new AwsJson("1.1", "Logs_20140328", "");
  }

  @Override
  public String about(Call call) {
    return call.input().text("logGroupName").orElse("");
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "DescribeLogGroups",
        Operation.reads(
            "{accountIdentifiers: [text], logGroupNamePrefix: text, logGroupNamePattern: text,"
                + " nextToken: text, limit: number, includeLinkedAccounts: bool,"
                + " logGroupClass: text, logGroupIdentifiers: [text]}",
            this::groups),
        "DescribeLogStreams",
        Operation.reads(
            "{"
                + NAMES
                + ", logStreamNamePrefix: text, orderBy: text, descending: bool, nextToken: text,"
                + " limit: number}",
            this::streams),
        "FilterLogEvents",
        Operation.reads(
            "{"
                + NAMES
                + ", logStreamNames: [text], logStreamNamePrefix: text, startTime: number,"
                + " endTime: number, filterPattern: text, nextToken: text, limit: number,"
                + " interleaved: bool, unmask: bool}",
            this::events));
  }

  private Fields groups(Call call) {
    String prefix = call.input().text("logGroupNamePrefix").orElse("");
    String part = call.input().text("logGroupNamePattern").orElse("");
    List<Value> all =
        names(call).stream()
            .filter(name -> name.startsWith(prefix) && name.contains(part))
            .<Value>map(name -> group(call, name))
            .toList();
    return Pages.of(call, all, "limit", 50, 50, "nextToken", "InvalidParameterException")
        .into(Fields.EMPTY, "logGroups", "nextToken");
  }

  private static Fields group(Call call, String name) {
    return Fields.of("logGroupName", Value.text(name))
        .with("arn", Value.text(arn(call, name) + ":*"))
        .with("logGroupArn", Value.text(arn(call, name)))
        .with("storedBytes", Value.num(0))
        .with("logGroupClass", Value.text("STANDARD"));
  }

  private static String arn(Call call, String name) {
    return "arn:aws:logs:" + call.region() + ":" + call.account() + ":log-group:" + name;
  }

  private TreeSet<String> names(Call call) {
    var names = new TreeSet<String>();
    for (Stored each : world.in(new Place(call.account(), call.region(), "AWS::Logs::LogGroup"))) {
      each.properties().text("LogGroupName").ifPresent(names::add);
    }
    lines(call).map(LogLine::group).forEach(names::add);
    return names;
  }

  private Stream<LogLine> lines(Call call) {
    return world.logs().stream()
        .filter(each -> each.account().equals(call.account()))
        .filter(each -> each.region().equals(call.region()));
  }

  private String named(Call call) {
    Optional<String> name = call.input().text("logGroupName");
    String found =
        name.or(
                () ->
                    call.input()
                        .text("logGroupIdentifier")
                        .map(id -> id.replaceAll("^arn:.*:log-group:", "")))
            .orElseThrow(
                () ->
                    new ServiceError(
                        400, "InvalidParameterException", "name a log group or its identifier"));
    if (!names(call).contains(found)) {
      throw new ServiceError(
          400, "ResourceNotFoundException", "The specified log group does not exist.");
    }
    return found;
  }

  private Fields streams(Call call) {
    String group = named(call);
    String prefix = call.input().text("logStreamNamePrefix").orElse("");
    List<Value> all =
        lines(call)
            .filter(each -> each.group().equals(group) && each.stream().startsWith(prefix))
            .map(LogLine::stream)
            .distinct()
            .sorted()
            .<Value>map(
                name ->
                    Fields.of("logStreamName", Value.text(name))
                        .with("arn", Value.text(arn(call, group) + ":log-stream:" + name)))
            .toList();
    return Pages.of(call, all, "limit", 50, 50, "nextToken", "InvalidParameterException")
        .into(Fields.EMPTY, "logStreams", "nextToken");
  }

  private Fields events(Call call) {
    String group = named(call);
    List<Value> streams = call.input().itemsAt("logStreamNames");
    String prefix = call.input().text("logStreamNamePrefix").orElse("");
    String holding = call.input().text("filterPattern").orElse("").replace("\"", "");
    long from = number(call, "startTime", Long.MIN_VALUE);
    long to = number(call, "endTime", Long.MAX_VALUE);
    List<Value> all =
        lines(call)
            .filter(each -> each.group().equals(group) && each.stream().startsWith(prefix))
            .filter(each -> streams.isEmpty() || streams.contains(Value.text(each.stream())))
            .filter(each -> each.at().toEpochMilli() >= from && each.at().toEpochMilli() <= to)
            .filter(each -> each.text().contains(holding))
            .sorted(Comparator.comparing(LogLine::at))
            .<Value>map(Logs::event)
            .toList();
    return Pages.of(call, all, "limit", 10_000, 10_000, "nextToken", "InvalidParameterException")
        .into(Fields.EMPTY, "events", "nextToken");
  }

  private static Fields event(LogLine line) {
    String id = Signature.sha256(line.toString().getBytes(StandardCharsets.UTF_8));
    return Fields.of("logStreamName", Value.text(line.stream()))
        .with("timestamp", Value.num(line.at().toEpochMilli()))
        .with("message", Value.text(line.text()))
        .with("ingestionTime", Value.num(line.at().toEpochMilli()))
        .with("eventId", Value.text(id));
  }

  private static long number(Call call, String member, long otherwise) {
    return call.input().get(member).orElse(Value.NULL) instanceof Num(var number)
        ? number.longValue()
        : otherwise;
  }
}
