package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.world.Entry;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Progress;
import dev.parley.provider.aws.fake.world.Progress.Status;
import dev.parley.provider.aws.fake.world.Progress.Verb;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The requests of Cloud Control: how they go on and end, and how they are shown. */
public final class Requests {
  /** How long a client token stands for its request. */
  static final Duration TOKEN_LIFE = Duration.ofHours(36);

  private static final Duration LISTED = Duration.ofDays(7);

  private final World world;
  private final FakeTypes types;
  private final Duration retryAfter;

  /**
   * @param retryAfter what a request in progress asks callers to wait; zero asks nothing
   */
  public Requests(World world, FakeTypes types, Duration retryAfter) {
    this.world = world;
    this.types = types;
    this.retryAfter = retryAfter;
  }

  /** The request that a call names, if its account made it in that region. */
  Progress mine(Call call) {
    String token = call.input().text("RequestToken").orElseThrow();
    return world
        .request(token)
        .filter(each -> isMine(call, each))
        .orElseThrow(
            () ->
                new ServiceError(
                    404,
                    "RequestTokenNotFoundException",
                    "Request with token " + token + " was not found"));
  }

  private static boolean isMine(Call call, Progress each) {
    boolean region =
        each.place().region().equals(call.region()) || each.place().region().equals(Place.GLOBAL);
    return region
        && each.place().account().equals(call.account())
        && Duration.between(each.asked(), call.now()).compareTo(LISTED) < 0;
  }

  /** Those of the last seven days, oldest first. */
  List<Progress> recent(Call call) {
    return world.requests().stream().filter(each -> isMine(call, each)).toList();
  }

  /** The request for which a client token stands now. */
  Optional<Progress> of(Call call, String clientToken) {
    return world.requests().reversed().stream()
        .filter(each -> each.clientToken().equals(Optional.of(clientToken)))
        .filter(each -> isMine(call, each))
        .filter(each -> Duration.between(each.asked(), call.now()).compareTo(TOKEN_LIFE) < 0)
        .findFirst();
  }

  /** Takes a request in. */
  Progress accept(Progress progress) {
    world.write(new Entry.Asked(progress));
    return progress.looks() <= 0 && !progress.due().isAfter(progress.asked())
        ? end(progress, progress.asked())
        : progress;
  }

  /** Ends whatever only had to wait for time to pass. */
  public void settle(Instant now) {
    for (Progress each : world.requests()) {
      if (!each.status().ended() && each.looks() <= 0 && !each.due().isAfter(now)) {
        end(each, now);
      }
    }
  }

  /** A look at the requests of a resource. */
  void lookAt(Place place, String id, Instant now) {
    world.inFlight(place, id).ifPresent(each -> look(each, now));
  }

  /** A look at everything of a type. */
  void lookAt(Place place, Instant now) {
    world.requests().stream()
        .filter(each -> each.place().equals(place))
        .forEach(each -> look(each, now));
  }

  /** One look; it brings a request on. */
  Progress look(Progress progress, Instant now) {
    if (progress.status().ended()) {
      return progress;
    }
    int looks = Math.max(0, progress.looks() - 1);
    if (looks == 0 && !progress.due().isAfter(now)) {
      return end(progress, now);
    }
    Duration left = Duration.between(now, progress.due());
    Duration whole = Duration.between(progress.asked(), progress.due());
    boolean early = left.multipliedBy(2).compareTo(whole) > 0;
    Status status =
        progress.status() == Status.PENDING && early ? Status.PENDING : Status.IN_PROGRESS;
    return written(
        progress.with(
            progress.status() == Status.CANCEL_IN_PROGRESS ? progress.status() : status,
            looks,
            now));
  }

  private Progress end(Progress progress, Instant now) {
    if (progress.status() == Status.CANCEL_IN_PROGRESS) {
      return undone(progress, now);
    }
    if (progress.failure().isPresent()) {
      return written(progress.with(Status.FAILED, 0, now));
    }
    String id = progress.identifier().orElseThrow();
    if (progress.verb() == Verb.DELETE) {
      world.write(new Entry.Gone(progress.place(), id));
    }
    progress
        .after()
        .ifPresent(
            after ->
                world
                    .find(progress.place(), id)
                    .ifPresent(found -> world.write(new Entry.Put(found.with(after, now)))));
    return written(progress.with(Status.SUCCESS, 0, now));
  }

  private Progress undone(Progress progress, Instant now) {
    if (progress.verb() == Verb.CREATE) {
      progress.identifier().ifPresent(id -> world.write(new Entry.Gone(progress.place(), id)));
    }
    return written(progress.with(Status.CANCEL_COMPLETE, 0, now));
  }

  private Progress written(Progress progress) {
    world.write(new Entry.Asked(progress));
    return progress;
  }

  /** Cancels: at once what has not begun, at the next look what has. */
  Progress cancel(Call call) {
    Progress progress = mine(call);
    return switch (progress.status()) {
      case PENDING -> undone(progress, call.now());
      case IN_PROGRESS ->
          written(
              new Progress(
                  progress.token(),
                  progress.place(),
                  progress.verb(),
                  progress.clientToken(),
                  progress.digest(),
                  progress.identifier(),
                  Status.CANCEL_IN_PROGRESS,
                  progress.asked(),
                  call.now(),
                  1,
                  call.now(),
                  progress.failure(),
                  progress.after(),
                  progress.hooks()));
      case SUCCESS, FAILED, CANCEL_IN_PROGRESS, CANCEL_COMPLETE ->
          throw ServiceError.validation(
              "Request with token "
                  + progress.token()
                  + " can't be cancelled, its status is "
                  + progress.status());
    };
  }

  /** As callers see it. */
  Fields event(Progress progress, Instant now) {
    var event = new LinkedHashMap<String, Value>();
    event.put("TypeName", Value.text(progress.place().type()));
    progress.identifier().ifPresent(id -> event.put("Identifier", Value.text(id)));
    event.put("RequestToken", Value.text(progress.token()));
    if (!progress.hooks().isEmpty()) {
      event.put("HooksRequestToken", Value.text("hooks-" + progress.token()));
    }
    event.put("Operation", Value.text(progress.verb().name()));
    event.put("OperationStatus", Value.text(progress.status().name()));
    event.put("EventTime", epoch(progress.changed()));
    progress
        .identifier()
        .flatMap(id -> world.find(progress.place(), id))
        .flatMap(
            found -> types.get(progress.place().type()).map(type -> type.shown(found.properties())))
        .ifPresent(shown -> event.put("ResourceModel", Value.text(Json.write(shown))));
    if (progress.status() == Status.FAILED) {
      var failure = progress.failure().orElseThrow();
      event.put("StatusMessage", Value.text(failure.message()));
      event.put("ErrorCode", Value.text(failure.code()));
    }
    if (!progress.status().ended() && !retryAfter.isZero()) {
      event.put("RetryAfter", epoch(now.plus(retryAfter)));
    }
    return new Fields(event);
  }

  /** What the hooks said. */
  List<Value> hooks(Progress progress) {
    return progress.hooks().stream()
        .<Value>map(
            hook ->
                Fields.of("HookTypeName", Value.text(hook.name()))
                    .with("HookTypeVersionId", Value.text("00000001"))
                    .with("InvocationPoint", Value.text("PRE_PROVISION"))
                    .with(
                        "HookStatus",
                        Value.text(
                            hook.passed() ? "HOOK_COMPLETE_SUCCEEDED" : "HOOK_COMPLETE_FAILED"))
                    .with("HookEventTime", epoch(progress.asked()))
                    .with("HookStatusMessage", Value.text(hook.message()))
                    .with("FailureMode", Value.text(hook.strict() ? "FAIL" : "WARN")))
        .toList();
  }

  private static Value epoch(Instant instant) {
    return Value.num(
        BigDecimal.valueOf(instant.toEpochMilli())
            .divide(BigDecimal.valueOf(1000), 3, RoundingMode.UNNECESSARY));
  }
}
