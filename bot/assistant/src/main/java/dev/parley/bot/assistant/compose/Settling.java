package dev.parley.bot.assistant.compose;

import dev.parley.bot.assistant.clause.Frame;
import dev.parley.bot.assistant.clause.Request;
import dev.parley.bot.assistant.concept.Concept.Kind;
import dev.parley.identity.Account;
import dev.parley.plan.Place;
import dev.parley.plan.Want.Invoke;
import dev.parley.plan.Want.Make;
import java.util.List;
import java.util.Optional;

/** Settles what holds for the whole draft, once every clause has done its work. */
final class Settling {
  private final Scene scene;
  private final Memory memory;
  private final Request request;
  private final Work work;
  private final Places.Said place;
  private final Linker linker;
  private final Places places;
  private final Purpose purpose;
  private final boolean done;

  Settling(Kit kit, Purpose purpose, boolean done) {
    scene = kit.scene();
    memory = kit.memory();
    request = kit.request();
    work = kit.work();
    place = kit.place();
    linker = kit.linker();
    places = kit.places();
    this.purpose = purpose;
    this.done = done;
  }

  void settle() {
    Frame frame = request.frame();
    boolean invokesOnly =
        !work.others().isEmpty()
            && work.others().stream().allMatch(Invoke.class::isInstance)
            && work.touched().isEmpty();
    boolean startsAnew =
        done
            && (work.creates && !work.referred && !request.turns().contains(Kind.ALSO) && !adds()
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
        work.creates && work.carriesAny() && !startsAnew && !request.turns().contains(Kind.INSTEAD);
    boolean moved =
        !work.creates
            && request.clauses().stream().anyMatch(c -> !c.nouns().isEmpty() && !purpose.whole(c))
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
}
