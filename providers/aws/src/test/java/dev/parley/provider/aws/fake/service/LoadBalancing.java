package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.wire.AwsQuery;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.Operation;
import dev.parley.provider.aws.fake.wire.Protocol;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much of Elastic Load Balancing as tells who is healthy: a target is while its instance runs.
 */
public final class LoadBalancing implements Service {
  private static final String PREFIX = "AWS::ElasticLoadBalancingV2::";

  private final World world;

  public LoadBalancing(World world) {
    this.world = world;
  }

  @Override
  public String signingName() {
    return "elasticloadbalancing";
  }

  @Override
  public Protocol protocol() {
    return new AwsQuery("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/", "2015-12-01");
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.of(
        "DescribeLoadBalancers",
        Operation.reads(
            "{LoadBalancerArns: [text], Names: [text], Marker: text, PageSize: number}",
            this::balancers),
        "DescribeTargetGroups",
        Operation.reads(
            "{LoadBalancerArn: text, TargetGroupArns: [text], Names: [text], Marker: text,"
                + " PageSize: number}",
            this::groups),
        "DescribeTargetHealth",
        Operation.reads(
            "{TargetGroupArn!: text, Targets: [{Id!: text, Port: number, AvailabilityZone: text}],"
                + " Include: [text]}",
            this::health));
  }

  private List<Stored> all(Call call, String kind) {
    return world.in(new Place(call.account(), call.region(), PREFIX + kind));
  }

  /** Those asked for by ARN or name, all if nothing was said. */
  private List<Stored> asked(Call call, String kind, String arn, String error) {
    List<Value> arns = call.input().itemsAt(kind + "Arns");
    List<Value> names = call.input().itemsAt("Names");
    List<Stored> found =
        all(call, kind).stream()
            .filter(each -> arns.isEmpty() || arns.contains(text(each, arn)))
            .filter(each -> names.isEmpty() || names.contains(text(each, "Name")))
            .toList();
    if (found.size() < Math.max(arns.size(), names.size())) {
      throw new ServiceError(400, error, "One or more " + kind + "s not found");
    }
    return found;
  }

  private static Value text(Stored stored, String property) {
    return stored.properties().get(property).orElse(Value.text(""));
  }

  private Fields balancers(Call call) {
    List<Value> shown =
        asked(call, "LoadBalancer", "LoadBalancerArn", "LoadBalancerNotFound").stream()
            .<Value>map(
                each -> {
                  Fields balancer =
                      Fields.of("LoadBalancerArn", text(each, "LoadBalancerArn"))
                          .with("LoadBalancerName", text(each, "Name"))
                          .with("DNSName", text(each, "DNSName"))
                          .with("Scheme", text(each, "Scheme"))
                          .with("Type", text(each, "Type"))
                          .with("CreatedTime", Value.text(each.made().toString()))
                          .with("State", Fields.of("Code", Value.text(state(each))));
                  return balancer;
                })
            .toList();
    return Pages.of(call, shown, "PageSize", 400, 400, "Marker", "ValidationError")
        .into(Fields.EMPTY, "LoadBalancers", "NextMarker");
  }

  private String state(Stored balancer) {
    return world.inFlight(balancer.place(), balancer.id()).isPresent() ? "provisioning" : "active";
  }

  private Fields groups(Call call) {
    Optional<String> balancer = call.input().text("LoadBalancerArn");
    List<Value> shown =
        asked(call, "TargetGroup", "TargetGroupArn", "TargetGroupNotFound").stream()
            .filter(each -> balancer.isEmpty() || balancers(call, each).contains(balancer.get()))
            .<Value>map(
                each ->
                    Fields.of("TargetGroupArn", text(each, "TargetGroupArn"))
                        .with("TargetGroupName", text(each, "Name"))
                        .with("Protocol", text(each, "Protocol"))
                        .with("Port", text(each, "Port"))
                        .with("VpcId", text(each, "VpcId"))
                        .with("TargetType", text(each, "TargetType"))
                        .with("LoadBalancerArns", Value.texts(balancers(call, each))))
            .toList();
    return Pages.of(call, shown, "PageSize", 400, 400, "Marker", "ValidationError")
        .into(Fields.EMPTY, "TargetGroups", "NextMarker");
  }

  /** The balancers whose listeners send to a group. */
  private List<String> balancers(Call call, Stored group) {
    var found = new ArrayList<String>();
    for (Stored listener : all(call, "Listener")) {
      boolean sends =
          listener.properties().itemsAt("DefaultActions").stream()
              .anyMatch(
                  action ->
                      action instanceof Fields fields
                          && fields
                              .get("TargetGroupArn")
                              .equals(Optional.of(text(group, "TargetGroupArn"))));
      if (sends && text(listener, "LoadBalancerArn") instanceof Text(var arn)) {
        found.add(arn);
      }
    }
    return found.stream().distinct().toList();
  }

  private Fields health(Call call) {
    String arn = call.input().text("TargetGroupArn").orElseThrow();
    Stored group =
        all(call, "TargetGroup").stream()
            .filter(each -> text(each, "TargetGroupArn").equals(Value.text(arn)))
            .findFirst()
            .orElseThrow(
                () ->
                    new ServiceError(
                        400, "TargetGroupNotFound", "One or more target groups not found"));
    boolean used = !balancers(call, group).isEmpty();
    var shown = new ArrayList<Value>();
    for (Value each : group.properties().itemsAt("Targets")) {
      if (each instanceof Fields target) {
        shown.add(health(call, group, target, used));
      }
    }
    return Fields.of("TargetHealthDescriptions", new Items(shown));
  }

  private Fields health(Call call, Stored group, Fields target, boolean used) {
    String id = target.text("Id").orElse("");
    Place instances = new Place(call.account(), call.region(), "AWS::EC2::Instance");
    boolean runs =
        world
            .find(instances, id)
            .flatMap(each -> Pointer.of("/State/Name").in(each.properties()))
            .equals(Optional.of(Value.text("running")));
    Fields health;
    if (!used) {
      health =
          Fields.of("State", Value.text("unused"))
              .with("Reason", Value.text("Target.NotInUse"))
              .with(
                  "Description",
                  Value.text(
                      "Target group is not configured to receive traffic from the load balancer"));
    } else if (runs) {
      health = Fields.of("State", Value.text("healthy"));
    } else {
      health =
          Fields.of("State", Value.text("unhealthy"))
              .with("Reason", Value.text("Target.InvalidState"))
              .with("Description", Value.text("Target is in the stopped state"));
    }
    Value port = target.get("Port").orElse(text(group, "Port"));
    return Fields.of(
            "Target",
            Fields.of("Id", Value.text(id))
                .with("Port", port instanceof Num ? port : new Num(BigDecimal.valueOf(80))))
        .with("TargetHealth", health);
  }
}
