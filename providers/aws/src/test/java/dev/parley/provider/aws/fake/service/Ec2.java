package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Ec2Query;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Entry;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** As much of EC2 as looks after instances: their status, start, stop and reboot. */
public final class Ec2 implements Service {
  private static final Pointer STATE = Pointer.of("/State/Name");
  private static final Map<String, String> CODES =
      Map.of(
          "pending", "0",
          "running", "16",
          "shutting-down", "32",
          "terminated", "48",
          "stopping", "64",
          "stopped", "80");

  private final World world;

  public Ec2(World world) {
    this.world = world;
  }

  @Override
  public String signingName() {
    return "ec2";
  }

  @Override
  public Protocol protocol() {
    return new Ec2Query("http://ec2.amazonaws.com/doc/2016-11-15/", "2016-11-15");
  }

  @Override
  public String about(Call call) {
    return "AWS::EC2::Instance";
  }

  @Override
  public Map<String, Operation> operations() {
    var operations = new LinkedHashMap<String, Operation>();
    operations.put(
        "DescribeInstanceStatus",
        Operation.reads(
            "{InstanceId: [text], IncludeAllInstances: bool, DryRun: bool, MaxResults: number,"
                + " NextToken: text, Filter: [{Name: text, Value: [text]}]}",
            this::status));
    operations.put(
        "DescribeInstances",
        Operation.reads(
            "{InstanceId: [text], DryRun: bool, MaxResults: number, NextToken: text,"
                + " Filter: [{Name: text, Value: [text]}]}",
            this::describe));
    operations.put(
        "StartInstances",
        Operation.changes(
            "{InstanceId!: [text], DryRun: bool, AdditionalInfo: text}",
            call -> change(call, "running", "pending")));
    operations.put(
        "StopInstances",
        Operation.changes(
            "{InstanceId!: [text], DryRun: bool, Hibernate: bool, Force: bool,"
                + " SkipOsShutdown: bool}",
            call -> change(call, "stopped", "stopping")));
    operations.put(
        "RebootInstances", Operation.changes("{InstanceId!: [text], DryRun: bool}", this::reboot));
    return operations;
  }

  private static Place place(Call call) {
    return new Place(call.account(), call.region(), "AWS::EC2::Instance");
  }

  private List<Stored> asked(Call call) {
    List<Value> ids = call.input().itemsAt("InstanceId");
    if (ids.isEmpty()) {
      return world.in(place(call));
    }
    var found = new ArrayList<Stored>();
    for (Value each : ids) {
      String id = each instanceof Text(var text) ? text : "";
      found.add(
          world
              .find(place(call), id)
              .orElseThrow(
                  () ->
                      new ServiceError(
                          400,
                          "InvalidInstanceID.NotFound",
                          "The instance ID '" + id + "' does not exist")));
    }
    return found;
  }

  private static void dryRun(Call call) {
    if (call.input().get("DryRun").equals(Optional.of(Value.bool(true)))) {
      throw new ServiceError(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
  }

  private static String state(Stored instance) {
    return STATE.in(instance.properties()).orElse(Value.text("running")) instanceof Text(var name)
        ? name
        : "running";
  }

  private static Fields state(String name) {
    return Fields.of("code", Value.text(CODES.get(name))).with("name", Value.text(name));
  }

  private Fields status(Call call) {
    dryRun(call);
    boolean all = call.input().get("IncludeAllInstances").equals(Optional.of(Value.bool(true)));
    return paged(
        call,
        "instanceStatusSet",
        (each, zone) -> {
          String checks = state(each).equals("running") ? "ok" : "not-applicable";
          Fields summary = Fields.of("status", Value.text(checks));
          return Fields.of("instanceId", Value.text(each.id()))
              .with("availabilityZone", Value.text(zone))
              .with("instanceState", state(state(each)))
              .with("systemStatus", summary)
              .with("instanceStatus", summary);
        },
        asked(call).stream().filter(each -> all || state(each).equals("running")).toList());
  }

  private Fields describe(Call call) {
    dryRun(call);
    return paged(
        call,
        "reservationSet",
        (each, zone) -> {
          Fields instance =
              Fields.of("instanceId", Value.text(each.id()))
                  .with("instanceState", state(state(each)))
                  .with("placement", Fields.of("availabilityZone", Value.text(zone)));
          for (var member :
              Map.of(
                      "imageId", "ImageId",
                      "instanceType", "InstanceType",
                      "subnetId", "SubnetId",
                      "vpcId", "VpcId",
                      "privateIpAddress", "PrivateIp")
                  .entrySet()) {
            var value = each.properties().get(member.getValue());
            if (value.isPresent()) {
              instance = instance.with(member.getKey(), value.get());
            }
          }
          return Fields.of("reservationId", Value.text("r-" + each.id().substring(2)))
              .with("ownerId", Value.text(call.account()))
              .with("instancesSet", Items.of(instance));
        },
        asked(call));
  }

  private static Fields paged(
      Call call, String member, BiFunction<Stored, String, Value> shown, List<Stored> instances) {
    List<Value> all =
        instances.stream()
            .map(
                each ->
                    shown.apply(
                        each,
                        each.properties().text("AvailabilityZone").orElse(call.region() + "a")))
            .toList();
    return Pages.of(call, all, "MaxResults", 1000, 1000, "NextToken", "InvalidNextToken")
        .into(Fields.EMPTY, member, "nextToken");
  }

  private Fields change(Call call, String wanted, String meanwhile) {
    List<Stored> instances = asked(call);
    dryRun(call);
    var changes = new ArrayList<Value>();
    for (Stored each : instances) {
      String before = state(each);
      changes.add(
          Fields.of("instanceId", Value.text(each.id()))
              .with("currentState", state(before.equals(wanted) ? wanted : meanwhile))
              .with("previousState", state(before)));
      Fields now =
          Fields.of("Code", Value.text(CODES.get(wanted))).with("Name", Value.text(wanted));
      world.write(new Entry.Put(each.with(each.properties().with("State", now), call.now())));
    }
    return Fields.of("instancesSet", new Items(changes));
  }

  private Fields reboot(Call call) {
    asked(call);
    dryRun(call);
    return Fields.of("return", Value.bool(true));
  }
}
