package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.world.Effect;
import dev.parley.provider.aws.fake.world.Entry;
import dev.parley.provider.aws.fake.world.Fault.Occasion;
import dev.parley.provider.aws.fake.world.Faults;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Progress;
import dev.parley.provider.aws.fake.world.Progress.Failure;
import dev.parley.provider.aws.fake.world.Progress.Hook;
import dev.parley.provider.aws.fake.world.Progress.Status;
import dev.parley.provider.aws.fake.world.Progress.Verb;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What happens when a resource is to be created, updated or deleted. */
public final class Handlers {
  private final World world;
  private final Requests requests;
  private final Faults faults;
  private final Intake intake;
  private final Referee referee;
  private final Making making;
  private final Optional<Pace> pace;

  /**
   * With the world they work on.
   *
   * @param pace how long all operations take; if empty, as long as their type says
   */
  public Handlers(
      World world,
      FakeTypes types,
      Requests requests,
      Faults faults,
      RandomGenerator random,
      Optional<Pace> pace) {
    this.world = world;
    this.requests = requests;
    this.faults = faults;
    this.intake = new Intake(world, types, requests);
    this.referee = new Referee(world, types);
    this.making = new Making(world, random);
    this.pace = pace;
  }

  /** What is refused before any handler is asked. */
  Intake intake() {
    return intake;
  }

  Fields create(Call call) {
    FakeType type = intake.type(call, "create");
    Optional<Fields> replay = intake.replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    Fields desired = intake.desired(call, type);
    Place place = Intake.place(call, type);
    Optional<Failure> failure = referee.whatForbids(call, type, place, desired);
    Optional<Effect.FailOperation> planned = take(Effect.FailOperation.class, call);
    boolean makes = failure.isEmpty() && planned.map(Effect.FailOperation::halfMade).orElse(true);
    List<Hook> hooks = hooks(call);
    Optional<Failure> hooked = refusedBy(hooks);
    Optional<String> id = Optional.empty();
    if (makes && hooked.isEmpty()) {
      Fields whole = making.made(call, type, place, desired);
      id = type.identifier(whole);
      String made = id.orElseThrow();
      if (world.find(place, made).isPresent()) {
        failure = Optional.of(Referee.exists(type, made));
      } else {
        world.write(
            new Entry.Put(
                new Stored(place, made, whole, world.next(place), call.now(), call.now())));
        lag(call, place, made, Optional.empty());
      }
    }
    return accepted(
        call,
        type,
        Verb.CREATE,
        id,
        hooked.or(failureOr(failure, planned)),
        Optional.empty(),
        hooks);
  }

  private static Supplier<Optional<Failure>> failureOr(
      Optional<Failure> failure, Optional<Effect.FailOperation> planned) {
    return () -> failure.or(() -> planned.map(p -> new Failure(p.code(), p.message())));
  }

  Fields update(Call call) {
    FakeType type = intake.type(call, "update");
    String text = Intake.limited(call, "PatchDocument");
    Optional<Fields> replay = intake.replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    Place place = Intake.place(call, type);
    String id = call.input().text("Identifier").orElseThrow();
    Stored found = world.find(place, id).orElseThrow(() -> CloudControl.notFound(type, id));
    intake.free(place, id, call.now());
    Fields base = type.shown(found.properties());
    Fields after = Patching.patched(type, text, base);
    intake.valid(type, FakeType.without(after, type.pointers("readOnlyProperties")));
    List<Hook> hooks = hooks(call);
    Optional<Failure> failure =
        refusedBy(hooks)
            .or(() -> Referee.frozen(type, base, after))
            .or(
                failureOr(
                    referee.dangling(place, type, after), take(Effect.FailOperation.class, call)));
    lag(call, place, id, Optional.of(found.properties()));
    return accepted(
        call,
        type,
        Verb.UPDATE,
        Optional.of(id),
        failure,
        failure.isPresent() ? Optional.empty() : Optional.of(after),
        hooks);
  }

  Fields delete(Call call) {
    FakeType type = intake.type(call, "delete");
    Optional<Fields> replay = intake.replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    Place place = Intake.place(call, type);
    String id = call.input().text("Identifier").orElseThrow();
    Optional<Stored> found = world.find(place, id);
    if (found.isEmpty() && !world.knew(place, id)) {
      throw CloudControl.notFound(type, id);
    }
    intake.free(place, id, call.now());
    List<Hook> hooks = hooks(call);
    Optional<Failure> failure =
        refusedBy(hooks)
            .or(
                () ->
                    found.isEmpty()
                        ? Optional.of(Referee.gone(type, id))
                        : referee.whatHolds(type, found.get()))
            .or(failureOr(Optional.empty(), take(Effect.FailOperation.class, call)));
    found.ifPresent(was -> lag(call, place, id, Optional.of(was.properties())));
    return accepted(call, type, Verb.DELETE, Optional.of(id), failure, Optional.empty(), hooks);
  }

  private Fields accepted(
      Call call,
      FakeType type,
      Verb verb,
      Optional<String> id,
      Optional<Failure> failure,
      Optional<Fields> after,
      List<Hook> hooks) {
    Pace takes =
        take(Effect.Slow.class, call)
            .map(Effect.Slow::pace)
            .or(() -> pace)
            .orElse(Pace.looks(type.manners().looks()));
    boolean waits = takes.looks() > 1 || !takes.lasting().isZero();
    Progress progress =
        requests.accept(
            new Progress(
                UUID.randomUUID().toString(),
                Intake.place(call, type),
                verb,
                call.input().text("ClientToken"),
                Intake.digest(call),
                id,
                waits ? Status.PENDING : Status.IN_PROGRESS,
                call.now(),
                call.now(),
                takes.looks(),
                call.now().plus(takes.lasting()),
                failure,
                after,
                hooks));
    if (take(Effect.NoId.class, call).isPresent()) {
      return Fields.of(
          "ProgressEvent", Fields.of("OperationStatus", Value.text(Status.SUCCESS.name())));
    }
    return Fields.of("ProgressEvent", requests.event(progress, call.now()));
  }

  private void lag(Call call, Place place, String id, Optional<Fields> before) {
    take(Effect.Lagging.class, call)
        .ifPresent(lagging -> world.lag(place, id, new World.Lag(lagging.looks(), before)));
  }

  private List<Hook> hooks(Call call) {
    return take(Effect.Hooked.class, call)
        .map(hook -> new Hook(hook.name(), hook.passes(), hook.strict(), hook.message()))
        .stream()
        .toList();
  }

  private static Optional<Failure> refusedBy(List<Hook> hooks) {
    return hooks.stream()
        .filter(hook -> !hook.passed() && hook.strict())
        .findFirst()
        .map(
            hook ->
                new Failure(
                    "InvalidRequest", "The following hook(s) failed: [" + hook.name() + "]"));
  }

  private <E extends Effect> Optional<E> take(Class<E> kind, Call call) {
    String type = call.input().text("TypeName").orElse("");
    return faults.take(
        kind, new Occasion("cloudcontrolapi", call.operation(), type, Json.write(call.input())));
  }
}
