package dev.parley.provider.sandbox.cloud;

import dev.parley.catalog.TypeSchema;
import dev.parley.engine.json.Codec;
import dev.parley.provider.sandbox.catalog.Behaviour;
import dev.parley.provider.sandbox.cloud.Fault.Effect;
import dev.parley.provider.sandbox.cloud.Request.Verb;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one account's owner may look at: resources, lists, health, logs. */
final class Sights {
  /** Under this key a resource's tags show the correlation it was made with. */
  static final String CORRELATION = "parley:correlation";

  private final String family;
  private final String account;
  private final Estate estate;
  private final Faults faults;
  private final Clock clock;

  Sights(String family, String account, Estate estate, Faults faults, Clock clock) {
    this.family = family;
    this.account = account;
    this.estate = estate;
    this.faults = faults;
    this.clock = clock;
  }

  Reply read(Request request) {
    return estate.locked(
        () -> {
          estate.settle();
          return estate
              .holdings()
              .get(request.type(), request.region(), request.id())
              .map(this::found)
              .orElseGet(() -> notFound(request));
        });
  }

  Reply find(Request request) {
    return estate.locked(
        () -> {
          estate.settle();
          return estate
              .holdings()
              .correlated(request.type(), request.correlation())
              .filter(item -> request.region().isEmpty() || item.region().equals(request.region()))
              .map(this::found)
              .orElseGet(() -> notFound(request));
        });
  }

  /** A page; types that a fault strikes are left out and named as gaps. */
  Reply list(Request request) {
    String[] page = request.detail().split("\n", 2);
    Set<String> left = new LinkedHashSet<>();
    var gaps = new ArrayList<String>();
    if (request.detail().isEmpty() && request.type().isEmpty()) {
      for (ResourceType type : estate.ware().catalog().types()) {
        Optional<Fault> fault =
            faults.strike(account, Verb.LIST, type.unversioned(), "", Optional.empty());
        fault
            .flatMap(Troubles::before)
            .ifPresent(
                trouble -> {
                  left.add(type.toString());
                  gaps.add(type + " could not be listed: " + trouble.in(family).code());
                });
      }
    } else if (page.length > 1 && !page[1].isEmpty()) {
      left.addAll(List.of(page[1].split(",")));
    }
    return estate.locked(
        () -> {
          estate.settle();
          var shown = new ArrayList<Value>();
          String last = "";
          for (Item item : estate.holdings().items().tailMap(page[0], false).values()) {
            boolean wanted =
                request.type().isEmpty()
                    ? !left.contains(item.type())
                    : item.type().equals(request.type());
            if (wanted && shown.size() == estate.profile().pageSize()) {
              return listed(shown, Optional.of(last + "\n" + String.join(",", left)), gaps);
            }
            if (wanted) {
              shown.add(Codec.encode(seen(item)));
              last = item.key();
            }
          }
          return listed(shown, Optional.empty(), gaps);
        });
  }

  private static Reply listed(List<Value> shown, Optional<String> next, List<String> gaps) {
    Fields body = Fields.of("items", new Items(shown)).with("gaps", Value.texts(gaps));
    return Reply.ok(200, next.map(page -> body.with("next", Value.text(page))).orElse(body));
  }

  Reply health(Request request) {
    return estate.locked(
        () -> {
          estate.settle();
          Optional<Item> item =
              estate.holdings().get(request.type(), request.region(), request.id());
          if (item.isEmpty()) {
            return notFound(request);
          }
          State state = state(item.get(), new HashSet<>());
          return Reply.ok(
              200,
              Fields.of("state", Value.text(state.word()))
                  .with("detail", Value.text(state.detail())));
        });
  }

  private record State(String word, String detail) {}

  private State state(Item item, Set<String> asked) {
    asked.add(item.key());
    Optional<Behaviour.Health> health = behaviour(item).health();
    if (item.lifecycle() == Lifecycle.FAILED || item.lifecycle() == Lifecycle.DELETING) {
      return new State("UNHEALTHY", item.name() + " is " + item.lifecycle());
    }
    if (health.isEmpty()) {
      return new State("UNKNOWN", "there is nothing to look at");
    }
    if (item.lifecycle() == Lifecycle.PENDING) {
      return new State("STARTING", item.name() + " is being made");
    }
    Optional<Fault> fault =
        faults.strike(account, Verb.HEALTH, typeName(item), item.name(), tag(item));
    if (fault.filter(one -> one.effect() == Effect.UNHEALTHY).isPresent()) {
      return new State(
          "UNHEALTHY", item.name() + " does not answer: connection refused on its service port");
    }
    for (Map.Entry<Pointer, Value> need : health.get().needs().entrySet()) {
      Value is = need.getKey().in(item.properties()).orElse(Value.NULL);
      if (!is.equals(need.getValue())) {
        return new State(
            "UNHEALTHY",
            item.name()
                + ": "
                + need.getKey()
                + " is "
                + Estate.plain(is)
                + ", not "
                + Estate.plain(need.getValue()));
      }
    }
    double warmup = health.get().warmup().toMillis() * estate.profile().latency();
    if (clock.instant().isBefore(item.ready().plusMillis((long) warmup))) {
      return new State("STARTING", item.name() + " has just come up");
    }
    List<Item> behind = behind(item, health.get().follow());
    return behind.isEmpty()
        ? new State("HEALTHY", item.name() + " answers")
        : together(item, behind, asked);
  }

  private State together(Item item, List<Item> behind, Set<String> asked) {
    var states =
        behind.stream()
            .filter(one -> !asked.contains(one.key()))
            .map(one -> state(one, asked))
            .toList();
    long healthy = states.stream().filter(state -> state.word().equals("HEALTHY")).count();
    String count = healthy + " of " + states.size() + " targets healthy";
    Optional<State> worst =
        states.stream()
            .filter(state -> state.word().equals("UNHEALTHY"))
            .findFirst()
            .or(() -> states.stream().filter(state -> state.word().equals("STARTING")).findFirst());
    return worst
        .map(state -> new State(state.word(), item.name() + ": " + count + "; " + state.detail()))
        .orElse(new State("HEALTHY", item.name() + ": " + count));
  }

  /** The items at the end of a way over what points where. */
  private List<Item> behind(Item item, List<String> follow) {
    List<Item> here = List.of(item);
    for (String step : follow) {
      boolean forth = step.startsWith(">");
      String type = step.substring(1);
      var next = new LinkedHashMap<String, Item>();
      for (Item one : here) {
        var around =
            forth ? estate.holdings().pointsAt(one.key()) : estate.holdings().pointing(one.key());
        around.stream()
            .filter(other -> typeName(other).equals(type))
            .forEach(other -> next.put(other.key(), other));
      }
      here = List.copyOf(next.values());
    }
    return follow.isEmpty() ? List.of() : here;
  }

  Reply logs(Request request) {
    return estate.locked(
        () -> {
          estate.settle();
          Optional<Item> item =
              estate.holdings().get(request.type(), request.region(), request.id());
          if (item.isEmpty()) {
            return notFound(request);
          }
          String[] detail = request.detail().split(" ");
          Instant since = since(detail[0]);
          int limit = detail.length > 1 ? Integer.parseInt(detail[1]) : 100;
          String kind = behaviour(item.get()).logs().orElse("");
          List<Value> lines = LogLines.of(item.get(), kind, since, clock.instant(), limit);
          return Reply.ok(200, Fields.of("lines", new Items(lines)));
        });
  }

  private static Instant since(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** How many there are of each type. */
  Fields counts() {
    return estate.locked(
        () -> {
          estate.settle();
          var counts = new LinkedHashMap<String, Value>();
          for (Item item : estate.holdings().items().values()) {
            Value before = counts.getOrDefault(item.type(), Value.num(0));
            counts.put(item.type(), Value.num(((Value.Num) before).number().longValue() + 1));
          }
          return new Fields(counts);
        });
  }

  private Reply found(Item item) {
    return Reply.ok(200, Fields.of("resource", Codec.encode(seen(item))));
  }

  private Resource seen(Item item) {
    ResourceType type = ResourceType.of(item.type());
    Optional<TypeSchema> schema = estate.ware().describe(type);
    var tags =
        new LinkedHashMap<String, String>(
            schema.map(one -> Bodies.tags(one, item.properties())).orElse(Map.of()));
    if (!item.correlation().isEmpty()) {
      tags.put(CORRELATION, item.correlation());
    }
    Behaviour behaviour = behaviour(item);
    Map<Pointer, Value> over =
        switch (item.lifecycle()) {
          case PENDING -> behaviour.pending();
          case DELETING -> behaviour.deleting();
          default -> Map.of();
        };
    Fields properties = item.properties();
    for (Map.Entry<Pointer, Value> one : over.entrySet()) {
      properties = one.getKey().set(properties, one.getValue());
    }
    return new Resource(
        type,
        new ResourceId(item.id()),
        item.name().isEmpty() ? item.id() : item.name(),
        item.region(),
        properties,
        tags,
        item.lifecycle(),
        Optional.of(Long.toString(item.version())));
  }

  /** What the resource's own tag says shall happen to it. */
  private Optional<String> tag(Item item) {
    return estate
        .ware()
        .describe(ResourceType.of(item.type()))
        .flatMap(schema -> faultTag(schema, item.properties()));
  }

  static Optional<String> faultTag(TypeSchema schema, Fields properties) {
    Map<String, String> tags = Bodies.tags(schema, properties);
    return Optional.ofNullable(tags.get("sandbox:fault"))
        .or(() -> Optional.ofNullable(tags.get("sandbox-fault")));
  }

  private Behaviour behaviour(Item item) {
    return estate.ware().behaviour(ResourceType.of(item.type()));
  }

  private static String typeName(Item item) {
    return ResourceType.of(item.type()).unversioned();
  }

  private Reply notFound(Request request) {
    return Trouble.NOT_FOUND.reply(family, request.type() + " " + request.id() + " does not exist");
  }
}
