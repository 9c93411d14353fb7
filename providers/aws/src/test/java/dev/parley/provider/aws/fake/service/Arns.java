package dev.parley.provider.aws.fake.service;

import dev.parley.provider.aws.fake.type.FakeType;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.type.Templates;
import dev.parley.provider.aws.fake.wire.Call;
import dev.parley.provider.aws.fake.world.Place;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Text;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Resources as the services beside Cloud Control name them: by ARN, kind and tags. */
final class Arns {
  private final World world;
  private final FakeTypes types;

  Arns(World world, FakeTypes types) {
    this.world = world;
    this.types = types;
  }

  /**
   * One resource.
   *
   * @param kind for example {@code ec2:instance}
   */
  record Named(Stored resource, String arn, String kind, Map<String, String> tags) {}

  /** All of an account that a region shows and that have an ARN, by ARN. */
  List<Named> in(Call call) {
    return sorted(world.within(call.account(), call.region()));
  }

  /** All of an account, in all regions, by ARN. */
  List<Named> everywhere(Call call) {
    return sorted(world.everything().filter(each -> each.place().account().equals(call.account())));
  }

  private List<Named> sorted(Stream<Stored> all) {
    return all.flatMap(each -> named(each).stream())
        .sorted(Comparator.comparing(Named::arn))
        .toList();
  }

  private Optional<Named> named(Stored stored) {
    Optional<FakeType> type = types.get(stored.place().type());
    if (type.isEmpty() || type.get().manners().arn().isEmpty()) {
      return Optional.empty();
    }
    Place place = stored.place();
    var templates =
        new Templates(place.account(), place.region(), stored.ordinal(), new SplittableRandom(0));
    String arn = templates.fill(type.get().manners().arn().get(), stored.properties());
    return Optional.of(
        new Named(stored, arn, type.get().manners().kind().orElse(""), tags(type.get(), stored)));
  }

  static Map<String, String> tags(FakeType type, Stored stored) {
    var tags = new LinkedHashMap<String, String>();
    Value at = type.tags().flatMap(place -> place.in(stored.properties())).orElse(Value.NULL);
    if (at instanceof Items(var items)) {
      for (Value item : items) {
        if (item instanceof Fields tag) {
          tags.put(tag.text("Key").orElse(""), tag.text("Value").orElse(""));
        }
      }
    } else if (at instanceof Fields(var fields)) {
      fields.forEach(
          (name, value) -> {
            if (value instanceof Text(var text)) {
              tags.put(name, text);
            }
          });
    }
    return tags;
  }
}
