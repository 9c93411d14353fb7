package dev.parley.provider.aws.look;

import dev.parley.engine.json.Json;
import dev.parley.provider.Page;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.aws.account.Clients;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.error.AwsErrors;
import dev.parley.provider.aws.look.Origin.Part;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceType;
import dev.parley.value.Invalid;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What there is in an account, from everybody who can say: Resource Explorer, the last scan of the
 * IaC generator, tags, Cloud Control type by type, and where that has no list the service itself by
 * its recipe. Each thing comes once, by type and id; who does not answer is a named gap.
 *
 * <p>A page token stands for the origin, its own token, and a walk whose seen resources are kept in
 * memory for an hour; if they are lost, the walk goes on and says that things may come twice.
 */
public final class Discovery {
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int WALKS = 100;

  private final Origins origins;
  private final Recipes recipes;
  private final List<String> regions;
  private final String account;
  private final Clock clock;
  private final Map<String, Walk> walks = new LinkedHashMap<>();

  private record Walk(Set<String> seen, Instant begun) {}

  private record Place(int origin, Optional<String> token, String walk) {}

  /**
   * Of an account.
   *
   * @param regions where to look
   * @param types a type's identifier and handlers
   * @param known all types of the catalog, for naming what is found by ARN
   */
  public Discovery(
      Clients clients,
      Operations operations,
      Recipes recipes,
      List<String> regions,
      Function<ResourceType, Optional<AwsType>> types,
      Supplier<List<ResourceType>> known,
      String account,
      Clock clock) {
    this.origins = new Origins(clients, operations, recipes, new Arns(known), types);
    this.recipes = recipes;
    this.regions = List.copyOf(regions);
    this.account = account;
    this.clock = clock;
  }

  /**
   * Part of what there is; one request to one origin.
   *
   * @param type empty means everything
   * @throws ProviderException.InvalidRequest if the page token is none of ours
   */
  public Page<Resource> page(Optional<ResourceType> type, Optional<String> page) {
    Place place =
        page.map(this::place).orElse(new Place(0, Optional.empty(), UUID.randomUUID().toString()));
    List<Origin> all = all(type);
    if (place.origin() >= all.size()) {
      return new Page<>(List.of(), Optional.empty(), List.of(), List.of());
    }
    Origin origin = all.get(place.origin());
    var gaps = new ArrayList<String>();
    Optional<Walk> walk = walk(place.walk(), page.isEmpty());
    if (walk.isEmpty()) {
      gaps.add("the walk was interrupted; things that were listed before may come again");
      walk = walk(place.walk(), true);
    }
    Set<String> seen = walk.map(Walk::seen).orElseThrow();
    Part part = ask(origin, type, place.token());
    part.gaps().forEach(gaps::add);
    List<Resource> fresh;
    synchronized (seen) {
      fresh = part.items().stream().filter(r -> seen.add(r.type() + " " + r.id())).toList();
    }
    Optional<Place> next =
        part.next().isPresent()
            ? Optional.of(new Place(place.origin(), part.next(), place.walk()))
            : place.origin() + 1 < all.size()
                ? Optional.of(new Place(place.origin() + 1, Optional.empty(), place.walk()))
                : Optional.empty();
    return new Page<>(
        fresh,
        next.map(Discovery::written),
        gaps,
        List.of(new Page.Source(origin.name(), part.complete(), part.detail())));
  }

  private List<Origin> all(Optional<ResourceType> type) {
    var all = new ArrayList<Origin>();
    if (type.isEmpty()) {
      for (String region : regions) {
        all.add(origins.explorer(region));
        all.add(origins.scan(region));
        all.add(origins.tagging(region));
      }
    }
    for (ResourceType one : type.map(List::of).orElse(List.copyOf(recipes.types()))) {
      for (String region : regions) {
        all.add(either(origins.control(one, region), origins.recipe(one, region)));
      }
    }
    return all;
  }

  /** The second answers where the first can't list the type; a page token stays with its maker. */
  private Origin either(Origin first, Optional<Origin> second) {
    return new Origin() {
      @Override
      public String name() {
        return first.name() + second.map(s -> " or " + s.name()).orElse("");
      }

      @Override
      public Part page(Optional<ResourceType> type, Optional<String> token) {
        if (second.isPresent() && token.filter(t -> t.startsWith("2")).isPresent()) {
          return marked("2", second.get().page(type, rest(token)));
        }
        try {
          return marked("1", first.page(type, rest(token)));
        } catch (RuntimeException e) {
          if (second.isEmpty() || token.isPresent()) {
            throw e;
          }
          return marked("2", second.get().page(type, Optional.empty()));
        }
      }
    };
  }

  private static Optional<String> rest(Optional<String> token) {
    return token.map(t -> t.substring(1));
  }

  private static Part marked(String by, Part part) {
    return new Part(
        part.items(),
        part.next().map(next -> by + next),
        part.gaps(),
        part.complete(),
        part.detail());
  }

  private Part ask(Origin origin, Optional<ResourceType> type, Optional<String> token) {
    try {
      return origin.page(type, token);
    } catch (RuntimeException e) {
      ProviderException meant = AwsErrors.of(e, new AwsErrors.Asked(account, "list", false));
      String why = meant.kind() + ": " + meant.facts().message();
      return new Part(
          List.of(),
          Optional.empty(),
          List.of(origin.name() + " could not be asked, " + why),
          false,
          "did not answer: " + why);
    }
  }

  private synchronized Optional<Walk> walk(String id, boolean begins) {
    Instant now = clock.instant();
    walks.values().removeIf(walk -> walk.begun().plus(REMEMBERED).isBefore(now));
    if (begins) {
      walks.put(id, new Walk(new HashSet<>(), now));
      if (walks.size() > WALKS) {
        walks.remove(walks.keySet().iterator().next());
      }
    }
    return Optional.ofNullable(walks.get(id));
  }

  private static String written(Place place) {
    Fields fields = Fields.of("o", Value.num(place.origin())).with("w", Value.text(place.walk()));
    Fields all = place.token().map(t -> fields.with("t", Value.text(t))).orElse(fields);
    byte[] json = Json.write(all).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private Place place(String page) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
      Fields fields = (Fields) Json.parsePlain(json);
      int origin = ((Num) fields.get("o").orElseThrow()).number().intValueExact();
      return new Place(origin, fields.text("t"), fields.text("w").orElseThrow());
    } catch (RuntimeException e) {
      String why = e instanceof Invalid ? "it is damaged" : "it has another form";
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account, "list", "the page token is none of this account's: " + why + "; begin anew"),
          List.of());
    }
  }
}
