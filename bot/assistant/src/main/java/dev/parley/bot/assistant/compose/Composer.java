package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Frame;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Group;
import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.identity.Account;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Invoke;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.resource.Tracked;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Composes a Draft of a request: each clause does its work on the thread's draft, then the whole is
 * settled.
 */
public final class Composer {
  private static final String NAME = "offline";

  private final Scene scene;
  private final Memory memory;
  private final Request request;
  private final Work work = new Work();
  private final Places.Said place;
  private final Finder finder;
  private final Maker maker;
  private final Changer changer;
  private final Linker linker;
  private final Places places;
  private final Implied implied;
  private final boolean done;
  private boolean creates;

  private Composer(Scene scene, Memory memory, Request request) {
    this.scene = scene;
    this.memory = memory;
    this.request = request;
    place = Places.Said.of(common(request));
    finder = new Finder(scene, work, memory, area(request.frame()));
    maker = new Maker(scene, work);
    changer = new Changer(scene, work, finder);
    linker = new Linker(scene, work);
    places = new Places(scene, work, memory);
    implied = new Implied(scene, work);
    done = scene.conversation().current().map(scene::isDone).orElse(true);
  }

  /** What a request comes to. */
  public static Reading compose(Request request, Scene scene, Memory memory) {
    try {
      return new Composer(scene, memory, request).compose();
    } catch (Halt halt) {
      return halt.reading();
    }
  }

  /** The places that hold for all: those that nothing else is set against. */
  private static List<Concept> common(Request request) {
    List<Concept> own =
        request.clauses().stream()
            .flatMap(c -> c.nouns().stream())
            .flatMap(n -> n.places().stream())
            .toList();
    return request.frame().places().stream().filter(p -> !own.contains(p)).toList();
  }

  private Predicate<Tracked> area(Frame frame) {
    Places.Said said = Places.Said.of(frame.places());
    boolean moving =
        request.clauses().stream()
            .anyMatch(c -> c.verb().filter(v -> v.intent() != Intent.REMOVE).isPresent());
    if (moving) {
      return _ -> true;
    }
    return tracked -> {
      Optional<Account> account = scene.account(tracked.at().account());
      return said.account().map(tracked.at().account()::equals).orElse(true)
          && said.family().map(f -> tracked.at().type().family().equals(f)).orElse(true)
          && said.region().map(r -> tracked.resource().region().equals(r.code())).orElse(true)
          && said.city()
              .map(
                  c ->
                      tracked
                          .resource()
                          .region()
                          .equals(c.regions().get(tracked.at().type().family())))
              .orElse(true)
          && frame
              .environment()
              .map(e -> account.filter(a -> Places.is(a, e)).isPresent())
              .orElse(true);
    };
  }

  private Reading compose() {
    boolean silent =
        request.clauses().isEmpty()
            && request.frame().isEmpty()
            && !request.turns().contains(Kind.SAME);
    if (silent) {
      throw lost(
          "Say what you want made, changed, deleted or known, for example: 2 small servers behind a"
              + " load balancer in mumbai.");
    }
    boolean afresh = request.turns().contains(Kind.AFRESH);
    if (!afresh) {
      scene.conversation().current().ifPresent(this::carry);
    }
    if (request.turns().contains(Kind.SAME)
        && scene.conversation().current().isPresent()
        && !newNouns()) {
      new Elsewhere(work).repeat(place, request.frame().environment());
    } else {
      request.clauses().forEach(this::clause);
      if (request.clauses().isEmpty()) {
        work.referred = true;
      }
    }
    settle();
    return wanted();
  }

  private boolean newNouns() {
    return request.clauses().stream().flatMap(c -> c.nouns().stream()).anyMatch(Noun::indefinite);
  }

  private void carry(Draft draft) {
    work.carry(draft);
    boolean keeps =
        !done
            || draft.wants().stream().noneMatch(Make.class::isInstance)
                && request.turns().contains(Kind.ALSO);
    if (keeps) {
      for (Want want : draft.wants()) {
        boolean stands =
            switch (want) {
              case Want.Remove remove ->
                  scene.tracked().stream().anyMatch(t -> t.at().equals(remove.at()));
              case Want.Alter alter ->
                  scene.tracked().stream().anyMatch(t -> t.at().equals(alter.at()));
              case Make _, Invoke _ -> false;
            };
        if (stands) {
          work.carry(want);
        }
      }
    }
  }

  private void clause(Clause clause) {
    if (!clause.names().isEmpty() && clause.nouns().isEmpty() && work.carriesAny()) {
      changer.rename(changer.countable(Optional.empty(), List.of()), clause.names().getFirst());
      return;
    }
    List<Noun> blueprints =
        clause.nouns().stream().filter(n -> n.kind() instanceof Noun.OfBlueprint).toList();
    if (!blueprints.isEmpty()
        && blueprints.getFirst().kind() instanceof Noun.OfBlueprint(var name)) {
      blueprint(name);
    } else if (clause.call().isPresent() && !clause.nouns().isEmpty()) {
      new Invoker(scene, work, finder, understood()).call(clause, clause.call().get());
    } else if (intent(clause, Intent.REMOVE) || dispensable(clause)) {
      remove(clause);
    } else if (!clause.domains().isEmpty() && points(clause)) {
      point(clause);
    } else if (isCreation(clause)) {
      create(clause);
    } else if (!clause.isEmpty() || !place.isEmpty()) {
      alter(clause);
    }
  }

  /** "Without a load balancer", "except web-2". */
  private static boolean excepted(Noun noun) {
    return noun.link().filter(Link.WITHOUT::equals).isPresent();
  }

  /** What a clause leaves out of what it says of others. */
  private Set<String> exceptions(Clause clause) {
    boolean only = clause.nouns().stream().allMatch(Composer::excepted);
    return only
        ? Set.of()
        : clause.nouns().stream()
            .filter(n -> excepted(n) && finder.refers(n))
            .flatMap(n -> finder.find(n, t -> true).stream())
            .map(Target::name)
            .collect(java.util.stream.Collectors.toSet());
  }

  /** "No database": without what there is. */
  private boolean dispensable(Clause clause) {
    return clause.verb().isEmpty()
        && !clause.nouns().isEmpty()
        && clause.nouns().stream()
            .allMatch(
                n ->
                    n.link().filter(Link.WITHOUT::equals).isPresent()
                        && n.count().isEmpty()
                        && finder.refers(n));
  }

  private static boolean intent(Clause clause, Intent intent) {
    return clause.verb().filter(v -> v.intent() == intent).isPresent();
  }

  private boolean isCreation(Clause clause) {
    if (implied.container(clause).isPresent()
        && clause.nouns().stream().noneMatch(finder::refers)) {
      boolean present =
          work.makes().stream().anyMatch(m -> Target.service(m).equals(implied.container(clause)));
      if (!present || intent(clause, Intent.CREATE)) {
        return true;
      }
    }
    List<Noun> nouns = clause.nouns();
    boolean fewer = nouns.stream().anyMatch(n -> n.count().orElse(1) < 0);
    boolean steps =
        clause.step().isPresent() && !nouns.isEmpty() && nouns.stream().noneMatch(Noun::indefinite);
    if (fewer || steps) {
      return false;
    }
    boolean strong = intent(clause, Intent.CREATE);
    boolean bare = clause.verb().isEmpty() && !clause.predicate();
    if (nouns.isEmpty()) {
      return clause.count().isEmpty()
          && Implied.disk(clause).isPresent()
          && (strong || bare && clause.indefinite());
    }
    for (Noun noun : nouns) {
      boolean resizes =
          noun.kind() instanceof Noun.OfService
              && noun.count().isPresent()
              && !noun.more()
              && intent(clause, Intent.ALTER);
      boolean countedSubject =
          noun.count().isPresent()
              && nouns.getFirst() != noun
              && nouns.getFirst().kind() instanceof Noun.OfGroup
              && !strong;
      boolean makeable =
          !excepted(noun)
              && (noun.kind() instanceof Noun.OfService || noun.kind() instanceof Noun.OfType);
      boolean existing =
          noun.which().filter(w -> w == Which.THE || w == Which.ALL).isPresent()
              && finder.refers(noun);
      boolean named =
          !strong
              && !noun.indefinite()
              && finder.refers(noun)
              && (clause.verb().isPresent() || clause.predicate());
      boolean bareCurrent =
          bare
              && noun.which().isEmpty()
              && noun.count().isEmpty()
              && !noun.names().isEmpty()
              && finder.refers(noun);
      if (makeable
          && !resizes
          && !countedSubject
          && !existing
          && !named
          && !bareCurrent
          && !intent(clause, Intent.ALTER)) {
        return true;
      }
    }
    return false;
  }

  private void create(Clause clause) {
    creates = true;
    var spoken = new ArrayList<Linker.Spoken>();
    for (Noun noun : clause.nouns().stream().filter(n -> !excepted(n)).toList()) {
      boolean refers =
          !noun.indefinite()
              && finder.refers(noun)
              && (noun.which().filter(w -> w == Which.THE || w == Which.ALL).isPresent()
                  || noun.kind() instanceof Noun.OfName
                  || noun.kind() instanceof Noun.OfGroup
                  || noun.link()
                      .filter(
                          l -> l == Link.BEHIND || l == Link.FRONT || l == Link.IN || l == Link.TO)
                      .isPresent());
      if (refers) {
        boolean balancer =
            noun.link().filter(Link.BEHIND::equals).isPresent()
                && noun.kind() instanceof Noun.OfGroup;
        if (balancer) {
          continue;
        }
        List<Target> targets = finder.find(noun, t -> true);
        spoken.add(new Linker.Spoken(noun, targets));
        work.referred = true;
      } else {
        List<String> before = work.makes().stream().map(Make::name).toList();
        List<Make> made = maker.make(noun, clause);
        if (noun.more() && !made.isEmpty()) {
          String base = Names.base(made.getFirst().name());
          changer.follow(
              before.stream().filter(name -> Names.base(name).equals(base)).toList(),
              made.stream().map(Make::name).toList());
        }
        if (made.isEmpty()) {
          throw finder.none(noun, understood());
        }
        work.referred |= noun.more();
        spoken.add(
            new Linker.Spoken(
                noun,
                made.stream()
                    .map(m -> new Target(m.name(), Optional.of(m), Optional.empty()))
                    .toList()));
        place(noun, made);
      }
    }
    implied
        .container(clause)
        .ifPresent(service -> place(Noun.blank(), implied.container(clause, service)));
    if (clause.nouns().isEmpty()) {
      Implied.disk(clause)
          .ifPresent(
              gigabytes ->
                  work.put(
                      new Make(
                          implied.fresh("disk"),
                          new OfService("disk", Fields.of("disk", gigabytes)),
                          Place.ANY)));
    }
    linker.connect(spoken);
    for (Linker.Spoken one : spoken) {
      ports(one, clause);
    }
    unusedQualities(clause, spoken);
  }

  private void place(Noun noun, List<Make> made) {
    Places.Said own = Places.Said.of(noun.places());
    boolean apart =
        work.carriesAny()
            && !request.turns().contains(Kind.INSTEAD)
            && (!place.isEmpty() || request.frame().cheapest() || otherEnvironment());
    if (own.isEmpty() && !apart) {
      return;
    }
    Places.Said said = own.isEmpty() ? place : own;
    Optional<String> environment = request.frame().environment().or(() -> work.environment);
    Place settled =
        places.settle(
            said, environment, request.frame().cheapest(), made, apart ? Place.ANY : work.place);
    made.forEach(make -> work.put(new Make(make.name(), make.what(), settled)));
  }

  private boolean otherEnvironment() {
    Optional<String> said = request.frame().environment();
    return said.isPresent() && work.environment.isPresent() && !said.equals(work.environment);
  }

  /** Ports of things that take none are opened by a firewall. */
  private void ports(Linker.Spoken spoken, Clause clause) {
    Optional<String> service = spoken.targets().stream().findFirst().flatMap(t -> t.service(scene));
    if (service.isEmpty()) {
      return;
    }
    Qualities qualities = Qualities.of(spoken.noun().qualities(), service.get(), scene.services());
    if (!qualities.ports().isEmpty()) {
      boolean open = spoken.noun().qualities().stream().anyMatch(Composer::isPublic);
      List<Target> now =
          spoken.targets().stream()
              .map(t -> new Target(t.name(), work.make(t.name()), t.tracked()))
              .toList();
      new Firewalls(scene, work).open(now, qualities.ports(), Firewalls.source(clause, open));
    }
  }

  private static boolean isPublic(Quality quality) {
    return quality.options().getFirst().get("public").filter(Value.bool(true)::equals).isPresent();
  }

  private void unusedQualities(Clause clause, List<Linker.Spoken> spoken) {
    if (implied.container(clause).isPresent() || clause.nouns().isEmpty()) {
      return;
    }
    Stream<Quality> unused =
        Stream.concat(
            clause.loose().stream(),
            spoken.stream()
                .flatMap(
                    s ->
                        s.targets().stream().findFirst().flatMap(t -> t.service(scene)).stream()
                            .flatMap(
                                service ->
                                    Qualities.of(s.noun().qualities(), service, scene.services())
                                        .unused()
                                        .stream())));
    unused
        .filter(q -> q.options().getFirst().get("public").isEmpty())
        .map(q -> String.join(", ", q.options().getFirst().fields().keySet()))
        .distinct()
        .forEach(what -> work.note("Nothing here takes “" + what + "”; it is not used."));
  }

  private boolean points(Clause clause) {
    boolean verb =
        clause
            .verb()
            .filter(v -> Set.of("point", "map", "route", "get", "set", "let").contains(v.word()))
            .isPresent();
    boolean record =
        clause.nouns().stream()
            .anyMatch(
                n ->
                    n.kind() instanceof Noun.OfService(var service, _, _)
                        && service.equals("dns-record"));
    boolean target =
        clause.nouns().stream()
            .anyMatch(n -> n.link().filter(l -> l == Link.TO || l == Link.ON).isPresent());
    return record
        || verb && (target || clause.domains().size() > 1 || !clause.ranges().isEmpty())
        || target && clause.verb().isEmpty();
  }

  private void point(Clause clause) {
    creates = true;
    Optional<Make> record = Optional.empty();
    Optional<Target> at = Optional.empty();
    for (Noun noun : clause.nouns()) {
      boolean isRecord =
          noun.kind() instanceof Noun.OfService(var service, _, _) && service.equals("dns-record");
      if (isRecord) {
        Optional<String> name = noun.names().stream().findFirst();
        if (name.isEmpty()) {
          noun = noun.named(Names.of(clause.domains().getFirst().name()));
        }
        record = maker.make(noun, clause).stream().findFirst();
      } else if (at.isEmpty()) {
        List<Target> found =
            finder.refers(noun)
                ? finder.find(noun, t -> true)
                : maker.make(noun, clause).stream()
                    .map(m -> new Target(m.name(), Optional.of(m), Optional.empty()))
                    .toList();
        at = found.stream().findFirst();
        work.referred = true;
      }
    }
    new Records(scene, work).point(clause, at, record);
  }

  private void alter(Clause clause) {
    List<Quality> qualities =
        Stream.of(
                clause.loose().stream(),
                clause.nouns().stream().flatMap(n -> n.qualities().stream()),
                clause.nouns().stream().flatMap(Composer::version))
            .flatMap(s -> s)
            .distinct()
            .toList();
    List<Pair> pairs =
        Stream.concat(
                clause.pairs().stream(), clause.nouns().stream().flatMap(n -> n.pairs().stream()))
            .toList();
    if (multiplies(clause) || exchanges(clause)) {
      return;
    }
    Optional<Noun> counted = clause.nouns().stream().filter(n -> n.count().isPresent()).findFirst();
    boolean speaks =
        clause.verb().isPresent()
            || !clause.nouns().isEmpty()
            || clause.more()
            || request.turns().contains(Kind.INSTEAD);
    if (clause.count().isPresent() && !speaks) {
      throw lost(
          "Say what the number is for, for example: make it " + clause.count().getAsInt() + ".");
    }
    if (clause.count().isPresent() || counted.isPresent()) {
      resize(clause, counted);
      if (qualities.isEmpty()) {
        return;
      }
    }
    boolean whole = whole(clause);
    boolean moves = !place.isEmpty() && !clause.nouns().isEmpty() && !whole;
    if (whole
        && !place.isEmpty()
        && qualities.isEmpty()
        && clause.step().isEmpty()
        && pairs.isEmpty()) {
      work.referred = true;
      return;
    }
    List<Target> targets = subjects(clause, qualities);
    if (targets.isEmpty() && clause.nouns().isEmpty() && source(clause)) {
      return;
    }
    if (targets.isEmpty()) {
      if (qualities.isEmpty() && clause.step().isEmpty() && pairs.isEmpty()) {
        if (!clause.nouns().isEmpty()) {
          throw finder.none(clause.nouns().getFirst(), understood());
        }
        return;
      }
      throw lost("Say what shall change: a name such as web-1, or make something first.");
    }
    boolean changed =
        changer.change(
            targets, qualities, clause, pairs, moves ? place : Places.Said.of(List.of()), places);
    boolean linked = links(clause, targets);
    work.referred = true;
    boolean tagged = !request.frame().tags().isEmpty() || request.frame().environment().isPresent();
    if (!changed && !linked && !tagged && clause.count().isEmpty() && counted.isEmpty()) {
      throw lost(
          "Say what shall change about "
              + targets.getFirst().name()
              + ", for example its size, its region or how many there are.");
    }
  }

  /** "Move it all": the draft as it stands, not each thing of it by itself. */
  private boolean whole(Clause clause) {
    return !work.makes().isEmpty()
        && !clause.nouns().isEmpty()
        && clause.nouns().stream()
            .allMatch(
                n -> n.kind() instanceof Noun.OfGroup(var group) && group == Group.EVERYTHING);
  }

  /** "Only to 10.0.0.0/8": who may come is the one firewall's. */
  private boolean source(Clause clause) {
    Optional<Value> source = Firewalls.source(clause, false);
    List<Make> guards =
        work.makes().stream()
            .filter(
                m ->
                    Target.service(m)
                        .filter(
                            s ->
                                !scene.services().offerings(s).isEmpty()
                                    && scene.services().takes(s, "source"))
                        .isPresent())
            .toList();
    if (source.isEmpty() || guards.isEmpty()) {
      return false;
    }
    List<List<Target>> groups =
        finder.groups(
            guards.stream()
                .map(m -> new Target(m.name(), Optional.of(m), finder.trackedOf(m)))
                .toList());
    List<Target> chosen = groups.size() == 1 ? groups.getFirst() : finder.chooseGroup(groups);
    chosen.forEach(
        t ->
            work.put(
                Work.with(work.make(t.name()).orElseThrow(), Fields.of("source", source.get()))));
    work.referred = true;
    return true;
  }

  /** "Double the web servers". */
  private boolean multiplies(Clause clause) {
    String verb = clause.verb().map(Concept.Verb::word).orElse("");
    int twice =
        switch (verb) {
          case "double" -> 4;
          case "triple" -> 6;
          case "quadruple" -> 8;
          case "halve" -> 1;
          default -> 0;
        };
    if (twice == 0
        || !clause.loose().isEmpty()
        || clause.nouns().stream().anyMatch(n -> !n.qualities().isEmpty())) {
      return false;
    }
    List<Target> group =
        changer.countable(
            clause.nouns().stream()
                .filter(n -> !(n.kind() instanceof Noun.OfGroup))
                .findFirst()
                .map(Noun::uncounted),
            request.unknown());
    if (group.isEmpty()) {
      throw lost(
          "There is nothing yet whose number could change. Ask for some first, for example: 3 small"
              + " servers.");
    }
    changer.resize(group, Math.max(1, group.size() * twice / 2), false);
    return true;
  }

  /** "Swap postgres for mysql": of two nouns of one service the second says how it shall be. */
  private boolean exchanges(Clause clause) {
    if (clause.nouns().size() != 2
        || !(clause.nouns().get(1).kind() instanceof Noun.OfService(var second, _, var wanted))
        || wanted.isEmpty()
        || clause.nouns().get(1).link().isEmpty()) {
      return false;
    }
    Noun subject = clause.nouns().get(0);
    boolean kind =
        subject.kind() instanceof Noun.OfService(var first, _, _) && first.equals(second);
    if (!kind && !(subject.kind() instanceof Noun.OfName)) {
      return false;
    }
    List<Target> targets = finder.find(subject, t -> true);
    if (!kind
        && !targets.stream().allMatch(t -> t.service(scene).filter(second::equals).isPresent())) {
      return false;
    }
    if (targets.isEmpty()) {
      throw finder.none(clause.nouns().get(0), understood());
    }
    return changer.change(
        targets,
        List.of(new Quality(List.of(wanted), Set.of())),
        clause,
        List.of(),
        Places.Said.of(List.of()),
        places);
  }

  /** "Upgrade postgres to 16": the version is the change, the software only says what is meant. */
  private static Stream<Quality> version(Noun noun) {
    return noun.kind() instanceof Noun.OfService(_, _, var arguments)
            && arguments.get("version").isPresent()
        ? Stream.of(
            new Quality(List.of(Fields.of("version", arguments.get("version").get())), Set.of()))
        : Stream.empty();
  }

  /** "Put web-1 behind the load balancer". */
  private boolean links(Clause clause, List<Target> subjects) {
    boolean any =
        clause.nouns().stream()
            .anyMatch(
                n ->
                    n.link()
                        .filter(l -> l == Link.BEHIND || l == Link.FRONT || l == Link.IN)
                        .isPresent());
    if (!any) {
      return false;
    }
    var spoken = new ArrayList<Linker.Spoken>();
    for (Noun noun : clause.nouns()) {
      spoken.add(new Linker.Spoken(noun, finder.find(noun, t -> true)));
    }
    linker.connect(spoken);
    return !subjects.isEmpty();
  }

  private void resize(Clause clause, Optional<Noun> counted) {
    Optional<Noun> subject =
        counted.isPresent() && counted.get().kind() instanceof Noun.OfService
            ? Optional.of(counted.get().uncounted())
            : clause.nouns().stream().filter(n -> !(n.kind() instanceof Noun.OfGroup)).findFirst();
    List<Target> group = changer.countable(subject, request.unknown());
    int wanted = counted.map(n -> n.count().orElse(1)).orElse(clause.count().orElse(1));
    boolean more = clause.more() || counted.map(Noun::more).orElse(false);
    if (group.isEmpty()) {
      throw lost(
          "There is nothing yet whose number could change. Ask for some first, for example: 3 small"
              + " servers.");
    }
    List<Quality> nodes =
        List.of(
            new Quality(
                List.of(
                    Fields.of("replicas", Value.num(wanted)),
                    Fields.of("nodes", Value.num(wanted))),
                Set.of()));
    boolean inside =
        group.size() == 1
            && group
                .getFirst()
                .service(scene)
                .filter(
                    s ->
                        !scene.services().offerings(s).isEmpty()
                            && (scene.services().takes(s, "replicas")
                                || scene.services().takes(s, "nodes")))
                .isPresent();
    if (inside && !more) {
      changer.change(group, nodes, clause, List.of(), Places.Said.of(List.of()), places);
      work.referred = true;
    } else {
      changer.resize(group, wanted, more);
    }
  }

  private List<Target> subjects(Clause clause, List<Quality> qualities) {
    var targets = new ArrayList<Target>();
    for (Noun noun : clause.nouns()) {
      boolean place =
          noun.link()
              .filter(l -> l == Link.BEHIND || l == Link.IN || l == Link.FRONT || l == Link.WITHOUT)
              .isPresent();
      if (noun.count().isPresent() && noun.kind() instanceof Noun.OfService
          || place && clause.nouns().size() > 1) {
        continue;
      }
      List<Target> found = finder.find(noun, t -> changer.suits(t, clause, qualities));
      if (found.isEmpty()) {
        throw finder.none(noun, understood());
      }
      Set<String> kept = exceptions(clause);
      found.stream()
          .filter(t -> !targets.contains(t) && !kept.contains(t.name()))
          .forEach(targets::add);
    }
    if (!clause.nouns().isEmpty()
        || qualities.isEmpty() && clause.step().isEmpty() && clause.pairs().isEmpty()) {
      return targets;
    }
    List<Target> pool =
        work.makes().stream()
            .filter(m -> Target.service(m).isPresent())
            .map(m -> new Target(m.name(), Optional.of(m), finder.trackedOf(m)))
            .filter(t -> changer.suits(t, clause, qualities))
            .toList();
    if (pool.isEmpty()) {
      pool =
          scene.here().stream()
              .filter(t -> scene.service(t).isPresent())
              .map(t -> new Target(t.at().name(), Optional.<Make>empty(), Optional.of(t)))
              .filter(t -> changer.suits(t, clause, qualities))
              .toList();
    }
    List<List<Target>> groups = finder.groups(pool);
    return groups.size() <= 1 ? pool : finder.chooseGroup(groups);
  }

  private void remove(Clause clause) {
    if (clause.nouns().isEmpty()) {
      throw lost(
          "Say what shall be deleted: a name such as web-1, a kind such as the database, or"
              + " everything in this thread.");
    }
    Set<String> kept = exceptions(clause);
    for (Noun noun : clause.nouns()) {
      if (excepted(noun) && !dispensable(clause)) {
        continue;
      }
      boolean belongs =
          noun.link()
                  .filter(l -> l == Link.IN || l == Link.FROM || l == Link.BEHIND || l == Link.OF)
                  .isPresent()
              && noun != clause.nouns().getFirst();
      if (belongs) {
        continue;
      }
      List<Target> targets = finder.find(noun, t -> true);
      if (targets.isEmpty()) {
        throw finder.none(noun, understood());
      }
      boolean counted =
          noun.count().isPresent()
              && noun.names().isEmpty()
              && noun.count().getAsInt() < targets.size();
      List<Target> chosen =
          counted
              ? targets.subList(targets.size() - noun.count().getAsInt(), targets.size())
              : targets;
      chosen.stream()
          .filter(t -> kept.stream().noneMatch(name -> t.name().equals(name) || partOf(t, name)))
          .forEach(changer::remove);
      boolean everything =
          noun.kind() instanceof Noun.OfGroup(var group) && group == Group.EVERYTHING;
      if (everything && kept.isEmpty()) {
        work.forgetMakes();
      }
    }
  }

  /** Whether something that no service stands for was made along with a thing of this name. */
  private boolean partOf(Target target, String name) {
    return target.service(scene).isEmpty() && target.name().startsWith(name + "-");
  }

  private void blueprint(String name) {
    Draft draft =
        new Unclaimed(scene, work).names(new Templates(scene, memory).fill(name, request), said());
    creates = true;
    draft
        .wants()
        .forEach(
            want -> {
              if (want instanceof Make make) {
                work.put(make);
              }
            });
    counted(name);
    draft.tags().forEach(work.tags::putIfAbsent);
    work.environment = work.environment.or(draft::environment);
    work.place = work.place.equals(Place.ANY) ? draft.place() : work.place;
    work.cap = work.cap.or(draft::cap);
    work.rollback |= draft.rollback();
    work.whenChatIsDown = work.whenChatIsDown.or(draft::whenChatIsDown);
  }

  /** "With 4 servers", where the blueprint has no parameter for it. */
  private void counted(String blueprint) {
    for (Noun noun : request.clauses().stream().flatMap(c -> c.nouns().stream()).toList()) {
      int count = noun.count().orElse(0);
      if (count < 1
          || !(noun.kind() instanceof Noun.OfService(var service, _, _))
          || new Templates(scene, memory).takes(blueprint, request, count)) {
        continue;
      }
      List<Target> made =
          work.fresh().stream()
              .filter(m -> Target.service(m).filter(service::equals).isPresent())
              .map(m -> new Target(m.name(), Optional.of(m), Optional.empty()))
              .toList();
      if (finder.groups(made).size() == 1) {
        changer.resize(made, count, false);
      }
    }
  }

  /** The names the request gives, which stay as they are. */
  private Set<String> said() {
    return request.clauses().stream()
        .flatMap(
            c ->
                Stream.of(
                        c.names().stream(),
                        c.pairs().stream().map(Pair::value),
                        c.nouns().stream()
                            .flatMap(
                                n ->
                                    Stream.concat(
                                        n.names().stream(), n.pairs().stream().map(Pair::value))))
                    .flatMap(s -> s))
        .collect(java.util.stream.Collectors.toSet());
  }

  private void settle() {
    Frame frame = request.frame();
    boolean invokesOnly =
        !work.others().isEmpty()
            && work.others().stream().allMatch(Invoke.class::isInstance)
            && work.touched().isEmpty();
    boolean startsAnew =
        done
            && (creates && !work.referred && !request.turns().contains(Kind.ALSO) && !adds()
                || invokesOnly);
    boolean hadPlace = work.carriesAny() || scene.conversation().current().isPresent();
    if (startsAnew) {
      work.dropUntouched();
      work.cap = Optional.empty();
      work.rollback = false;
      work.whenChatIsDown = Optional.empty();
    }
    linker.complete();
    new Secured(scene, work).complete(request);
    work.tags.putAll(frame.tags());
    if (frame.uncapped()) {
      work.cap = Optional.empty();
    }
    work.cap = frame.cap().or(() -> work.cap);
    work.rollback = frame.rollback().orElse(work.rollback);
    work.whenChatIsDown = frame.whenChatIsDown().or(() -> work.whenChatIsDown);
    boolean apart =
        creates && work.carriesAny() && !startsAnew && !request.turns().contains(Kind.INSTEAD);
    boolean moved =
        !creates
            && request.clauses().stream().anyMatch(c -> !c.nouns().isEmpty() && !whole(c))
            && !request.turns().contains(Kind.SAME);
    Places.Said said = apart || moved ? Places.Said.of(List.of()) : place;
    List<Make> makes = work.makes().stream().filter(m -> m.place().equals(Place.ANY)).toList();
    Optional<String> environment =
        apart || moved
            ? work.environment
            : frame.environment().or(() -> hadPlace ? work.environment : Optional.empty());
    boolean accountGiven = said.account().isPresent() && frame.environment().isEmpty();
    if (accountGiven) {
      environment = Optional.empty();
    }
    if (!work.makes().isEmpty()) {
      boolean open = frame.cheapest() && !apart;
      boolean stays =
          hadPlace
              && work.place.account().isPresent()
              && said.family().isEmpty()
              && environment.isEmpty();
      work.environment = stays ? work.environment : places.environment(environment, said, makes);
      boolean keepsOpen =
          !open && work.place.cheapest() && said.isEmpty() && frame.environment().isEmpty();
      work.place =
          keepsOpen ? work.place : places.settle(said, work.environment, open, makes, work.place);
      if (memory.answer("account").isPresent()) {
        work.environment =
            work.place
                .account()
                .flatMap(scene::account)
                .map(Account::environment)
                .or(() -> work.environment);
      }
    } else {
      work.environment = Optional.empty();
      work.place = Place.ANY;
      work.cap = frame.cap();
    }
    new Needs(scene, work, memory).fill();
  }

  private boolean adds() {
    return request.clauses().stream()
        .anyMatch(
            c ->
                c.verb()
                    .filter(v -> v.word().equals("add") || v.word().contains("also"))
                    .isPresent());
  }

  private Reading wanted() {
    List<Want> wants =
        new ArrayList<>(
            work.makes().stream()
                .sorted(
                    Comparator.comparingInt(Composer::rank)
                        .thenComparing(m -> Names.base(m.name()))
                        .thenComparingInt(m -> Names.number(m.name())))
                .map(Want.class::cast)
                .toList());
    work.others().stream().sorted(Comparator.comparing(Composer::address)).forEach(wants::add);
    if (wants.isEmpty()) {
      throw lost(
          "Nothing would be left to do. Say what you want made, or discard the plan with its"
              + " button.");
    }
    request.notes().forEach(work::note);
    Set<String> bases =
        work.makes().stream()
            .map(make -> Names.base(make.name()))
            .collect(java.util.stream.Collectors.toSet());
    List<String> words =
        request.unknown().stream()
            .distinct()
            .filter(word -> !bases.contains(Names.of(word)))
            .limit(12)
            .toList();
    if (!words.isEmpty()) {
      if (tooLittle()) {
        throw new Halt(
            new Reading.Lost(
                understood(), words, "Say it again without these words, or in other words."));
      }
      work.note("Not understood, and left out: " + String.join(", ", words) + ".");
    }
    Draft draft =
        new Draft(
            Restated.title(wants),
            work.environment,
            work.place,
            wants,
            work.tags,
            work.cap,
            work.rollback,
            work.whenChatIsDown,
            NAME);
    if (scene.conversation().current().filter(draft::equals).isPresent() && saysLittle()) {
      throw lost(
          "That changes nothing of what is planned. Say what shall be different, for example: make"
              + " it 5, or in eu-west-1 instead.");
    }
    Optional<String> suggestion =
        creates
                && request.clauses().stream()
                    .flatMap(c -> c.nouns().stream())
                    .noneMatch(n -> n.kind() instanceof Noun.OfBlueprint)
            ? new Templates(scene, memory).like(draft, memory.message())
            : Optional.empty();
    return new Reading.Wanted(draft, Restated.line(draft), work.notes, suggestion);
  }

  private boolean saysLittle() {
    return request.frame().isEmpty()
        && request.clauses().stream()
            .allMatch(
                c ->
                    c.nouns().isEmpty()
                        && c.loose().isEmpty()
                        && c.count().isEmpty()
                        && c.step().isEmpty());
  }

  /** Whether more was missed than understood, so that guessing would be rash. */
  private boolean tooLittle() {
    long nouns =
        request.clauses().stream()
            .mapToLong(c -> c.nouns().size() + c.loose().size() + c.domains().size())
            .sum();
    boolean verb =
        request.clauses().stream().anyMatch(c -> c.verb().isPresent() || c.call().isPresent());
    long missed = request.unknown().stream().distinct().count();
    return missed > 2 + 2 * nouns || !verb && missed > 1 + nouns;
  }

  private static int rank(Make make) {
    return Target.service(make).map(ServiceWords::rank).orElse(Integer.MAX_VALUE);
  }

  private static String address(Want want) {
    return switch (want) {
      case Want.Alter alter -> alter.at().toString();
      case Want.Remove remove -> remove.at().toString();
      case Invoke invoke -> invoke.at().toString();
      case Make make -> make.name();
    };
  }

  private Halt lost(String hint) {
    return new Halt(
        new Reading.Lost(
            understood(), request.unknown().stream().distinct().limit(12).toList(), hint));
  }

  private List<String> understood() {
    return Understood.of(request);
  }
}
