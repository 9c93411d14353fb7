package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.text.Names;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.identity.Account;
import dev.parley.plan.Place;
import dev.parley.plan.Reading;
import dev.parley.plan.Want.Alter;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.plan.Want.OfType;
import dev.parley.plan.Want.Remove;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Changes what is drafted or exists: qualities, sizes, places, numbers. */
final class Changer {
  /**
   * Observed values that mean the same in a new resource; the others are ids of the old one's
   * parts.
   */
  private static final Set<String> COPIED =
      Set.of(
          "size",
          "image",
          "disk",
          "engine",
          "version",
          "storage",
          "runtime",
          "functionMemory",
          "timeout",
          "retention",
          "encrypted",
          "public",
          "multiAz");

  private final Scene scene;
  private final Work work;
  private final Finder finder;
  private final Firewalls firewalls;

  Changer(Scene scene, Work work, Finder finder) {
    this.scene = scene;
    this.work = work;
    this.finder = finder;
    this.firewalls = new Firewalls(scene, work);
  }

  /** Changes targets as the clause says; false if it says nothing about them. */
  boolean change(
      List<Target> targets,
      List<Quality> qualities,
      Clause clause,
      List<Pair> pairs,
      Places.Said move,
      Places places) {
    boolean changed = false;
    var walled = new ArrayList<Target>();
    var ports = new ArrayList<Value>();
    var unused = new ArrayList<Quality>();
    for (Target target : targets) {
      Optional<String> service = target.service(scene);
      Fields arguments = Fields.EMPTY;
      if (service.isPresent()) {
        boolean sourced = clause.world() || !clause.ranges().isEmpty();
        Qualities fitting = Qualities.of(qualities, service.get(), scene.services(), sourced);
        arguments = opened(target, service.get(), fitting.arguments(), clause);
        if (!fitting.ports().isEmpty()) {
          walled.add(target);
          ports.addAll(fitting.ports());
        }
        unused.addAll(fitting.unused());
      }
      arguments = Qualities.merge(arguments, pairs(target, pairs));
      if (clause.step().isPresent() && service.isPresent()) {
        arguments = arguments.with("size", step(target, service.get(), clause.step().getAsInt()));
      }
      boolean moved = !move.isEmpty() && move(target, move, places);
      if (!arguments.isEmpty()) {
        set(target, arguments);
      }
      changed |= moved || !arguments.isEmpty();
    }
    if (!ports.isEmpty()) {
      boolean open =
          qualities.stream()
              .anyMatch(
                  q ->
                      q.options()
                          .getFirst()
                          .get("public")
                          .filter(Value.bool(true)::equals)
                          .isPresent());
      firewalls.open(
          walled,
          List.copyOf(new java.util.LinkedHashSet<>(ports)),
          Firewalls.source(clause, open));
      changed = true;
    }
    if (!unused.isEmpty() && !changed) {
      throw new Halt(
          new Reading.Lost(
              targets.stream().map(Target::name).toList(),
              unused.stream()
                  .map(q -> String.join(", ", q.options().getFirst().fields().keySet()))
                  .distinct()
                  .toList(),
              targets.getFirst().name()
                  + " has no such setting. Say what of it shall change, for example its size."));
    }
    return changed;
  }

  private Fields opened(Target target, String service, Fields arguments, Clause clause) {
    List<Value> more = arguments.itemsAt("ports");
    if (more.isEmpty()) {
      return arguments;
    }
    List<Value> before =
        target
            .make()
            .filter(m -> m.what() instanceof OfService)
            .map(m -> ((OfService) m.what()).arguments().itemsAt("ports"))
            .orElse(List.of());
    Fields all = arguments.with("ports", Qualities.union(before, more));
    Optional<Value> source = Firewalls.source(clause, false);
    return source.isPresent() && scene.services().takes(service, "source")
        ? all.with("source", source.get())
        : all;
  }

  private Fields pairs(Target target, List<Pair> pairs) {
    Fields arguments = Fields.EMPTY;
    Optional<TypeSchema> schema =
        target
            .tracked()
            .flatMap(t -> scene.services().schema(t.at().type()))
            .or(
                () ->
                    target
                        .make()
                        .flatMap(
                            m ->
                                m.what() instanceof OfType(var type, _)
                                    ? scene.services().schema(type)
                                    : Optional.empty()));
    for (Pair pair : pairs) {
      boolean role =
          target.service(scene).filter(s -> scene.services().takes(s, pair.key())).isPresent();
      Pointer place = Literals.place(pair.key(), schema);
      arguments =
          arguments.with(role ? pair.key() : place.toString(), Literals.read(pair, place, schema));
    }
    return arguments;
  }

  private Value step(Target target, String service, int by) {
    Optional<String> account =
        target
            .tracked()
            .map(t -> t.at().account())
            .or(() -> target.make().flatMap(m -> m.place().account()))
            .or(() -> work.place.account());
    Offering offering =
        scene
            .offering(service, account)
            .orElseThrow(() -> sizeless(target.name() + " has no sizes to choose from."));
    String current =
        SizeSteps.current(target, offering)
            .orElseThrow(
                () ->
                    sizeless(
                        "The size of " + target.name() + " is not known; name the one you want."));
    return SizeSteps.step(current, by, offering)
        .orElseThrow(
            () ->
                sizeless(
                    target.name()
                        + " is "
                        + current
                        + ", and no "
                        + (by > 0 ? "bigger" : "smaller")
                        + " size is known; name the one you want."));
  }

  private static Halt sizeless(String why) {
    return new Halt(new Reading.Lost(List.of("change the size"), List.of(), why));
  }

  private boolean move(Target target, Places.Said said, Places places) {
    Optional<String> account =
        target.tracked().map(t -> t.at().account()).or(() -> work.place.account());
    Optional<String> family = account.flatMap(scene::account).map(Account::family);
    Optional<String> region =
        family.flatMap(f -> places.region(f, said)).or(() -> said.region().map(r -> r.code()));
    if (target.make().isPresent()) {
      Make make = work.make(target.name()).orElse(target.make().get());
      Place old = make.place();
      work.put(
          new Make(
              make.name(),
              make.what(),
              new Place(
                  said.account().or(old::account),
                  said.account().isPresent() ? Optional.empty() : said.family().or(old::family),
                  region.or(old::region),
                  false)));
      return true;
    }
    if (target.tracked().isPresent() && region.isPresent()) {
      Address at = target.tracked().get().at();
      Fields before =
          work.other(at)
              .filter(Alter.class::isInstance)
              .map(w -> ((Alter) w).arguments())
              .orElse(Fields.EMPTY);
      work.put(new Alter(at, before, region), at);
      return true;
    }
    return false;
  }

  private void set(Target target, Fields arguments) {
    Optional<Make> make = target.make().flatMap(m -> work.make(m.name()));
    if (make.isPresent()) {
      work.put(
          make.get().what() instanceof OfType(var type, var properties)
              ? new Make(
                  make.get().name(),
                  new OfType(type, pointed(properties, arguments)),
                  make.get().place())
              : Work.with(make.get(), arguments));
    } else {
      target
          .tracked()
          .ifPresent(
              t -> {
                Optional<Alter> before =
                    work.other(t.at()).filter(Alter.class::isInstance).map(Alter.class::cast);
                Fields all =
                    before.map(a -> Qualities.merge(a.arguments(), arguments)).orElse(arguments);
                work.put(new Alter(t.at(), all, before.flatMap(Alter::region)), t.at());
              });
    }
  }

  private static Fields pointed(Fields properties, Fields arguments) {
    Fields result = properties;
    for (var entry : arguments.fields().entrySet()) {
      result =
          (entry.getKey().startsWith("/")
                  ? Pointer.of(entry.getKey())
                  : Pointer.ROOT.child(entry.getKey()))
              .set(result, entry.getValue());
    }
    return result;
  }

  /** Makes a group have so many members. */
  void resize(List<Target> group, int wanted, boolean more) {
    Target first = group.getFirst();
    String base = Names.base(first.name());
    int count = Math.max(0, more ? group.size() + wanted : wanted);
    if (count > 1000) {
      throw new Halt(
          new Reading.Lost(
              List.of("scale " + base),
              List.of(Integer.toString(count)),
              "One request may want at most 1000 of a kind."));
    }
    List<Target> ordered = new ArrayList<>(group);
    ordered.sort(java.util.Comparator.comparingInt(t -> Names.number(t.name())));
    var names = new ArrayList<String>();
    boolean rename =
        ordered.size() == 1
            && Names.number(first.name()) == 0
            && first.tracked().isEmpty()
            && count > 1;
    Make model = model(first);
    if (rename) {
      names.add(Names.numbered(base, 1));
      replaceName(first.name(), names.getFirst());
    } else {
      ordered.stream().limit(count).map(Target::name).forEach(names::add);
    }
    for (Target surplus : ordered.subList(Math.min(count, ordered.size()), ordered.size())) {
      remove(surplus);
    }
    names.forEach(name -> work.make(name).ifPresent(work::put));
    int number = names.stream().mapToInt(Names::number).max().orElse(0);
    number = Math.max(number, 1);
    var added = new ArrayList<String>();
    while (names.size() + added.size() < count) {
      number++;
      String name = Names.numbered(base, number);
      if (!scene.takenElsewhere(name)) {
        work.put(new Make(name, model.what(), model.place()));
        added.add(name);
      }
    }
    follow(names, added);
    work.referred = true;
  }

  /** Gives what is only drafted another name. */
  void rename(List<Target> group, String wanted) {
    for (Target target : group) {
      if (target.tracked().isPresent()) {
        throw new Halt(
            new Reading.Lost(
                List.of("rename " + target.name()),
                List.of(),
                target.name()
                    + " exists already, and a name can't be changed. Make a new one and delete the"
                    + " old one."));
      }
    }
    String base = Names.of(wanted);
    for (Target target : group) {
      String name =
          group.size() == 1 ? base : Names.numbered(base, Math.max(1, Names.number(target.name())));
      if (!name.isEmpty() && !name.equals(target.name())) {
        replaceName(target.name(), name);
      }
    }
    work.referred = true;
  }

  private void replaceName(String old, String now) {
    Make make = work.make(old).orElseThrow();
    Set<String> mentioning = new TreeSet<>();
    work.makes().stream().filter(m -> lists(m, old)).forEach(m -> mentioning.add(m.name()));
    work.put(new Make(now, make.what(), make.place()));
    for (String name : mentioning) {
      Make m = work.make(name).orElseThrow();
      work.put(
          Work.with(
              m, Fields.of("targets", Qualities.union(targets(m), List.of(Value.text(now))))));
    }
    work.drop(old);
  }

  private static boolean lists(Make make, String name) {
    return targets(make).contains(Value.text(name));
  }

  private static List<Value> targets(Make make) {
    return make.what() instanceof OfService(_, var arguments)
        ? arguments.itemsAt("targets")
        : List.of();
  }

  /** What listed any member lists the new ones too. */
  void follow(List<String> names, List<String> added) {
    if (added.isEmpty()) {
      return;
    }
    for (Make make : work.makes()) {
      if (names.stream().anyMatch(name -> lists(make, name))) {
        List<Value> more = added.stream().map(name -> (Value) Value.text(name)).toList();
        work.put(Work.with(make, Fields.of("targets", Qualities.union(targets(make), more))));
      }
    }
  }

  /** How another one of the kind is made. */
  private Make model(Target target) {
    if (target.make().isPresent()) {
      return target.make().get();
    }
    Tracked tracked = target.tracked().orElseThrow();
    String service =
        target
            .service(scene)
            .orElseThrow(
                () ->
                    new Halt(
                        new Reading.Lost(
                            List.of("more like " + target.name()),
                            List.of(),
                            "Say what they shall look like: create "
                                + tracked.at().type().unversioned()
                                + " NAME Property=value.")));
    Fields arguments = Fields.EMPTY;
    Optional<Offering> offering = scene.offering(service, Optional.of(tracked.at().account()));
    if (offering.isPresent()) {
      for (var role : offering.get().roles().entrySet()) {
        Optional<Value> value = role.getValue().in(tracked.resource().properties());
        boolean plain =
            value.isPresent()
                && (value.get() instanceof Value.Text || value.get() instanceof Value.Num);
        if (plain && COPIED.contains(role.getKey())) {
          arguments = arguments.with(role.getKey(), value.get());
        }
      }
    }
    Place place =
        new Place(
            Optional.of(tracked.at().account()),
            Optional.empty(),
            Optional.of(tracked.resource().region()),
            false);
    return new Make(tracked.at().name(), new OfService(service, arguments), place);
  }

  /** Takes a target away: out of the draft, and out of the world if it exists, with its parts. */
  void remove(Target target) {
    Optional<String> service = target.service(scene);
    target.make().ifPresent(make -> work.drop(make.name()));
    work.referred = true;
    if (target.tracked().isEmpty()) {
      return;
    }
    Tracked tracked = target.tracked().get();
    work.put(new Remove(tracked.at()), tracked.at());
    service
        .flatMap(s -> scene.offering(s, Optional.of(tracked.at().account())))
        .ifPresent(
            offering -> {
              for (Offering.Part part : offering.parts()) {
                boolean own = !part.suffix().isEmpty();
                if (own) {
                  Address at =
                      new Address(
                          tracked.at().account(), part.type(), tracked.at().name() + part.suffix());
                  scene.tracked().stream()
                      .filter(t -> t.at().equals(at))
                      .forEach(t -> work.put(new Remove(at), at));
                }
              }
            });
  }

  /** Whether a clause's qualities suit a target. */
  boolean suits(Target target, Clause clause, List<Quality> qualities) {
    Optional<String> service = target.service(scene);
    if (service.isEmpty()) {
      return true;
    }
    Qualities fitting = Qualities.of(qualities, service.get(), scene.services());
    boolean sized = clause.step().isEmpty() || scene.services().takes(service.get(), "size");
    return fitting.unused().isEmpty() && sized && sizeFits(service.get(), qualities);
  }

  /** A sku that some services list fits only those. */
  private boolean sizeFits(String service, List<Quality> qualities) {
    return qualities.stream()
        .allMatch(q -> q.services().isEmpty() || q.services().contains(service));
  }

  /**
   * The group a bare number speaks of.
   *
   * @param words what else was said; the name that the members of one group share tells it
   */
  List<Target> countable(Optional<Noun> noun, List<String> words) {
    List<Target> pool =
        noun.isPresent()
            ? finder.find(noun.get(), t -> t.service(scene).isPresent())
            : work.makes().stream()
                .filter(m -> Target.service(m).isPresent())
                .map(m -> new Target(m.name(), Optional.of(m), finder.trackedOf(m)))
                .toList();
    List<List<Target>> groups = finder.groups(pool);
    if (groups.size() <= 1) {
      return groups.isEmpty() ? List.of() : groups.getFirst();
    }
    Set<String> said = words.stream().map(Names::of).collect(java.util.stream.Collectors.toSet());
    List<List<Target>> called =
        groups.stream().filter(g -> said.contains(Names.base(g.getFirst().name()))).toList();
    if (called.size() == 1) {
      return called.getFirst();
    }
    List<List<Target>> several = groups.stream().filter(g -> g.size() > 1).toList();
    if (several.size() == 1) {
      return several.getFirst();
    }
    Set<String> balanced = new TreeSet<>();
    work.makes()
        .forEach(
            m ->
                targets(m)
                    .forEach(
                        t -> {
                          if (t instanceof Value.Text(var name)) {
                            balanced.add(name);
                          }
                        }));
    List<List<Target>> behind =
        groups.stream().filter(g -> balanced.contains(g.getFirst().name())).toList();
    if (behind.size() == 1) {
      return behind.getFirst();
    }
    List<List<Target>> machines =
        groups.stream()
            .filter(
                g ->
                    g.getFirst()
                        .service(scene)
                        .filter(
                            s ->
                                scene.services().takes(s, "image")
                                    && scene.services().takes(s, "size"))
                        .isPresent())
            .toList();
    if (machines.size() == 1) {
      return machines.getFirst();
    }
    return finder.chooseGroup(groups);
  }

  static Items texts(List<Make> makes) {
    return Value.texts(makes.stream().map(Make::name).toList());
  }
}
