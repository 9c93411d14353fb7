package dev.parley.rules.scene;

import dev.parley.rules.logic.Found;
import dev.parley.rules.logic.Tri;
import dev.parley.rules.logic.View;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plan as a whole: what it costs, and what stands around it. One thread judges it. */
public final class PlanSubject implements View {
  private final Scene scene;
  private final Map<String, Found> derived = new HashMap<>();

  PlanSubject(Scene scene) {
    this.scene = scene;
  }

  /** The environment the plan is for. */
  public String environment() {
    return scene.facts().plan().environment();
  }

  @Override
  public Fields properties() {
    return Fields.EMPTY;
  }

  @Override
  public Found context(Pointer at) {
    String name = at.segments().getFirst();
    Found found = derived.get(name);
    if (found == null) {
      found = PlanContext.derive(scene, name);
      derived.put(name, found);
    }
    Pointer rest = new Pointer(at.segments().subList(1, at.segments().size()));
    return found instanceof Found.Known(var value) && !rest.segments().isEmpty()
        ? Found.in(value, rest)
        : found;
  }

  @Override
  public Pointer origin(Pointer context) {
    return Pointer.ROOT;
  }

  @Override
  public List<ResourceSubject> others(Set<String> types) {
    return scene.resources(types);
  }

  @Override
  public Tri pointsAt(View other) {
    return Tri.FAIL;
  }
}
