package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Make;
import dev.parley.resource.Tracked;
import dev.parley.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds what a noun means among what is drafted and what exists. */
final class Finder {
  private final Scene scene;
  private final Work work;
  private final Memory memory;
  private final Predicate<Tracked> area;

  /**
   * @param area where it must be, if the message says so
   */
  Finder(Scene scene, Work work, Memory memory, Predicate<Tracked> area) {
    this.scene = scene;
    this.work = work;
    this.memory = memory;
    this.area = area;
  }

  /** Whether a noun means something there is. */
  boolean refers(Noun noun) {
    return switch (noun.kind()) {
      case Noun.OfName(var name) -> work.make(name).isPresent() || !scene.named(name).isEmpty();
      case Noun.OfGroup _ -> true;
      case Noun.OfService(var service, _, _) ->
          !noun.names().isEmpty()
                  && noun.names().stream().allMatch(name -> !named(name, service).isEmpty())
              || !noun.indefinite()
                  && noun.names().isEmpty()
                  && !candidates(noun, service).isEmpty();
      case Noun.OfType(var type) ->
          !noun.names().isEmpty()
              && noun.names().stream()
                  .allMatch(
                      name -> scene.named(name).stream().anyMatch(t -> t.at().type().equals(type)));
      case Noun.OfBlueprint _ -> false;
    };
  }

  /** What a noun means; asks which one if that is open. */
  List<Target> find(Noun noun, Predicate<Target> suited) {
    return switch (noun.kind()) {
      case Noun.OfName(var name) -> byName(name, List.of());
      case Noun.OfGroup(var group) -> pronoun(group, suited);
      case Noun.OfService(var service, _, _) ->
          noun.names().isEmpty()
              ? one(noun, service, candidates(noun, service))
              : noun.names().stream()
                  .flatMap(name -> byName(name, named(name, service)).stream())
                  .toList();
      case Noun.OfType(var type) ->
          noun.names().isEmpty()
              ? ask(
                  type.name(),
                  exist(
                      scene.tracked().stream()
                          .filter(t -> t.at().type().equals(type))
                          .filter(area)
                          .toList()))
              : noun.names().stream().flatMap(name -> byName(name, List.of()).stream()).toList();
      case Noun.OfBlueprint _ -> List.of();
    };
  }

  private List<Target> named(String name, String service) {
    List<Target> found = new ArrayList<>();
    work.make(name).ifPresent(make -> found.add(drafted(make)));
    if (found.isEmpty()) {
      scene.named(name).stream()
          .filter(t -> scene.is(t, service))
          .forEach(t -> found.add(existing(t)));
    }
    return found;
  }

  private List<Target> byName(String name, List<Target> suited) {
    if (suited.size() == 1) {
      return suited;
    }
    Optional<Make> make = work.make(name);
    if (make.isPresent()) {
      return List.of(drafted(make.get()));
    }
    List<Tracked> all = scene.named(name).stream().filter(area).toList();
    List<Tracked> found = all.isEmpty() ? scene.named(name) : all;
    if (found.size() <= 1) {
      return exist(found);
    }
    String key = "which:" + name;
    Optional<String> answer = memory.answer(key);
    for (Tracked tracked : found) {
      if (answer
          .filter(
              a -> a.equals(tracked.at().toString()) || a.equalsIgnoreCase(tracked.at().account()))
          .isPresent()) {
        return exist(List.of(tracked));
      }
    }
    throw new Halt(
        memory.ask(
            "resource",
            key,
            "There are several named " + name + ". Which one?",
            found.stream().map(t -> t.at().toString()).toList()));
  }

  private Target drafted(Make make) {
    return new Target(make.name(), Optional.of(make), trackedOf(make));
  }

  /** The resource that a make of the draft has become. */
  Optional<Tracked> trackedOf(Make make) {
    List<Tracked> named = scene.named(make.name());
    return named.stream()
        .filter(t -> Target.service(make).map(service -> scene.is(t, service)).orElse(true))
        .filter(scene::isHere)
        .findFirst();
  }

  private Target existing(Tracked tracked) {
    return new Target(
        tracked.at().name(),
        work.make(tracked.at().name()).filter(m -> scene.isHere(tracked)),
        Optional.of(tracked));
  }

  private List<Target> exist(List<Tracked> tracked) {
    return tracked.stream().map(this::existing).toList();
  }

  /** The things of a service: those drafted, else those of this thread, else all. */
  private List<Target> candidates(Noun noun, String service) {
    List<Target> drafted =
        work.makes().stream()
            .filter(make -> Target.service(make).filter(service::equals).isPresent())
            .map(this::drafted)
            .toList();
    List<Target> found = narrowed(noun, drafted);
    boolean everywhere = noun.which().filter(Which.ALL::equals).isPresent();
    if (found.isEmpty()) {
      found =
          narrowed(
              noun,
              exist(scene.here().stream().filter(t -> scene.is(t, service)).filter(area).toList()));
    }
    if (found.isEmpty() || everywhere && drafted.isEmpty()) {
      found =
          narrowed(
              noun,
              exist(
                  scene.tracked().stream()
                      .filter(t -> scene.is(t, service))
                      .filter(area)
                      .toList()));
    }
    return found;
  }

  /** "The web servers" are those named web; "the orders queue" is the one whose name says so. */
  private List<Target> narrowed(Noun noun, List<Target> targets) {
    List<String> words = new ArrayList<>();
    noun.modifier().ifPresent(words::add);
    if (noun.kind() instanceof Noun.OfService(var service, var base, var arguments)) {
      if (!base.equals(ServiceWords.base(service))) {
        words.add(base);
      }
      arguments.text("engine").ifPresent(words::add);
    }
    List<Target> narrowed = targets;
    for (String word : words) {
      String wanted = Names.of(word);
      List<Target> fewer =
          narrowed.stream()
              .filter(target -> target.name().contains(wanted) || says(target, word))
              .toList();
      narrowed = fewer.isEmpty() ? narrowed : fewer;
    }
    return narrowed;
  }

  private static boolean says(Target target, String word) {
    boolean wanted =
        target
            .make()
            .filter(
                make ->
                    make.what() instanceof Want.OfService(_, var arguments)
                        && arguments.text("engine").filter(word::equals).isPresent())
            .isPresent();
    return wanted
        || target
            .tracked()
            .filter(t -> t.resource().properties().fields().values().contains(Value.text(word)))
            .isPresent();
  }

  private List<Target> one(Noun noun, String service, List<Target> found) {
    if (found.size() <= 1 || noun.plural()) {
      return found;
    }
    return ask(service.replace('-', ' '), found);
  }

  private List<Target> ask(String what, List<Target> found) {
    if (found.size() <= 1) {
      return found;
    }
    String key = "which:" + what;
    Optional<String> answer = memory.answer(key);
    if (answer.isPresent()) {
      List<Target> chosen =
          answer.get().equals("all of them")
              ? found
              : found.stream().filter(t -> t.name().equalsIgnoreCase(answer.get())).toList();
      if (!chosen.isEmpty()) {
        return chosen;
      }
    }
    var choices = new ArrayList<String>();
    found.stream().limit(9).map(Target::name).forEach(choices::add);
    choices.add("all of them");
    throw new Halt(memory.ask("resource", key, "Which " + what + " do you mean?", choices));
  }

  private List<Target> pronoun(Group group, Predicate<Target> suited) {
    return switch (group) {
      case EVERYTHING -> everything();
      case OLD -> old();
      case IT, THEM -> latest(group, suited);
    };
  }

  private List<Target> everything() {
    var all = new LinkedHashSet<Target>();
    work.makes().stream().map(this::drafted).forEach(all::add);
    scene.here().stream()
        .filter(t -> work.make(t.at().name()).isEmpty())
        .map(this::existing)
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** What this thread made and the draft no longer wants; else the one seen longest ago. */
  private List<Target> old() {
    List<Tracked> here = scene.here().stream().filter(t -> principal(t)).toList();
    List<Tracked> unwanted = here.stream().filter(t -> work.make(t.at().name()).isEmpty()).toList();
    if (!unwanted.isEmpty()) {
      return ask("old one", exist(unwanted));
    }
    List<Tracked> pool =
        here.isEmpty() ? scene.tracked().stream().filter(this::principal).toList() : here;
    List<Tracked> old = pool.stream().filter(t -> t.at().name().contains("old")).toList();
    return ask("old one", exist(old.isEmpty() ? pool : old));
  }

  private boolean principal(Tracked tracked) {
    return scene.service(tracked).isPresent();
  }

  private List<Target> latest(Group group, Predicate<Target> suited) {
    List<Target> pool = work.makes().stream().map(this::drafted).filter(suited).toList();
    if (pool.isEmpty()) {
      pool =
          exist(scene.here().stream().filter(this::principal).toList()).stream()
              .filter(suited)
              .toList();
    }
    List<List<Target>> groups = groups(pool);
    if (groups.size() <= 1) {
      return groups.isEmpty() ? List.of() : groups.getFirst();
    }
    List<List<Target>> fresh =
        groups.stream()
            .filter(g -> g.stream().anyMatch(t -> work.touched().contains(t.name())))
            .toList();
    if (fresh.size() == 1) {
      return fresh.getFirst();
    }
    List<List<Target>> several = groups.stream().filter(g -> g.size() > 1).toList();
    if (group == Group.THEM && several.size() == 1) {
      return several.getFirst();
    }
    return chooseGroup(groups);
  }

  /** Things of one service and base name belong together. */
  List<List<Target>> groups(List<Target> pool) {
    var groups = new java.util.LinkedHashMap<String, List<Target>>();
    for (Target target : pool) {
      String key = target.service(scene).orElse("") + "/" + Names.base(target.name());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(target);
    }
    return List.copyOf(groups.values());
  }

  /** One of several groups: that spoken of last, or as answered. */
  List<Target> chooseGroup(List<List<Target>> groups) {
    Optional<List<Target>> spoken = spokenOfLast(groups);
    if (spoken.isPresent()) {
      return spoken.get();
    }
    Optional<String> answer = memory.answer("which:it");
    for (List<Target> one : groups) {
      if (answer.filter(label(one)::equalsIgnoreCase).isPresent()) {
        return one;
      }
    }
    throw new Halt(
        memory.ask(
            "resource",
            "which:it",
            "Which do you mean?",
            groups.stream().map(this::label).toList()));
  }

  private Optional<List<Target>> spokenOfLast(List<List<Target>> groups) {
    var turns = scene.conversation().turns();
    for (int i = turns.size() - 1; i >= 0 && i >= turns.size() - 4; i--) {
      if (turns.get(i).user().equals("parley")) {
        continue;
      }
      String text =
          " "
              + turns
                  .get(i)
                  .text()
                  .toLowerCase(java.util.Locale.ROOT)
                  .replaceAll("[^a-z0-9-]+", " ")
              + " ";
      List<List<Target>> spoken =
          groups.stream()
              .filter(
                  g ->
                      g.stream().anyMatch(t -> text.contains(" " + t.name() + " "))
                          || saysService(text, g.getFirst()))
              .toList();
      if (spoken.size() == 1) {
        return Optional.of(spoken.getFirst());
      }
      if (!spoken.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean saysService(String text, Target target) {
    return target
        .service(scene)
        .filter(
            service ->
                scene.services().offerings(service).stream()
                    .flatMap(offering -> offering.words().stream())
                    .anyMatch(
                        word ->
                            text.contains(" " + word + " ") || text.contains(" " + word + "s ")))
        .isPresent();
  }

  private String label(List<Target> group) {
    String first = group.getFirst().name();
    return group.size() == 1 ? first : first + " to " + group.getLast().name();
  }

  /** Nothing of the kind. */
  Halt none(Noun noun, List<String> understood) {
    String said =
        switch (noun.kind()) {
          case Noun.OfName(var name) -> name;
          case Noun.OfGroup _ -> "what “it” means";
          case Noun.OfService(var service, _, _) ->
              noun.names().isEmpty()
                  ? "a " + service.replace('-', ' ')
                  : String.join(", ", noun.names());
          case Noun.OfType(var type) ->
              noun.names().isEmpty() ? type.name() : String.join(", ", noun.names());
          case Noun.OfBlueprint(var name) -> name;
        };
    List<String> known =
        scene.tracked().stream().map(t -> t.at().name()).distinct().limit(5).toList();
    return new Halt(
        new Reading.Lost(
            understood,
            List.of(said),
            "There is no such thing in this thread or among the resources Parley keeps."
                + (known.isEmpty()
                    ? " Ask for something to be made first."
                    : " Known are, for example: " + String.join(", ", known) + ".")));
  }

  static boolean isPlace(Concept concept) {
    return concept instanceof Concept.Region
        || concept instanceof Concept.City
        || concept instanceof Concept.AccountId
        || concept instanceof Concept.Family;
  }
}
