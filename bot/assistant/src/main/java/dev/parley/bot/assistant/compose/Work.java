package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.text.Names;
import dev.parley.identity.WhenChatIsDown;
import dev.parley.plan.Cap;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.resource.Address;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Draft while it is being made. */
final class Work {
  private final Map<String, Make> makes = new LinkedHashMap<>();
  private final Map<Address, Want> others = new LinkedHashMap<>();
  private final Set<String> carried = new LinkedHashSet<>();
  private final Set<String> made = new LinkedHashSet<>();
  private final Set<String> touched = new LinkedHashSet<>();
  final List<String> notes = new ArrayList<>();
  final Map<String, String> tags = new LinkedHashMap<>();
  Optional<String> environment = Optional.empty();
  Place place = Place.ANY;
  Optional<Cap> cap = Optional.empty();
  boolean rollback;
  Optional<WhenChatIsDown> whenChatIsDown = Optional.empty();

  /** Whether something that existed or was drafted was spoken of. */
  boolean referred;

  /** Whether something new was asked for. */
  boolean creates;

  /** Takes over a draft. */
  void carry(Draft draft) {
    environment = draft.environment();
    place = draft.place();
    cap = draft.cap();
    rollback = draft.rollback();
    whenChatIsDown = draft.whenChatIsDown();
    tags.putAll(draft.tags());
    for (Want want : draft.wants()) {
      if (want instanceof Make make) {
        makes.put(make.name(), make);
        carried.add(make.name());
      }
    }
  }

  /** Takes over a want about something that exists. */
  void carry(Want want) {
    switch (want) {
      case Want.Remove remove -> others.put(remove.at(), remove);
      case Want.Alter alter -> others.put(alter.at(), alter);
      case Want.Invoke _, Make _ -> {}
    }
  }

  List<Make> makes() {
    return List.copyOf(makes.values());
  }

  Optional<Make> make(String name) {
    return Optional.ofNullable(makes.get(name));
  }

  /** Whether it was in the draft before this message. */
  boolean wasCarried(String name) {
    return carried.contains(name);
  }

  boolean carriesAny() {
    return !carried.isEmpty();
  }

  /** What this message newly wants, in the order it was said. */
  List<Make> fresh() {
    return makes.values().stream().filter(make -> made.contains(make.name())).toList();
  }

  Set<String> touched() {
    return touched;
  }

  void put(Make make) {
    if (!carried.contains(make.name())) {
      made.add(make.name());
    }
    touched.add(make.name());
    makes.put(make.name(), make);
  }

  /** Changes what is drafted, without it counting as spoken of. */
  void adjust(Make make) {
    makes.put(make.name(), make);
  }

  void put(Want want, Address at) {
    others.put(at, want);
  }

  Optional<Want> other(Address at) {
    return Optional.ofNullable(others.get(at));
  }

  List<Want> others() {
    return List.copyOf(others.values());
  }

  /** Takes a make out, and its name out of every argument. */
  void drop(String name) {
    makes.remove(name);
    made.remove(name);
    carried.remove(name);
    makes.replaceAll((_, make) -> without(make, name));
  }

  /** Takes out what was carried and not spoken of. */
  void dropUntouched() {
    Set<String> needed = new TreeSet<>(touched);
    makes.values().stream()
        .filter(make -> touched.contains(make.name()))
        .forEach(make -> mentions(make, needed));
    List.copyOf(carried).stream().filter(name -> !needed.contains(name)).forEach(makes::remove);
  }

  void forgetOthers() {
    others.clear();
  }

  void forgetMakes() {
    List.copyOf(makes.keySet()).forEach(this::drop);
  }

  private void mentions(Make make, Set<String> names) {
    if (make.what() instanceof OfService(_, var arguments)) {
      arguments.fields().values().forEach(value -> mentions(value, names));
    }
  }

  private void mentions(Value value, Set<String> names) {
    switch (value) {
      case Text(var text) when makes.containsKey(text) -> names.add(text);
      case Value.Ref(var target, _) -> names.add(target);
      case Items(var items) -> items.forEach(item -> mentions(item, names));
      default -> {}
    }
  }

  private static Make without(Make make, String name) {
    if (!(make.what() instanceof OfService(var service, var arguments))) {
      return make;
    }
    Fields kept = arguments;
    for (var entry : arguments.fields().entrySet()) {
      boolean names =
          !Set.of("engine", "runtime", "image", "size", "version").contains(entry.getKey());
      if (names && entry.getValue() instanceof Text(var text) && text.equals(name)) {
        kept = kept.without(entry.getKey());
      } else if (entry.getValue() instanceof Value.Ref(var target, _) && target.equals(name)) {
        kept = kept.without(entry.getKey());
      } else if (entry.getValue() instanceof Items(var items) && items.contains(Value.text(name))) {
        kept =
            kept.with(
                entry.getKey(),
                new Items(items.stream().filter(item -> !item.equals(Value.text(name))).toList()));
      }
    }
    return kept == arguments
        ? make
        : new Make(make.name(), new OfService(service, kept), make.place());
  }

  /** With arguments set. */
  static Make with(Make make, Fields arguments) {
    if (!(make.what() instanceof OfService(var service, var before))) {
      return make;
    }
    Fields merged = before;
    for (var entry : arguments.fields().entrySet()) {
      merged = merged.with(entry.getKey(), entry.getValue());
    }
    return new Make(make.name(), new OfService(service, merged), make.place());
  }

  /** The makes of a service that share a base name, in the order of their numbers. */
  List<Make> group(String service, String base) {
    return makes.values().stream()
        .filter(
            make ->
                Target.service(make).filter(service::equals).isPresent()
                    && Names.base(make.name()).equals(base))
        .sorted(java.util.Comparator.comparingInt(make -> Names.number(make.name())))
        .toList();
  }

  /** The base names of a service's makes. */
  List<String> bases(String service) {
    return makes.values().stream()
        .filter(make -> Target.service(make).filter(service::equals).isPresent())
        .map(make -> Names.base(make.name()))
        .distinct()
        .toList();
  }

  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }
}
