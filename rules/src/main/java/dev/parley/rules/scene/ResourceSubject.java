package dev.parley.rules.scene;

import dev.parley.resource.Address;
import dev.parley.resource.ResourceId;
import dev.parley.rules.logic.Found;
import dev.parley.rules.logic.Tri;
import dev.parley.rules.logic.View;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One resource of a plan, or one that stands already. One thread judges it. */
public final class ResourceSubject implements View {
  private final Scene scene;
  private final Address address;
  private final String action;
  private final String region;
  private final Optional<ResourceId> id;
  private final Fields properties;
  private final Traits traits;
  private final String type;
  private final String environment;
  private final Tags tags;
  private final Map<String, Found> derived = new HashMap<>();

  ResourceSubject(
      Scene scene,
      Address address,
      String action,
      String region,
      Optional<ResourceId> id,
      Fields properties) {
    this.scene = scene;
    this.address = address;
    this.action = action;
    this.region = region;
    this.id = id;
    this.properties = properties;
    this.traits = Traits.of(address.type());
    this.type = Traits.key(address.type());
    this.environment = scene.environment(address);
    this.tags = Tags.of(address.type().family(), properties);
  }

  /** Which resource. */
  public Address address() {
    return address;
  }

  /**
   * What the plan does with it: create, update, replace, delete, call; {@code none} for one that
   * stays.
   */
  public String action() {
    return action;
  }

  /** Family and type without version. */
  public String type() {
    return type;
  }

  /** The environment it is in. */
  public String environment() {
    return environment;
  }

  Tags tags() {
    return tags;
  }

  String region() {
    return region;
  }

  Traits traits() {
    return traits;
  }

  Scene scene() {
    return scene;
  }

  Optional<ResourceId> id() {
    return id;
  }

  /**
   * Whether carrying out the plan would lose something that matters: it is stateful, protected or
   * in production.
   */
  public boolean loss() {
    boolean goes = action.equals("delete") || action.equals("replace");
    Found guarded = tags.get(scene.parameters().tags().protectedFrom());
    boolean held =
        guarded instanceof Found.Known(Value.Text(var text)) && text.equalsIgnoreCase("true");
    return goes && (held || traits.stateful() || scene.parameters().isProduction(environment()));
  }

  @Override
  public Fields properties() {
    return properties;
  }

  @Override
  public Found context(Pointer at) {
    String name = at.segments().getFirst();
    Found found = derived.get(name);
    if (found == null) {
      found = ResourceContext.derive(this, name);
      derived.put(name, found);
    }
    Pointer rest = new Pointer(at.segments().subList(1, at.segments().size()));
    return found instanceof Found.Known(var value) && !rest.segments().isEmpty()
        ? Found.in(value, rest)
        : found;
  }

  @Override
  public Pointer origin(Pointer context) {
    return switch (context.segments().getFirst()) {
      case "tags", "missingTags", "badTags", "missingCostTags" -> {
        Pointer place = tags.at();
        yield context.segments().size() == 2
                && place.in(properties).orElse(Value.NULL) instanceof Fields
            ? place.child(context.segments().get(1))
            : place;
      }
      case "sku" -> place(traits.size());
      case "capacity" -> place(traits.capacity());
      default -> Pointer.ROOT;
    };
  }

  private Pointer place(List<Pointer> places) {
    return places.stream()
        .filter(at -> at.in(properties).isPresent())
        .findFirst()
        .orElse(places.isEmpty() ? Pointer.ROOT : places.getFirst());
  }

  @Override
  public List<ResourceSubject> others(Set<String> types) {
    return scene.resources(types);
  }

  @Override
  public Tri pointsAt(View other) {
    return other instanceof ResourceSubject resource
        ? scene.links().from(this, resource)
        : Tri.FAIL;
  }
}
