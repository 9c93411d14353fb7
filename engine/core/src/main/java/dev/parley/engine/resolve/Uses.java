package dev.parley.engine.resolve;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tracked resource uses which other, told by what stands in their properties: a link's value
 * that is another resource's output.
 */
final class Uses {
  /**
   * One property that holds another resource's output.
   *
   * @param relation what the link means: deployedIn, dependsOn, attachedTo
   */
  record Use(Pointer from, Address to, Pointer output, String relation) {}

  private record Output(Address of, Pointer at) {}

  private final Scene scene;
  private final Map<String, List<Output>> outputs = new HashMap<>();
  private final Map<Address, Optional<TypeSchema>> schemas = new HashMap<>();

  Uses(Scene scene) {
    this.scene = scene;
    var linked = new HashMap<String, Set<Pointer>>();
    var seen = new HashSet<ResourceType>();
    for (Spot spot : scene.spots()) {
      for (ResourceType type : spot.catalog().types()) {
        if (seen.add(type)) {
          spot.schema(type)
              .ifPresent(
                  schema ->
                      schema
                          .links()
                          .forEach(
                              link ->
                                  link.to()
                                      .forEach(
                                          to ->
                                              linked
                                                  .computeIfAbsent(
                                                      unversioned(to), _ -> new LinkedHashSet<>())
                                                  .add(link.output()))));
        }
      }
    }
    for (Tracked each : scene.wish().tracked()) {
      for (Pointer output : linked.getOrDefault(unversioned(each.at().type()), Set.of())) {
        output(each.resource(), output)
            .ifPresent(
                value ->
                    outputs
                        .computeIfAbsent(value, _ -> new ArrayList<>(1))
                        .add(new Output(each.at(), output)));
      }
    }
  }

  /** What the properties of a resource use, of all that is tracked. */
  List<Use> of(Address at, Fields properties) {
    Optional<TypeSchema> schema = schema(at);
    if (schema.isEmpty()) {
      return List.of();
    }
    var uses = new ArrayList<Use>();
    for (TypeSchema.Link link : schema.get().links()) {
      for (Pointer place : Patterns.places(link.from(), properties)) {
        if (place.in(properties).orElse(Value.NULL) instanceof Text(var value)) {
          for (Output output : outputs.getOrDefault(value, List.of())) {
            if (output.at().equals(link.output())
                && points(link, output.of())
                && !output.of().equals(at)) {
              uses.add(new Use(place, output.of(), output.at(), link.relation()));
            }
          }
        }
      }
    }
    return uses;
  }

  /** Who uses each tracked resource. */
  Map<Address, Set<Address>> users() {
    var users = new HashMap<Address, Set<Address>>();
    for (Tracked each : scene.wish().tracked()) {
      for (Use use : of(each.at(), each.resource().properties())) {
        users.computeIfAbsent(use.to(), _ -> new LinkedHashSet<>()).add(each.at());
      }
    }
    scene
        .wish()
        .lastDesired()
        .forEach(
            (at, desired) -> {
              var refs = new ArrayList<Value.Ref>();
              if (scene.tracked(at).isPresent()) {
                References.collect(desired, refs);
              }
              for (Value.Ref ref : refs) {
                scene
                    .trackedAddress(ref.target())
                    .ifPresent(
                        target ->
                            users.computeIfAbsent(target, _ -> new LinkedHashSet<>()).add(at));
              }
            });
    return users;
  }

  private Optional<TypeSchema> schema(Address at) {
    return schemas.computeIfAbsent(
        at,
        _ ->
            scene
                .account(at.account())
                .flatMap(scene::quietly)
                .flatMap(spot -> spot.schema(at.type())));
  }

  private static boolean points(TypeSchema.Link link, Address to) {
    return link.to().stream().anyMatch(type -> unversioned(type).equals(unversioned(to.type())));
  }

  private static String unversioned(ResourceType type) {
    return type.family() + ":" + type.unversioned();
  }

  /** An output as text. */
  static Optional<String> output(Resource resource, Pointer at) {
    if (at.segments().isEmpty()) {
      return Optional.of(resource.id().value());
    }
    return at.in(resource.properties()).orElse(Value.NULL) instanceof Text(var text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
