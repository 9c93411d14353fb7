package dev.parley.rules.scene;

import dev.parley.resource.Tracked;
import dev.parley.rules.logic.Found;
import dev.parley.rules.logic.Tri;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands in the plan's accounts, costs money and serves nothing. */
final class Idle {
  /** Type → what it is when nothing points at it; {@code /at} where an attachment would show. */
  private record Loner(String what, List<Pointer> attachments, Set<String> users) {}

  private static final Map<String, Loner> LONERS =
      Map.of(
          "aws:AWS::EC2::Volume",
              loner(
                  "a volume attached to nothing",
                  Set.of("aws:AWS::EC2::Instance", "aws:AWS::EC2::VolumeAttachment"),
                  "/Attachments"),
          "aws:AWS::EC2::EIP",
              loner(
                  "a public address attached to nothing",
                  Set.of(
                      "aws:AWS::EC2::NatGateway",
                      "aws:AWS::EC2::EIPAssociation",
                      "aws:AWS::EC2::Instance"),
                  "/InstanceId",
                  "/AssociationId"),
          "azure:Microsoft.Compute/disks",
              loner(
                  "a disk attached to nothing",
                  Set.of("azure:Microsoft.Compute/virtualMachines"),
                  "/managedBy",
                  "/properties/managedBy"),
          "azure:Microsoft.Network/publicIPAddresses",
              loner(
                  "a public address attached to nothing",
                  Set.of(
                      "azure:Microsoft.Network/networkInterfaces",
                      "azure:Microsoft.Network/natGateways",
                      "azure:Microsoft.Network/loadBalancers"),
                  "/properties/ipConfiguration",
                  "/properties/natGateway"),
          "gcp:compute.googleapis.com/Disk",
              loner(
                  "a disk attached to nothing",
                  Set.of("gcp:compute.googleapis.com/Instance"),
                  "/users"),
          "gcp:compute.googleapis.com/Address",
              loner(
                  "a public address attached to nothing",
                  Set.of(
                      "gcp:compute.googleapis.com/Instance",
                      "gcp:compute.googleapis.com/ForwardingRule",
                      "gcp:compute.googleapis.com/Router"),
                  "/users"));

  private static final Map<String, List<Pointer>> STATES =
      Map.of(
          "aws:AWS::EC2::Instance", List.of(Pointer.of("/State/Name"), Pointer.of("/State")),
          "azure:Microsoft.Compute/virtualMachines",
              List.of(
                  Pointer.of("/properties/instanceView/powerState"),
                  Pointer.of("/properties/powerState"),
                  Pointer.of("/powerState")),
          "gcp:compute.googleapis.com/Instance", List.of(Pointer.of("/status")));
  private static final Set<String> STOPPED =
      Set.of(
          "stopped",
          "powerstate/stopped",
          "powerstate/deallocated",
          "deallocated",
          "terminated",
          "suspended");

  private Idle() {}

  /** Certain: nothing points at it, and it shows no attachment. */
  static List<String> idle(Scene scene) {
    var idle = new ArrayList<String>();
    for (ResourceSubject resource : standing(scene)) {
      Loner loner = LONERS.get(resource.type());
      if (loner != null && !attached(resource, loner) && unused(resource, loner)) {
        idle.add(
            resource.address().name()
                + " ("
                + loner.what
                + ", "
                + resource.address().account()
                + ")");
      }
    }
    return idle.stream().sorted().toList();
  }

  /** Stopped machines; how long they have been is not told. */
  static List<String> stopped(Scene scene) {
    var stopped = new ArrayList<String>();
    for (ResourceSubject resource : standing(scene)) {
      for (Pointer at : STATES.getOrDefault(resource.type(), List.of())) {
        if (Found.in(resource.properties(), at) instanceof Found.Known(Value.Text(var state))
            && STOPPED.contains(state.toLowerCase(java.util.Locale.ROOT))) {
          stopped.add(
              resource.address().name() + " (" + state + ", " + resource.address().account() + ")");
          break;
        }
      }
    }
    return stopped.stream().sorted().toList();
  }

  /** What stands and stays as it is, in the accounts the plan touches. */
  private static List<ResourceSubject> standing(Scene scene) {
    var accounts = new HashSet<String>();
    scene.changing().forEach(resource -> accounts.add(resource.address().account()));
    var types = new HashSet<String>();
    for (Tracked tracked : scene.facts().existing()) {
      types.add(Traits.key(tracked.at().type()));
    }
    return scene.resources(types).stream()
        .filter(
            resource ->
                resource.action().equals("none") && accounts.contains(resource.address().account()))
        .toList();
  }

  private static boolean attached(ResourceSubject resource, Loner loner) {
    return loner.attachments.stream()
        .map(at -> Found.in(resource.properties(), at))
        .anyMatch(
            found ->
                switch (found) {
                  case Found.Known(var value) ->
                      !(value instanceof Value.Items(var items) && items.isEmpty());
                  case Found.Unknown _ -> true;
                  case Found.Absent _ -> false;
                });
  }

  private static boolean unused(ResourceSubject resource, Loner loner) {
    return resource.others(loner.users).stream()
        .allMatch(user -> user.pointsAt(resource) == Tri.FAIL && !names(user, resource));
  }

  /**
   * Clouds name an attached thing by several of its outputs: any of them in the user's properties
   * counts.
   */
  private static boolean names(ResourceSubject user, ResourceSubject resource) {
    return outputs(resource).stream().anyMatch(output -> mentions(user.properties(), output));
  }

  private static List<String> outputs(ResourceSubject resource) {
    var outputs = new ArrayList<String>();
    for (String field :
        List.of("AllocationId", "VolumeId", "PublicIp", "id", "selfLink", "address")) {
      resource.properties().text(field).filter(text -> text.length() > 3).ifPresent(outputs::add);
    }
    return outputs;
  }

  private static boolean mentions(Value value, String output) {
    return switch (value) {
      case Value.Text(var text) -> text.equals(output);
      case Value.Items(var items) -> items.stream().anyMatch(item -> mentions(item, output));
      case Value.Fields(var fields) ->
          fields.values().stream().anyMatch(field -> mentions(field, output));
      case Value.Num _, Value.Bool _, Value.Null _, Value.Ref _, Value.Secret _, Value.Unknown _ ->
          false;
    };
  }

  private static Loner loner(String what, Set<String> users, String... attachments) {
    return new Loner(what, List.of(attachments).stream().map(Pointer::of).toList(), users);
  }
}
