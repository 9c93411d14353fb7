package dev.parley.provider.aws.fake.service;

import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Progress.Failure;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Bool;
import dev.parley.value.Value.Fields;
import java.util.List;
import java.util.Optional;

/** What handlers fail over: names that are taken, links that lead nowhere, what is still in use. */
final class Referee {
  private final World world;
  private final FakeTypes types;

  Referee(World world, FakeTypes types) {
    this.world = world;
    this.types = types;
  }

  /** Why this can't be created. */
  Optional<Failure> whatForbids(Call call, FakeType type, Place place, Fields desired) {
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

  /** A link that leads nowhere. */
  Optional<Failure> dangling(Place place, FakeType type, Fields properties) {
    for (FakeType.Link link : type.links()) {
      Optional<FakeType> target = types.get(link.type()).filter(t -> t.manners().mustExist());
      for (Value value :
          target.isEmpty() ? List.<Value>of() : Patching.values(link.from(), properties)) {
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

  /** Why this can't be deleted. */
  Optional<Failure> whatHolds(FakeType type, Stored stored) {
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
                    .filter(Patching.values(link.from(), other.properties())::contains)
                    .isPresent());
  }

  /** What is fixed for the time being. */
  static Optional<Failure> frozen(FakeType type, Fields base, Fields after) {
    boolean frozen =
        type.manners().frozen().flatMap(at -> at.in(base)).equals(Optional.of(new Bool(true)));
    List<Pointer> changed =
        type.pointers("conditionalCreateOnlyProperties").stream()
            .filter(pattern -> Patching.differs(pattern, base, after))
            .toList();
    return frozen && !changed.isEmpty()
        ? Optional.of(
            new Failure("NotUpdatable", "Properties " + changed + " can't be updated any more"))
        : Optional.empty();
  }

  /** It is no more. */
  static Failure gone(FakeType type, String id) {
    return new Failure(
        "NotFound",
        "Resource of type '" + type.name() + "' with identifier '" + id + "' was not found.");
  }

  /** There is one already. */
  static Failure exists(FakeType type, String id) {
    return new Failure(
        "AlreadyExists",
        "Resource of type '" + type.name() + "' with identifier '" + id + "' already exists.");
  }
}
