package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Draft;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.plan.Want.OfType;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives a ready-made draft names that no other thread's resources bear. */
final class Unclaimed {
  /** Arguments whose text is never a name of something else in the draft. */
  private static final Set<String> PLAIN = Set.of("engine", "runtime", "image", "size", "version");

  private final Scene scene;
  private final Work work;

  Unclaimed(Scene scene, Work work) {
    this.scene = scene;
    this.work = work;
  }

  /**
   * The draft with free names, in its references too. Where one of several numbered ones is taken
   * all of them move on, so that they stay together.
   *
   * @param given names that a person gave and that stay
   */
  Draft names(Draft draft, Set<String> given) {
    List<String> names =
        draft.wants().stream().filter(Make.class::isInstance).map(w -> ((Make) w).name()).toList();
    var groups = new LinkedHashMap<String, List<String>>();
    names.forEach(
        name -> groups.computeIfAbsent(Names.base(name), _ -> new ArrayList<>()).add(name));
    var renamed = new LinkedHashMap<String, String>();
    var used = new HashSet<>(names);
    for (var group : groups.entrySet()) {
      boolean taken =
          group.getValue().stream()
              .anyMatch(name -> scene.takenElsewhere(name) && !given.contains(name));
      if (taken) {
        group.getValue().forEach(used::remove);
      }
      int number = 1;
      for (String name : taken ? group.getValue() : List.<String>of()) {
        String free = name;
        while (!free(free, used)) {
          number++;
          free = Names.numbered(group.getKey(), number);
        }
        used.add(free);
        if (!free.equals(name)) {
          renamed.put(name, free);
        }
      }
    }
    if (renamed.isEmpty()) {
      return draft;
    }
    work.note(
        "These names are taken by another conversation, so fresh ones are given: "
            + String.join(", ", renamed.values())
            + ".");
    List<Want> wants =
        draft.wants().stream()
            .map(want -> want instanceof Make make ? renamed(make, renamed) : want)
            .toList();
    return new Draft(
        draft.title(),
        draft.environment(),
        draft.place(),
        wants,
        draft.tags(),
        draft.cap(),
        draft.rollback(),
        draft.whenChatIsDown(),
        draft.planner());
  }

  private boolean free(String name, Set<String> used) {
    return !used.contains(name) && !scene.takenElsewhere(name) && work.make(name).isEmpty();
  }

  private static Make renamed(Make make, Map<String, String> names) {
    Want.What what =
        switch (make.what()) {
          case OfService(var service, var arguments) ->
              new OfService(service, renamed(arguments, names, true));
          case OfType(var type, var properties) ->
              new OfType(type, renamed(properties, names, false));
        };
    return new Make(names.getOrDefault(make.name(), make.name()), what, make.place());
  }

  private static Fields renamed(Fields fields, Map<String, String> names, boolean texts) {
    Fields result = fields;
    for (var entry : fields.fields().entrySet()) {
      result =
          result.with(
              entry.getKey(),
              renamed(entry.getValue(), names, texts && !PLAIN.contains(entry.getKey())));
    }
    return result;
  }

  private static Value renamed(Value value, Map<String, String> names, boolean texts) {
    return switch (value) {
      case Text(var text) when texts && names.containsKey(text) ->
          new Text(names.getOrDefault(text, text));
      case Ref(var target, var pointer) -> new Ref(names.getOrDefault(target, target), pointer);
      case Items(var items) ->
          new Items(items.stream().map(item -> renamed(item, names, texts)).toList());
      case Fields fields -> renamed(fields, names, texts);
      default -> value;
    };
  }
}
