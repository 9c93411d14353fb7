package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept.Pair;
import dev.parley.plan.Draft;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Make;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts from a blueprint that a request names. */
final class FromBlueprint {
  private final Scene scene;
  private final Memory memory;
  private final Request request;
  private final Work work;
  private final Finder finder;
  private final Changer changer;

  FromBlueprint(Kit kit) {
    scene = kit.scene();
    memory = kit.memory();
    request = kit.request();
    work = kit.work();
    finder = kit.finder();
    changer = kit.changer();
  }

  void blueprint(String name) {
    Draft draft =
        new Unclaimed(scene, work).names(new Templates(scene, memory).fill(name, request), said());
    work.creates = true;
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
}
