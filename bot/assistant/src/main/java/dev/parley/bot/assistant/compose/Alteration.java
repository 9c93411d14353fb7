package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.plan.Want.Make;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Changes what there is, or is planned, as a clause says. */
final class Alteration {
  private final Kit kit;
  private final Scene scene;
  private final Request request;
  private final Work work;
  private final Places.Said place;
  private final Finder finder;
  private final Changer changer;
  private final Linker linker;
  private final Places places;
  private final Purpose purpose;

  Alteration(Kit kit, Purpose purpose) {
    this.kit = kit;
    scene = kit.scene();
    request = kit.request();
    work = kit.work();
    place = kit.place();
    finder = kit.finder();
    changer = kit.changer();
    linker = kit.linker();
    places = kit.places();
    this.purpose = purpose;
  }

  void alter(Clause clause) {
    List<Quality> qualities =
        Stream.of(
                clause.loose().stream(),
                clause.nouns().stream().flatMap(n -> n.qualities().stream()),
                clause.nouns().stream().flatMap(Alteration::version))
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
      throw kit.lost(
          "Say what the number is for, for example: make it " + clause.count().getAsInt() + ".");
    }
    if (clause.count().isPresent() || counted.isPresent()) {
      resize(clause, counted);
      if (qualities.isEmpty()) {
        return;
      }
    }
    boolean whole = purpose.whole(clause);
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
          throw finder.none(clause.nouns().getFirst(), kit.understood());
        }
        return;
      }
      throw kit.lost("Say what shall change: a name such as web-1, or make something first.");
    }
    boolean changed =
        changer.change(
            targets, qualities, clause, pairs, moves ? place : Places.Said.of(List.of()), places);
    boolean linked = links(clause, targets);
    work.referred = true;
    boolean tagged = !request.frame().tags().isEmpty() || request.frame().environment().isPresent();
    if (!changed && !linked && !tagged && clause.count().isEmpty() && counted.isEmpty()) {
      throw kit.lost(
          "Say what shall change about "
              + targets.getFirst().name()
              + ", for example its size, its region or how many there are.");
    }
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
      throw kit.lost(
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
      throw finder.none(clause.nouns().get(0), kit.understood());
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
      throw kit.lost(
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
        throw finder.none(noun, kit.understood());
      }
      Set<String> kept = purpose.exceptions(clause);
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
}
