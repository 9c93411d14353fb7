package dev.parley.provider.aws;

import dev.parley.engine.json.Json;
import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.control.Control;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What exists, as Cloud Control lists it: type after type, region after region. */
final class Listing {
  private static final String NAME = "Cloud Control";

  private final Control control;
  private final List<String> regions;

  Listing(Control control, List<String> regions) {
    this.control = control;
    this.regions = List.copyOf(regions);
  }

  Page<Resource> page(AwsType type, Optional<String> from) {
    Fields place = from.map(Listing::place).orElse(Fields.EMPTY);
    String region = place.text("region").orElse(regions.getFirst());
    int index = Math.max(0, regions.indexOf(region));
    var gaps = new ArrayList<String>();
    List<Resource> items = List.of();
    Optional<String> next = Optional.empty();
    try {
      Page<Resource> page = control.list(type, region, place.text("page"));
      items = page.items().stream().filter(one -> home(one, region, index == 0)).toList();
      gaps.addAll(page.gaps());
      next = page.next();
    } catch (ProviderException.Unauthenticated e) {
      throw e;
    } catch (ProviderException e) {
      gaps.add(
          type.schema().type().name() + " in " + region + ": " + e.kind() + ", " + e.getMessage());
    }
    Optional<String> onward =
        next.map(page -> token(region, page))
            .or(
                () ->
                    index + 1 < regions.size()
                        ? Optional.of(token(regions.get(index + 1), ""))
                        : Optional.empty());
    return new Page<>(
        items,
        onward,
        gaps,
        List.of(
            new Page.Source(
                NAME, gaps.isEmpty(), "every " + type.schema().type().name() + " in " + region)));
  }

  /**
   * What exists of all these types, type after type. One that can't be listed is a gap.
   *
   * @param known tells what a type's handlers do; those that no handler lists are left out
   */
  Page<Resource> everything(
      List<ResourceType> types,
      Function<ResourceType, Optional<AwsType>> known,
      Optional<String> from) {
    Fields place = from.map(Listing::place).orElse(Fields.EMPTY);
    Optional<ResourceType> start = place.text("type").map(ResourceType::of);
    List<ResourceType> left =
        types.stream()
            .filter(type -> start.isEmpty() || type.compareTo(start.get()) >= 0)
            .sorted()
            .toList();
    for (int i = 0; i < left.size(); i++) {
      Optional<AwsType> type = known.apply(left.get(i));
      if (type.isPresent() && type.get().handlers().contains("list")) {
        boolean resumed = start.equals(Optional.of(left.get(i)));
        Page<Resource> page = page(type.get(), resumed ? place.text("inner") : Optional.empty());
        Fields here = Fields.of("type", Value.text(left.get(i).toString()));
        Optional<String> after =
            i + 1 < left.size()
                ? Optional.of(Json.write(Fields.of("type", Value.text(left.get(i + 1).toString()))))
                : Optional.empty();
        Optional<String> next =
            page.next()
                .map(inner -> Json.write(here.with("inner", Value.text(inner))))
                .or(() -> after);
        return new Page<>(page.items(), next, page.gaps(), page.sources());
      }
    }
    return new Page<>(List.of(), Optional.empty(), List.of());
  }

  /**
   * A global resource is listed in every region and counted in the first: its ARN names no region.
   */
  private static boolean home(Resource one, String region, boolean first) {
    Optional<String> arn = arn(one);
    if (arn.isEmpty()) {
      return true;
    }
    String[] parts = arn.get().split(":", 6);
    String named = parts.length > 3 ? parts[3] : region;
    return named.isEmpty() ? first : named.equals(region);
  }

  private static Optional<String> arn(Resource one) {
    if (one.id().value().startsWith("arn:")) {
      return Optional.of(one.id().value());
    }
    return one.properties().text("Arn").filter(text -> text.startsWith("arn:"));
  }

  private static String token(String region, String page) {
    Fields place = Fields.of("region", Value.text(region));
    return Json.write(page.isEmpty() ? place : place.with("page", Value.text(page)));
  }

  private static Fields place(String token) {
    try {
      return Json.parsePlain(token) instanceof Fields fields ? fields : Fields.EMPTY;
    } catch (Invalid e) {
      throw new IllegalArgumentException("no page of this listing: " + token, e);
    }
  }
}
