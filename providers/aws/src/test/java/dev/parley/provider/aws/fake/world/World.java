package dev.parley.provider.aws.fake.world;

import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.value.Value.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Everything there is, in all accounts. One owner at a time: the server answers one request after
 * the other, holding this object's lock.
 */
public final class World {
  private final Map<Place, Map<String, Stored>> resources = new LinkedHashMap<>();
  private final Map<Place, Long> ordinals = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Progress> requests = new LinkedHashMap<>();
  private final Map<String, AccessKey> keys = new HashMap<>();
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<LogLine> logs = new ArrayList<>();
  private final List<Charge> charges = new ArrayList<>();
  private final Map<String, Lag> lags = new HashMap<>();
  private Consumer<Entry> keeper = _ -> {};

  /**
   * What reads still show instead of the truth.
   *
   * @param looks how many more of them
   * @param before what there was; empty if nothing
   */
  public record Lag(int looks, Optional<Fields> before) {}

  /** From now on every change is told to the keeper before it is made. */
  public void keptBy(Consumer<Entry> keeper) {
    this.keeper = keeper;
  }

  /** Makes a change. */
  public void write(Entry entry) {
    keeper.accept(entry);
    apply(entry);
  }

  /** Makes a change that is kept already. */
  public void apply(Entry entry) {
    switch (entry) {
      case Entry.Put(var resource) -> {
        place(resource.place()).put(resource.id(), resource);
        ordinals.merge(resource.place(), resource.ordinal(), Math::max);
        seen.add(key(resource.place(), resource.id()));
      }
      case Entry.Gone(var place, var id) -> place(place).remove(id);
      case Entry.Asked(var progress) -> requests.put(progress.token(), progress);
      case Entry.Keyed(var key) -> keys.put(key.id(), key);
      case Entry.Trusted(var role) -> roles.put(role.arn(), role);
      case Entry.Logged(var line) -> logs.add(line);
      case Entry.Charged(var charge) -> charges.add(charge);
    }
  }

  private Map<String, Stored> place(Place place) {
    return resources.computeIfAbsent(place, _ -> new LinkedHashMap<>());
  }

  private static String key(Place place, String id) {
    return place + " " + id;
  }

  /** All of a place, oldest first. */
  public List<Stored> in(Place place) {
    return place(place).values().stream().sorted(Comparator.comparing(Stored::ordinal)).toList();
  }

  /** All there is. */
  public Stream<Stored> everything() {
    return resources.values().stream().map(Map::values).flatMap(Collection::stream);
  }

  /** What an account has that is reached through a region, global things included. */
  public Stream<Stored> within(String account, String region) {
    return everything()
        .filter(each -> each.place().account().equals(account))
        .filter(
            each ->
                each.place().region().equals(region) || each.place().region().equals(Place.GLOBAL));
  }

  /** The resource with that identifier. */
  public Optional<Stored> find(Place place, String id) {
    return Optional.ofNullable(place(place).get(id));
  }

  /** Whether there ever was one with that identifier. */
  public boolean knew(Place place, String id) {
    return seen.contains(key(place, id));
  }

  /** The number of the next resource of a place. */
  public long next(Place place) {
    return ordinals.getOrDefault(place, 0L) + 1;
  }

  /** The request with that token. */
  public Optional<Progress> request(String token) {
    return Optional.ofNullable(requests.get(token));
  }

  /** All requests, oldest first. */
  public List<Progress> requests() {
    return List.copyOf(requests.values());
  }

  /** A request on that resource that has not ended. */
  public Optional<Progress> inFlight(Place place, String id) {
    return requests.values().stream()
        .filter(each -> !each.status().ended())
        .filter(each -> each.place().equals(place) && each.identifier().equals(Optional.of(id)))
        .findFirst();
  }

  /** The key with that id. */
  public Optional<AccessKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** The role with that ARN. */
  public Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  /** Every line that was logged, in the order they came. */
  public List<LogLine> logs() {
    return List.copyOf(logs);
  }

  /** Every charge, in the order they came. */
  public List<Charge> charges() {
    return List.copyOf(charges);
  }

  /** Lets reads lag behind. */
  public void lag(Place place, String id, Lag lag) {
    lags.put(key(place, id), lag);
  }

  /** What a look at this resource shows instead of the truth, if it lags; this was one look. */
  public Optional<Lag> lookAt(Place place, String id) {
    Lag lag = lags.get(key(place, id));
    if (lag == null) {
      return Optional.empty();
    }
    if (lag.looks() <= 1) {
      lags.remove(key(place, id));
    } else {
      lags.put(key(place, id), new Lag(lag.looks() - 1, lag.before()));
    }
    return Optional.of(lag);
  }

  /** Whether a new resource is not to be seen yet. */
  public boolean hidden(Place place, String id) {
    Lag lag = lags.get(key(place, id));
    return lag != null && lag.before().isEmpty();
  }
}
