package dev.parley.engine.stand;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.cost.PriceSource;
import dev.parley.engine.json.Json;
import dev.parley.plan.Change;
import dev.parley.provider.Capability;
import dev.parley.provider.Costs;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.OperationInfo;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.ProviderInfo;
import dev.parley.provider.Token;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A small cloud whose every misbehaviour a test writes down beforehand. It outlives the engines
 * that use it, as clouds do, and keeps a log of what it was asked.
 */
public final class ScriptedCloud implements Provider {
  public static final ResourceType THING = ResourceType.of("test:Thing");

  /** An operation of the account that changes something. */
  public static final OperationInfo PAINT =
      new OperationInfo(
          "test.Paint",
          false,
          (Fields)
              Json.parsePlain(
                  """
                  {"type": "object", "additionalProperties": false, "required": ["Colour"],
                   "properties": {"Colour": {"type": "string"}}}
                  """));

  /** One that only reads. */
  public static final OperationInfo COUNT =
      new OperationInfo("test.Count", true, (Fields) Json.parsePlain("{\"type\": \"object\"}"));

  private static final String SCHEMA =
      """
      {"type": "object", "properties": {
        "Id": {"type": "string"}, "Name": {"type": "string"}, "Size": {"type": "string"},
        "Zone": {"type": "string"}, "Link": {"type": "string"}, "Other": {"type": "string"}}}
      """;

  /** What was asked. */
  public record Asked(String operation, String name, Optional<Token> token) {}

  /** Before the request is applied, after it, or instead of its answer. */
  public enum When {
    BEFORE,
    AFTER
  }

  private record Fault(
      String operation, String name, When when, Function<Facts, ProviderException> error) {}

  private record Kept(Resource resource, String correlation) {}

  private final String account;
  private final int concurrency;
  private final Set<Capability> capabilities = EnumSet.of(Capability.TAGS, Capability.HEALTH);
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Map<String, Operation> byToken = new HashMap<>();
  private final Map<String, Fields> bodies = new HashMap<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, ProviderException> ends = new HashMap<>();
  private final Set<String> taken = new java.util.HashSet<>();
  private final Map<String, Integer> sights = new HashMap<>();
  private final Map<String, Health> health = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Asked> log = new ArrayList<>();
  private boolean repeats;
  private int pageSize = Integer.MAX_VALUE;
  private List<String> gaps = List.of();
  private Optional<String> identity = Optional.empty();
  private int polls;
  private int next = 1;
  private String revision = "1";
  private int atOnce;
  private int mostAtOnce;

  public ScriptedCloud(String account, int concurrency) {
    this.account = account;
    this.concurrency = concurrency;
  }

  // --- the script ---

  public synchronized ScriptedCloud claims(Capability... more) {
    capabilities.addAll(List.of(more));
    return this;
  }

  /**
   * Every change takes so many polls; what nobody polls is ready when it is found a second time.
   */
  public synchronized ScriptedCloud slow(int times) {
    polls = times;
    return this;
  }

  /**
   * Two resources may have one name, as machines may: nothing but marks and tokens prevents twins.
   */
  public synchronized ScriptedCloud namesMayRepeat() {
    repeats = true;
    return this;
  }

  /** The next so many requests of this kind about this name go wrong. */
  public synchronized ScriptedCloud fault(
      String operation,
      String name,
      When when,
      int times,
      Function<Facts, ProviderException> error) {
    for (int i = 0; i < times; i++) {
      faults.add(new Fault(operation, name, when, error));
    }
    return this;
  }

  /** The operation on this name ends in failure, and leaves a half-made resource. */
  public synchronized ScriptedCloud endsBadly(
      String name, Function<Facts, ProviderException> error) {
    ends.put(name, error.apply(facts("poll")));
    return this;
  }

  public synchronized ScriptedCloud healed() {
    ends.clear();
    faults.clear();
    health.clear();
    return this;
  }

  public synchronized ScriptedCloud health(String name, Health.State state) {
    health.put(name, new Health(state, "as the script says", Optional.empty()));
    return this;
  }

  public synchronized void newCatalog() {
    revision = revision + "+";
  }

  /** Lists come so many at a time. */
  public synchronized ScriptedCloud pages(int size) {
    pageSize = size;
    return this;
  }

  /** Lists leave something out. */
  public synchronized ScriptedCloud gaps(String... why) {
    gaps = List.of(why);
    return this;
  }

  /** Its credentials belong to somebody. */
  public synchronized ScriptedCloud belongsTo(String whom) {
    identity = Optional.of(whom);
    return this;
  }

  /** Somebody else changes a resource. */
  public synchronized void meddle(String name, String property, Value value) {
    kept.replaceAll(
        (id, one) ->
            one.resource().name().equals(name)
                ? new Kept(
                    with(one.resource(), one.resource().properties().with(property, value)),
                    one.correlation())
                : one);
  }

  /** Somebody else deletes a resource. */
  public synchronized void steal(String name) {
    kept.values().removeIf(one -> one.resource().name().equals(name));
    taken.remove(name);
  }

  /** Somebody else makes a resource. */
  public synchronized void plant(String name) {
    String id = "id-" + next++;
    taken.add(name);
    kept.put(
        id,
        new Kept(
            resource(id, name, "here", Fields.of("Name", Value.text(name)), Lifecycle.READY),
            "theirs"));
  }

  // --- what came of it ---

  public synchronized List<Resource> resources() {
    return kept.values().stream().map(Kept::resource).toList();
  }

  public synchronized List<Resource> named(String name) {
    return resources().stream().filter(resource -> resource.name().equals(name)).toList();
  }

  public synchronized List<Asked> log() {
    return List.copyOf(log);
  }

  public synchronized long asked(Predicate<Asked> which) {
    return log.stream().filter(which).count();
  }

  public synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  // --- the provider ---

  @Override
  public synchronized ProviderInfo info() {
    return new ProviderInfo("scripted", "test", account, "nowhere", concurrency, capabilities);
  }

  @Override
  public Catalog catalog() {
    return new Catalog() {
      @Override
      public String revision() {
        return revision;
      }

      @Override
      public List<ResourceType> types() {
        return List.of(THING);
      }

      @Override
      public Optional<TypeSchema> describe(ResourceType type) {
        return type.equals(THING) ? Optional.of(schema()) : Optional.empty();
      }

      @Override
      public List<ResourceType> search(String words, int limit) {
        return List.of(THING);
      }

      @Override
      public List<Offering> offerings() {
        return List.of();
      }
    };
  }

  private static TypeSchema schema() {
    return new TypeSchema(
        THING,
        "Thing",
        "",
        (Fields) Json.parsePlain(SCHEMA),
        Set.of(Pointer.of("/Id")),
        Set.of(),
        Set.of(Pointer.of("/Zone")),
        Pointer.of("/Id"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        true,
        Set.of("stop"),
        "test");
  }

  @Override
  public Check check() {
    return Check.ok("scripted");
  }

  @Override
  public List<SchemaError> validate(ResourceType type, Fields desired) {
    return List.of();
  }

  @Override
  public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
    if (prior.isEmpty()) {
      return new Change.Create(at, region, desired);
    }
    Resource was = prior.get();
    Fields now = was.properties().without("Id");
    for (var field : desired.fields().entrySet()) {
      now = now.with(field.getKey(), field.getValue());
    }
    if (now.equals(was.properties().without("Id"))) {
      return new Change.NoOp(at, region, was.id(), was.properties());
    }
    return now.get("Zone").equals(was.properties().get("Zone"))
        ? new Change.Update(at, region, was.id(), was.properties(), now)
        : new Change.Replace(
            at,
            region,
            was.region(),
            was.id(),
            was.properties(),
            now,
            List.of(Pointer.of("/Zone")));
  }

  @Override
  public Operation create(Change.Create change, Token token) {
    String name = change.at().name();
    return mutating(
        "create",
        name,
        token,
        change.desired(),
        () -> {
          if (!taken.add(name) && !repeats) {
            throw new ProviderException.AlreadyExists(facts("create"));
          }
          String id = "id-" + next++;
          Lifecycle lifecycle =
              ends.containsKey(name)
                  ? Lifecycle.FAILED
                  : polls > 0 ? Lifecycle.PENDING : Lifecycle.READY;
          kept.put(
              id,
              new Kept(
                  resource(
                      id,
                      name,
                      change.region(),
                      change.desired().with("Id", Value.text(id)),
                      lifecycle),
                  token.correlation()));
          return id;
        });
  }

  @Override
  public Operation update(Change.Update change, Token token) {
    return mutating(
        "update",
        change.at().name(),
        token,
        change.now(),
        () -> {
          Kept one = there(change.id(), "update");
          kept.put(
              change.id().value(),
              new Kept(
                  with(one.resource(), change.now().with("Id", Value.text(change.id().value()))),
                  one.correlation()));
          return change.id().value();
        });
  }

  @Override
  public Operation delete(Change.Delete change, Token token) {
    return mutating(
        "delete",
        change.at().name(),
        token,
        Fields.EMPTY,
        () -> {
          there(change.id(), "delete");
          kept.remove(change.id().value());
          taken.remove(change.at().name());
          return change.id().value();
        });
  }

  @Override
  public Operation call(Change.Call change, Token token) {
    return mutating(
        "call",
        change.at().name(),
        token,
        change.input(),
        () -> {
          if (!change.at().type().isOperation()) {
            there(change.id(), "call");
          }
          return change.id().value();
        });
  }

  private interface Act {
    String go();
  }

  private Operation mutating(String operation, String name, Token token, Fields body, Act act) {
    enter();
    try {
      synchronized (this) {
        log.add(new Asked(operation, name, Optional.of(token)));
        fault(operation, name, When.BEFORE);
        if (capabilities.contains(Capability.IDEMPOTENCY_TOKEN)
            && byToken.containsKey(token.value())) {
          if (!body.equals(bodies.get(token.value()))) {
            throw new ProviderException.TokenReused(facts(operation));
          }
          return byToken.get(token.value());
        }
        String id = act.go();
        Operation answer = answer(operation, name, id);
        byToken.put(token.value(), answer);
        bodies.put(token.value(), body);
        fault(operation, name, When.AFTER);
        return answer;
      }
    } finally {
      leave();
    }
  }

  private Operation answer(String operation, String name, String id) {
    var handle =
        new OperationHandle(
            operation,
            Fields.of("id", Value.text(id))
                .with("name", Value.text(name))
                .with("number", Value.num(log.size())));
    if (polls > 0) {
      running.put(key(handle), polls);
      return operation(handle, Operation.State.RUNNING, id, Optional.empty());
    }
    ProviderException end = ends.get(name);
    return end == null || !operation.equals("create")
        ? operation(handle, Operation.State.SUCCEEDED, id, Optional.empty())
        : operation(handle, Operation.State.FAILED, id, Optional.of(end));
  }

  private static String key(OperationHandle handle) {
    return handle.kind() + handle.state();
  }

  @Override
  public Operation poll(OperationHandle handle) {
    enter();
    try {
      synchronized (this) {
        String name = handle.state().text("name").orElseThrow();
        String id = handle.state().text("id").orElseThrow();
        log.add(new Asked("poll", name, Optional.empty()));
        fault("poll", name, When.BEFORE);
        int left = running.merge(key(handle), -1, Integer::sum);
        if (left > 0) {
          return operation(handle, Operation.State.RUNNING, id, Optional.empty());
        }
        ProviderException end = ends.get(name);
        if (end != null && handle.kind().equals("create")) {
          return operation(handle, Operation.State.FAILED, id, Optional.of(end));
        }
        kept.computeIfPresent(
            id,
            (_, one) -> new Kept(lifecycle(one.resource(), Lifecycle.READY), one.correlation()));
        return operation(handle, Operation.State.SUCCEEDED, id, Optional.empty());
      }
    } finally {
      leave();
    }
  }

  private static Operation operation(
      OperationHandle handle, Operation.State state, String id, Optional<ProviderException> error) {
    return new Operation(
        handle,
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new ResourceId(id)),
        error,
        "");
  }

  @Override
  public Operation cancel(OperationHandle handle) {
    throw new ProviderException.Refused(facts("cancel"));
  }

  @Override
  public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
    enter();
    try {
      synchronized (this) {
        Optional<Resource> found = Optional.ofNullable(kept.get(id.value())).map(Kept::resource);
        String name = found.map(Resource::name).orElse("");
        log.add(new Asked("read", name, Optional.empty()));
        fault("read", name, When.BEFORE);
        return found;
      }
    } finally {
      leave();
    }
  }

  @Override
  public synchronized Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
    log.add(new Asked("list", page.orElse(""), Optional.empty()));
    fault("list", page.orElse(""), When.BEFORE);
    int from = page.map(Integer::parseInt).orElse(0);
    int to = pageSize > resources().size() - from ? resources().size() : from + pageSize;
    return new Page<>(
        resources().subList(from, to),
        to < resources().size() ? Optional.of(Integer.toString(to)) : Optional.empty(),
        from == 0 ? gaps : List.of(),
        List.of(new Page.Source("script", gaps.isEmpty(), "what the script holds")));
  }

  @Override
  public synchronized List<OperationInfo> operations(String words, int limit) {
    claimed(Capability.OPERATIONS, "operations");
    return java.util.stream.Stream.of(PAINT, COUNT)
        .filter(one -> one.name().equals(words) || one.name().contains(words))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Fields query(String operation, String region, Fields input) {
    claimed(Capability.OPERATIONS, "query");
    log.add(new Asked("query", operation, Optional.empty()));
    if (!operation.equals(COUNT.name())) {
      throw new ProviderException.Refused(facts("query"));
    }
    return Fields.of("Count", Value.num(kept.size()))
        .with("Password", Value.text("hunter2hunter2"))
        .with("Note", Value.text("key AKIA1234567890ABCDEF"));
  }

  @Override
  public synchronized Costs costs(Costs.Query query) {
    claimed(Capability.COSTS, "costs");
    return new Costs(
        List.of(
            new Costs.Line(
                query.from(),
                query.to(),
                "things",
                dev.parley.value.Money.of("12.50", "USD"),
                true)),
        Optional.empty(),
        List.of("a day old"));
  }

  @Override
  public synchronized Optional<String> identity() {
    fault("identity", "*", When.BEFORE);
    return identity;
  }

  private void claimed(Capability capability, String operation) {
    if (!capabilities.contains(capability)) {
      throw new ProviderException.Refused(facts(operation));
    }
  }

  @Override
  public Optional<Resource> find(ResourceType type, String region, String correlation) {
    enter();
    try {
      synchronized (this) {
        log.add(new Asked("find", correlation, Optional.empty()));
        fault("find", "*", When.BEFORE);
        boolean again = sights.merge(correlation, 1, Integer::sum) > 1;
        kept.replaceAll(
            (_, one) ->
                again
                        && one.correlation().equals(correlation)
                        && one.resource().lifecycle() == Lifecycle.PENDING
                    ? new Kept(lifecycle(one.resource(), Lifecycle.READY), one.correlation())
                    : one);
        return kept.values().stream()
            .filter(one -> one.correlation().equals(correlation))
            .map(Kept::resource)
            .findFirst();
      }
    } finally {
      leave();
    }
  }

  @Override
  public PriceSource prices() {
    throw new ProviderException.Refused(facts("prices"));
  }

  @Override
  public synchronized Health health(Resource resource) {
    return health.getOrDefault(
        resource.name(), new Health(Health.State.HEALTHY, "well", Optional.empty()));
  }

  @Override
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    claimed(Capability.LOGS, "logs");
    return List.of(new LogLine(since, resource.name(), "password=Zx9!kk2#Qw77 started"));
  }

  @Override
  public void close() {}

  private void enter() {
    synchronized (this) {
      atOnce++;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
    }
    Thread.yield();
  }

  private synchronized void leave() {
    atOnce--;
  }

  private void fault(String operation, String name, When when) {
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.operation().equals(operation)
          && (fault.name().equals("*") || fault.name().equals(name))
          && fault.when() == when) {
        faults.remove(i);
        throw fault.error().apply(facts(operation));
      }
    }
  }

  private Kept there(ResourceId id, String operation) {
    Kept one = kept.get(id.value());
    if (one == null) {
      throw new ProviderException.NotFound(facts(operation));
    }
    return one;
  }

  private Facts facts(String operation) {
    return new Facts(
        account, operation, 500, "Scripted", "as the script says", "request-1", Sent.YES);
  }

  private static Resource resource(
      String id, String name, String region, Fields properties, Lifecycle lifecycle) {
    return new Resource(
        THING, new ResourceId(id), name, region, properties, Map.of(), lifecycle, Optional.empty());
  }

  private static Resource with(Resource was, Fields properties) {
    return new Resource(
        was.type(),
        was.id(),
        was.name(),
        was.region(),
        properties,
        was.tags(),
        was.lifecycle(),
        was.etag());
  }

  private static Resource lifecycle(Resource was, Lifecycle lifecycle) {
    return new Resource(
        was.type(),
        was.id(),
        was.name(),
        was.region(),
        was.properties(),
        was.tags(),
        lifecycle,
        was.etag());
  }
}
