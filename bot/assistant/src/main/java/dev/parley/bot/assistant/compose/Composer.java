package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Clause;
import dev.parley.bot.assistant.clause.Frame;
import dev.parley.bot.assistant.clause.Noun;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept;
import dev.parley.bot.assistant.concept.Concept.Intent;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.bot.assistant.lexicon.ServiceWords;
import dev.parley.bot.assistant.text.Names;
import dev.parley.identity.Account;
import dev.parley.plan.Draft;
import dev.parley.plan.Reading;
import dev.parley.plan.Want;
import dev.parley.plan.Want.Invoke;
import dev.parley.plan.Want.Make;
import dev.parley.resource.Tracked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
  private final Changer changer;
  private final Kit kit;
  private final Purpose purpose;
  private final boolean done;

  private Composer(Scene scene, Memory memory, Request request) {
    this.scene = scene;
    this.memory = memory;
    this.request = request;
    place = Places.Said.of(common(request));
    finder = new Finder(scene, work, memory, area(request.frame()));
    changer = new Changer(scene, work, finder);
    kit =
        new Kit(
            scene,
            memory,
            request,
            work,
            place,
            finder,
            new Maker(scene, work),
            changer,
            new Linker(scene, work),
            new Places(scene, work, memory),
            new Implied(scene, work));
    purpose = new Purpose(kit);
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
      throw kit.lost(
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
    new Settling(kit, purpose, done).settle();
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
      new FromBlueprint(kit).blueprint(name);
    } else if (clause.call().isPresent() && !clause.nouns().isEmpty()) {
      new Invoker(scene, work, finder, kit.understood()).call(clause, clause.call().get());
    } else if (Purpose.intent(clause, Intent.REMOVE) || purpose.dispensable(clause)) {
      new Removal(kit, purpose).remove(clause);
    } else if (!clause.domains().isEmpty() && purpose.points(clause)) {
      new Creation(kit).point(clause);
    } else if (purpose.creates(clause)) {
      new Creation(kit).create(clause);
    } else if (!clause.isEmpty() || !place.isEmpty()) {
      new Alteration(kit, purpose).alter(clause);
    }
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
      throw kit.lost(
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
                kit.understood(), words, "Say it again without these words, or in other words."));
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
      throw kit.lost(
          "That changes nothing of what is planned. Say what shall be different, for example: make"
              + " it 5, or in eu-west-1 instead.");
    }
    Optional<String> suggestion =
        work.creates
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
}
