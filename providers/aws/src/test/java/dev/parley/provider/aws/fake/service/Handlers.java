package dev.parley.provider.aws.fake.service;

import dev.parley.engine.catalog.Patterns;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.type.ModelCheck;
import dev.parley.provider.aws.fake.type.Patch;
import dev.parley.provider.aws.fake.type.Templates;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.wire.ServiceError;
import dev.parley.provider.aws.fake.wire.Signature;
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
import dev.parley.value.Invalid;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What happens when a resource is to be created, updated or deleted. */
public final class Handlers {
  private static final Pattern CLIENT_TOKEN = Pattern.compile("[-A-Za-z0-9+/=]{1,128}");
  private static final Pattern TYPE_NAME =
      Pattern.compile("[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(::MODULE)?");
  private static final int LONGEST = 262_144;

  private final World world;
  private final FakeTypes types;
  private final Requests requests;
  private final Faults faults;
  private final RandomGenerator random;
  private final Optional<Pace> pace;

  /**
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
    this.types = types;
    this.requests = requests;
    this.faults = faults;
    this.random = random;
    this.pace = pace;
  }

  /** The type that a call is about, if it can do that. */
  FakeType type(Call call, String handler) {
    String name = call.input().text("TypeName").orElseThrow();
    if (!TYPE_NAME.matcher(name).matches()) {
      throw ServiceError.validation("Value '" + name + "' at 'typeName' is no type name");
    }
    FakeType type =
        types
            .get(name)
            .orElseThrow(
                () ->
                    new ServiceError(
                        404, "TypeNotFoundException", "The type '" + name + "' cannot be found."));
    if (!type.can(handler)) {
      throw new ServiceError(
          405,
          "UnsupportedActionException",
          "Resource type "
              + name
              + " does not support "
              + handler.toUpperCase(Locale.ROOT)
              + " action");
    }
    return type;
  }

  /** Where resources of a type are, seen from a call. */
  static Place place(Call call, FakeType type) {
    String region = type.manners().global() ? Place.GLOBAL : call.region();
    return new Place(call.account(), region, type.name());
  }

  Fields create(Call call) {
    FakeType type = type(call, "create");
    Fields desired = document(call, "DesiredState");
    Optional<Fields> replay = replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    List<String> readOnly = ModelCheck.readOnly(type, desired);
    if (!readOnly.isEmpty()) {
      throw ServiceError.validation(
          "Model validation failed (readOnlyProperties " + readOnly + " cannot be specified)");
    }
    valid(type, desired);
    Place place = place(call, type);
    Optional<Failure> failure = whatForbids(call, type, place, desired);
    Optional<Effect.FailOperation> planned = take(Effect.FailOperation.class, call);
    boolean makes = failure.isEmpty() && planned.map(Effect.FailOperation::halfMade).orElse(true);
    List<Hook> hooks = hooks(call);
    Optional<Failure> hooked = refusedBy(hooks);
    Optional<String> id = Optional.empty();
    if (makes && hooked.isEmpty()) {
      Fields whole = made(call, type, place, desired);
      id = type.identifier(whole);
      String made = id.orElseThrow();
      if (world.find(place, made).isPresent()) {
        failure = Optional.of(exists(type, made));
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
    FakeType type = type(call, "update");
    String text = limited(call, "PatchDocument");
    Optional<Fields> replay = replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    Place place = place(call, type);
    String id = call.input().text("Identifier").orElseThrow();
    Stored found = world.find(place, id).orElseThrow(() -> CloudControl.notFound(type, id));
    free(place, id, call.now());
    Fields base = type.shown(found.properties());
    Fields after = patched(type, text, base);
    valid(type, FakeType.without(after, type.pointers("readOnlyProperties")));
    List<Hook> hooks = hooks(call);
    Optional<Failure> failure =
        refusedBy(hooks)
            .or(() -> frozen(type, base, after))
            .or(failureOr(dangling(place, type, after), take(Effect.FailOperation.class, call)));
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

  private Fields patched(FakeType type, String text, Fields base) {
    Fields after;
    Patch patch;
    try {
      patch = Patch.of(text);
      after = patch.on(base);
    } catch (IllegalArgumentException e) {
      throw ServiceError.validation("Invalid patch update: " + e.getMessage());
    }
    var readOnly = new ArrayList<String>();
    for (Pointer place : patch.touched()) {
      if (Patterns.anyCovers(type.pointers("readOnlyProperties"), place)) {
        readOnly.add("/properties" + place);
      }
    }
    if (!readOnly.isEmpty()) {
      throw ServiceError.validation(
          "Invalid patch update: readOnlyProperties " + readOnly + " cannot be updated");
    }
    var fixed = new ArrayList<String>();
    for (Pointer pattern : type.pointers("createOnlyProperties")) {
      if (differs(pattern, base, after)) {
        fixed.add("/properties" + pattern);
      }
    }
    if (!fixed.isEmpty()) {
      throw new ServiceError(
          400,
          "NotUpdatableException",
          "Invalid patch update: createOnlyProperties " + fixed + " cannot be updated");
    }
    return lowered(type, after);
  }

  private static Fields lowered(FakeType type, Fields properties) {
    Fields lowered = properties;
    for (Pointer at : type.manners().lower()) {
      if (at.in(lowered).orElse(Value.NULL) instanceof Text(var text)) {
        lowered = at.set(lowered, Value.text(text.toLowerCase(Locale.ROOT)));
      }
    }
    return lowered;
  }

  private static boolean differs(Pointer pattern, Fields base, Fields after) {
    List<Value> was = values(pattern, base);
    return !was.equals(values(pattern, after));
  }

  private static List<Value> values(Pointer pattern, Fields in) {
    return Patterns.places(pattern, in).stream().map(at -> at.in(in).orElseThrow()).toList();
  }

  private static Optional<Failure> frozen(FakeType type, Fields base, Fields after) {
    boolean frozen =
        type.manners().frozen().flatMap(at -> at.in(base)).equals(Optional.of(new Bool(true)));
    List<Pointer> changed =
        type.pointers("conditionalCreateOnlyProperties").stream()
            .filter(pattern -> differs(pattern, base, after))
            .toList();
    return frozen && !changed.isEmpty()
        ? Optional.of(
            new Failure("NotUpdatable", "Properties " + changed + " can't be updated any more"))
        : Optional.empty();
  }

  Fields delete(Call call) {
    FakeType type = type(call, "delete");
    Optional<Fields> replay = replayed(call);
    if (replay.isPresent()) {
      return replay.get();
    }
    Place place = place(call, type);
    String id = call.input().text("Identifier").orElseThrow();
    Optional<Stored> found = world.find(place, id);
    if (found.isEmpty() && !world.knew(place, id)) {
      throw CloudControl.notFound(type, id);
    }
    free(place, id, call.now());
    List<Hook> hooks = hooks(call);
    Optional<Failure> failure =
        refusedBy(hooks)
            .or(() -> found.isEmpty() ? Optional.of(gone(type, id)) : whatHolds(type, found.get()))
            .or(failureOr(Optional.empty(), take(Effect.FailOperation.class, call)));
    found.ifPresent(was -> lag(call, place, id, Optional.of(was.properties())));
    return accepted(call, type, Verb.DELETE, Optional.of(id), failure, Optional.empty(), hooks);
  }

  private static Failure gone(FakeType type, String id) {
    return new Failure(
        "NotFound",
        "Resource of type '" + type.name() + "' with identifier '" + id + "' was not found.");
  }

  private static Failure exists(FakeType type, String id) {
    return new Failure(
        "AlreadyExists",
        "Resource of type '" + type.name() + "' with identifier '" + id + "' already exists.");
  }

  private Optional<Failure> whatHolds(FakeType type, Stored stored) {
    boolean isProtected =
        type.manners()
            .protect()
            .flatMap(at -> at.in(stored.properties()))
            .equals(Optional.of(new Bool(true)));
    if (isProtected) {
      return Optional.of(
          new Failure(
              "InvalidRequest",
              "Cannot delete protected resource, disable deletion protection and try again."));
    }
    return world
        .everything()
        .filter(other -> other.place().account().equals(stored.place().account()))
        .filter(other -> refersTo(other, type, stored))
        .findFirst()
        .map(
            other ->
                new Failure(
                    "ResourceConflict",
                    "The "
                        + type.name()
                        + " '"
                        + stored.id()
                        + "' has dependencies and cannot be deleted: "
                        + other.place().type()
                        + " '"
                        + other.id()
                        + "'"));
  }

  private boolean refersTo(Stored other, FakeType type, Stored stored) {
    if (!type.manners().mustExist() || other.equals(stored)) {
      return false;
    }
    return types.get(other.place().type()).stream()
        .flatMap(each -> each.links().stream())
        .filter(link -> link.type().equals(type.name()))
        .anyMatch(
            link ->
                link.to()
                    .in(stored.properties())
                    .filter(values(link.from(), other.properties())::contains)
                    .isPresent());
  }

  private Optional<Failure> whatForbids(Call call, FakeType type, Place place, Fields desired) {
    return taken(call, type, place, desired).or(() -> dangling(place, type, desired));
  }

  private Optional<Failure> taken(Call call, FakeType type, Place place, Fields desired) {
    List<Pointer> unique = type.manners().unique();
    List<Optional<Value>> wanted = unique.stream().map(at -> at.in(desired)).toList();
    if (unique.isEmpty() || wanted.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return world
        .everything()
        .filter(each -> each.place().type().equals(type.name()))
        .filter(each -> type.manners().everywhere() || each.place().equals(place))
        .filter(each -> unique.stream().map(at -> at.in(each.properties())).toList().equals(wanted))
        .findFirst()
        .map(
            each -> {
              boolean mine = each.place().account().equals(call.account());
              return exists(type, mine ? each.id() : "of another account");
            });
  }

  private Optional<Failure> dangling(Place place, FakeType type, Fields properties) {
    for (FakeType.Link link : type.links()) {
      Optional<FakeType> target = types.get(link.type()).filter(t -> t.manners().mustExist());
      for (Value value : target.isEmpty() ? List.<Value>of() : values(link.from(), properties)) {
        boolean there =
            world
                .within(place.account(), place.region())
                .filter(each -> each.place().type().equals(link.type()))
                .anyMatch(each -> link.to().in(each.properties()).equals(Optional.of(value)));
        if (!there) {
          return Optional.of(
              new Failure(
                  "InvalidRequest",
                  "The " + link.type() + " " + Json.write(value) + " does not exist"));
        }
      }
    }
    return Optional.empty();
  }

  /** The properties with defaults and outputs filled in. */
  private Fields made(Call call, FakeType type, Place place, Fields desired) {
    var templates = new Templates(call.account(), call.region(), world.next(place), random);
    Fields whole = lowered(type, desired);
    for (var each : type.manners().copies().entrySet()) {
      Optional<Value> copied =
          copied(type, place, whole, each.getValue().from(), each.getValue().what());
      if (copied.isPresent()) {
        whole = each.getKey().set(whole, copied.get());
      }
    }
    whole = filled(templates, whole, type.manners().defaults());
    for (var when : type.manners().when()) {
      if (when.at().in(whole).equals(Optional.of(when.is()))) {
        whole = filled(templates, whole, when.outputs());
      }
    }
    return filled(templates, whole, type.manners().outputs());
  }

  private static Fields filled(Templates templates, Fields properties, Map<Pointer, Value> more) {
    Fields whole = properties;
    for (var each : more.entrySet()) {
      if (each.getKey().in(whole).isEmpty()) {
        whole = each.getKey().set(whole, templates.fill(each.getValue(), whole));
      }
    }
    return whole;
  }

  private Optional<Value> copied(
      FakeType type, Place place, Fields properties, Pointer from, Pointer what) {
    Optional<Value> named = from.in(properties);
    return type.links().stream()
        .filter(link -> link.from().equals(from) && named.isPresent())
        .flatMap(
            link ->
                world
                    .within(place.account(), place.region())
                    .filter(each -> each.place().type().equals(link.type()))
                    .filter(each -> link.to().in(each.properties()).equals(named)))
        .findFirst()
        .flatMap(each -> what.in(each.properties()));
  }

  private void valid(FakeType type, Fields model) {
    List<String> wrong = types.check(type).wrong(model);
    if (!wrong.isEmpty()) {
      throw ServiceError.validation("Model validation failed (" + String.join(", ", wrong) + ")");
    }
  }

  private void free(Place place, String id, Instant now) {
    Optional<Progress> busy = world.inFlight(place, id);
    if (busy.isPresent()) {
      requests.look(busy.get(), now);
      throw new ServiceError(
          409,
          "ConcurrentOperationException",
          "A request on '" + id + "' is in progress: " + busy.get().token());
    }
  }

  private static String limited(Call call, String member) {
    String text = call.input().text(member).orElseThrow();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw ServiceError.validation(
          "Value at '" + member + "' must have 1 to " + LONGEST + " characters");
    }
    return text;
  }

  private static Fields document(Call call, String member) {
    try {
      if (Json.parsePlain(limited(call, member)) instanceof Fields fields) {
        return fields;
      }
    } catch (Invalid e) {
      throw ServiceError.validation("Value at '" + member + "' is no JSON: " + e.getMessage());
    }
    throw ServiceError.validation("Value at '" + member + "' is no JSON object");
  }

  private static String digest(Call call) {
    String whole = call.operation() + Json.write(call.input().without("ClientToken"));
    return Signature.sha256(whole.getBytes(StandardCharsets.UTF_8));
  }

  /** The answer of the request for which this client token stands already. */
  private Optional<Fields> replayed(Call call) {
    Optional<String> token = call.input().text("ClientToken");
    if (token.isPresent() && !CLIENT_TOKEN.matcher(token.get()).matches()) {
      throw ServiceError.validation(
          "Value '"
              + token.get()
              + "' at 'clientToken' failed to satisfy constraint: Member must"
              + " satisfy regular expression pattern: [-A-Za-z0-9+/=]+ and have length less than"
              + " or equal to 128");
    }
    Optional<Progress> known = token.flatMap(text -> requests.of(call, text));
    if (known.isPresent() && !known.get().digest().equals(digest(call))) {
      throw new ServiceError(
          409,
          "ClientTokenConflictException",
          "The client token " + token.orElseThrow() + " was used for another request");
    }
    return known.map(progress -> Fields.of("ProgressEvent", requests.event(progress, call.now())));
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
                place(call, type),
                verb,
                call.input().text("ClientToken"),
                digest(call),
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
