package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.Templates;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Fills in what a create handler knows: copies, defaults and outputs. */
final class Making {
  private final World world;
  private final RandomGenerator random;

  Making(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** The properties with defaults and outputs filled in. */
  Fields made(Call call, FakeType type, Place place, Fields desired) {
    var templates = new Templates(call.account(), call.region(), world.next(place), random);
    Fields whole = Patching.lowered(type, desired);
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
}
