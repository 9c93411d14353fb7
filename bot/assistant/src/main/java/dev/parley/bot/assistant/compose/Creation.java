package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.concept.Concept.Link;
import dev.parley.bot.assistant.concept.Concept.Quality;
import dev.parley.bot.assistant.concept.Concept.Which;
import dev.parley.bot.assistant.text.Names;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import dev.parley.plan.Want.OfService;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes what a clause asks for. */
final class Creation {
  private final Kit kit;
  private final Scene scene;
  private final Request request;
  private final Work work;
  private final Places.Said place;
  private final Finder finder;
  private final Maker maker;
  private final Changer changer;
  private final Linker linker;
  private final Places places;
  private final Implied implied;

  Creation(Kit kit) {
    this.kit = kit;
    scene = kit.scene();
    request = kit.request();
    work = kit.work();
    place = kit.place();
    finder = kit.finder();
    maker = kit.maker();
    changer = kit.changer();
    linker = kit.linker();
    places = kit.places();
    implied = kit.implied();
  }

  void create(Clause clause) {
    work.creates = true;
    var spoken = new ArrayList<Linker.Spoken>();
    for (Noun noun : clause.nouns().stream().filter(n -> !Purpose.excepted(n)).toList()) {
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
          throw finder.none(noun, kit.understood());
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
      boolean open = spoken.noun().qualities().stream().anyMatch(Creation::isPublic);
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

  void point(Clause clause) {
    work.creates = true;
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
}
