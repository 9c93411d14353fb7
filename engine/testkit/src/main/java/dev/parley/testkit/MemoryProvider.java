package dev.parley.testkit;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.cost.PriceSource;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.SchemaValidator;
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
import dev.parley.testkit.MemoryCloud.Kept;
import dev.parley.testkit.MemoryCloud.Pending;
import dev.parley.value.Check;
import dev.parley.value.Digest;
import dev.parley.value.Money;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Secret;
import dev.parley.value.Value.Text;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The in-memory stand-in: one account of a {@link MemoryCloud}. */
public final class MemoryProvider implements Provider {
  private static final int PAGE = 3;

  /** Counts what there is. */
  private static final OperationInfo COUNT =
      new OperationInfo("memory.CountThings", true, object());

  /** Rings everything there is. */
  private static final OperationInfo RING_ALL =
      new OperationInfo("memory.RingThings", false, object());

  private final MemoryCloud cloud;
  private final String account;
  private final Clock clock;
  private final Function<String, String> secrets;

  public MemoryProvider(
      MemoryCloud cloud, String account, Clock clock, Function<String, String> secrets) {
    this.cloud = cloud;
    this.account = account;
    this.clock = clock;
    this.secrets = secrets;
  }

  private static Fields object() {
    return Fields.of("type", Value.text("object"));
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "memory",
        "memory",
        account,
        "memory",
        8,
        Set.of(
            Capability.IDEMPOTENCY_TOKEN,
            Capability.OPTIMISTIC_LOCK,
            Capability.TAGS,
            Capability.OPERATIONS,
            Capability.COSTS,
            Capability.RESUMABLE_POLL));
  }

  @Override
  public Catalog catalog() {
    return MemoryCloud.CATALOG;
  }

  @Override
  public Check check() {
    cloud.note(false, Fields.EMPTY);
    return Check.ok("in memory");
  }

  @Override
  public List<SchemaError> validate(ResourceType type, Fields desired) {
    return SchemaValidator.validate(schema(type), desired);
  }

  @Override
  public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
    return Differ.plan(at, region, schema(at.type()), desired, prior);
  }

  @Override
  public Operation create(Change.Create change, Token token) {
    Fields desired = shown(change.at().type(), change.desired());
    String id = cloud.nextId();
    Fields made = desired.with("id", Value.text(id));
    Resource resource =
        resource(change.at().type(), id, change.at().name(), change.region(), made, "1");
    return mutate(
        "create",
        change.at().type(),
        change.desired(),
        token,
        Optional.of(new Kept(resource, token.correlation())),
        id);
  }

  @Override
  public Operation update(Change.Update change, Token token) {
    synchronized (cloud) {
      Kept kept = existing("update", change.id(), change.now());
      Fields was =
          Differ.changed(schema(change.at().type()), change.was(), kept.resource().properties())
                  .isEmpty()
              ? change.was()
              : Fields.EMPTY;
      if (was.isEmpty() && !change.was().isEmpty()) {
        cloud.note(true, change.now());
        throw new ProviderException.PreconditionFailed(
            facts("update", 412, "moved", change.id() + " has changed meanwhile"));
      }
      Resource before = kept.resource();
      Fields now =
          shown(change.at().type(), change.now()).with("id", Value.text(before.id().value()));
      Fields rung =
          before.properties().get("rings").map(rings -> now.with("rings", rings)).orElse(now);
      Resource after =
          resource(
              before.type(),
              before.id().value(),
              before.name(),
              before.region(),
              rung,
              "2" + before.etag().orElse(""));
      return mutate(
          "update",
          before.type(),
          change.now(),
          token,
          Optional.of(new Kept(after, kept.correlation())),
          before.id().value());
    }
  }

  @Override
  public Operation delete(Change.Delete change, Token token) {
    synchronized (cloud) {
      if (!cloud.of(account).containsKey(change.id().value()) && change.was().isEmpty()) {
        cloud.note(true, Fields.EMPTY);
        throw new ProviderException.NotFound(
            facts("delete", 404, "gone", change.id() + " does not exist"));
      }
      Operation deleted =
          mutate(
              "delete",
              change.at().type(),
              Fields.EMPTY,
              token,
              Optional.empty(),
              change.id().value());
      cloud.of(account).remove(change.id().value());
      return deleted;
    }
  }

  @Override
  public Operation call(Change.Call change, Token token) {
    if (change.at().type().isOperation()) {
      return ringAll(change, token);
    }
    if (!schema(change.at().type()).calls().contains(change.operation())) {
      throw refused("call", change.at().type() + " has no operation '" + change.operation() + "'");
    }
    synchronized (cloud) {
      Kept kept = existing("call", change.id(), change.input());
      Resource before = kept.resource();
      Fields rung = before.properties().with("rings", Value.num(1));
      Resource after =
          resource(
              before.type(),
              before.id().value(),
              before.name(),
              before.region(),
              rung,
              before.etag().orElse("1"));
      return mutate(
          "call",
          before.type(),
          change.input(),
          token,
          Optional.of(new Kept(after, kept.correlation())),
          before.id().value());
    }
  }

  private Operation ringAll(Change.Call change, Token token) {
    if (!change.operation().equals(RING_ALL.name())) {
      throw refused("call", "there is no operation '" + change.operation() + "' that changes");
    }
    synchronized (cloud) {
      cloud.note(true, change.input());
      Pending done =
          cloud.tokens.computeIfAbsent(
              account + "|" + token.value(),
              _ -> begin("call", "", Optional.empty(), account, Optional.empty()));
      return look(done);
    }
  }

  @Override
  public List<OperationInfo> operations(String words, int limit) {
    List<OperationInfo> all = List.of(COUNT, RING_ALL);
    List<OperationInfo> exact = all.stream().filter(one -> one.name().equals(words)).toList();
    return (exact.isEmpty() && !words.contains(".")
            ? all.stream()
                .filter(
                    one ->
                        one.name()
                            .toLowerCase(Locale.ROOT)
                            .contains(words.toLowerCase(Locale.ROOT)))
                .toList()
            : exact)
        .stream().limit(limit).toList();
  }

  @Override
  public Fields query(String operation, String region, Fields input) {
    if (!operation.equals(COUNT.name())) {
      throw refused("query", "'" + operation + "' is not known to only read");
    }
    cloud.note(false, input);
    synchronized (cloud) {
      return Fields.of("count", Value.num(cloud.of(account).size()));
    }
  }

  /** A thing costs 1 EUR a day. */
  @Override
  public Costs costs(Costs.Query query) {
    cloud.note(false, Fields.EMPTY);
    synchronized (cloud) {
      long days = query.from().until(query.to(), ChronoUnit.DAYS);
      var amount = new Money(BigDecimal.valueOf(days * cloud.of(account).size()), "EUR");
      String group = query.by() == Costs.By.TOTAL ? "" : "memory";
      return new Costs(
          List.of(new Costs.Line(query.from(), query.to(), group, amount, false)),
          Optional.empty(),
          List.of("a euro a day for each, as nobody would bill it"));
    }
  }

  private Kept existing(String operation, ResourceId id, Fields body) {
    Kept kept = cloud.of(account).get(id.value());
    if (kept == null) {
      cloud.note(true, body);
      throw new ProviderException.NotFound(facts(operation, 404, "gone", id + " does not exist"));
    }
    return kept;
  }

  private Operation mutate(
      String verb, ResourceType type, Fields body, Token token, Optional<Kept> makes, String id) {
    synchronized (cloud) {
      Fields sent = sendable(type, body);
      cloud.note(true, sent);
      Optional<Misfortune> struck = cloud.struck(type, false);
      if (struck.isPresent() && struck.get() == Misfortune.THROTTLE) {
        throw new ProviderException.Throttled(
            facts(verb, 429, "slow-down", "too many requests"), Optional.of(Duration.ofSeconds(7)));
      }
      List<SchemaError> mistakes =
          verb.equals("create") || verb.equals("update") ? mistakes(type, sent) : List.of();
      if (!mistakes.isEmpty()) {
        throw new ProviderException.InvalidRequest(
            facts(
                verb,
                400,
                "invalid",
                "not valid: " + mistakes.stream().map(SchemaError::path).toList()),
            mistakes.stream().map(SchemaError::path).toList());
      }
      String key = account + "|" + token.value();
      String digest = Digest.of(sent).hex() + verb + type;
      Pending used = cloud.tokens.get(key);
      if (used != null && !used.body().equals(digest)) {
        throw new ProviderException.TokenReused(
            facts(verb, 409, "token-reused", "this token was used for another request"));
      }
      Pending operation = used != null ? used : begin(verb, digest, makes, id, struck);
      cloud.tokens.put(key, operation);
      if (struck.isPresent()
          && Set.of(Misfortune.DROP_AFTER_SEND, Misfortune.TRUNCATE, Misfortune.EMPTY_SUCCESS)
              .contains(struck.get())) {
        throw new ProviderException.OutcomeUnknown(
            new Facts(account, verb, 0, "", "no readable answer", "", Sent.MAYBE));
      }
      return look(operation);
    }
  }

  private Pending begin(
      String verb, String digest, Optional<Kept> makes, String id, Optional<Misfortune> struck) {
    boolean fails = struck.filter(one -> one == Misfortune.FAIL_OPERATION).isPresent();
    boolean slow = struck.filter(one -> one == Misfortune.SLOW).isPresent();
    Instant due = slow ? clock.instant().plusSeconds(60) : clock.instant();
    String operation = verb + "-" + (cloud.operations.size() + 1);
    var begun =
        new Pending(
            operation,
            account,
            digest,
            due,
            fails ? Operation.State.FAILED : Operation.State.SUCCEEDED,
            makes);
    cloud.operations.put(operation, begun);
    if (!fails && makes.isPresent()) {
      cloud.of(account).put(id, makes.get());
    }
    return begun;
  }

  private Operation look(Pending pending) {
    boolean running = clock.instant().isBefore(pending.due());
    Operation.State state = running ? Operation.State.RUNNING : pending.end();
    Optional<ProviderException> error =
        state == Operation.State.FAILED
            ? Optional.of(
                new ProviderException.OperationFailed(
                    facts("create", 0, "broken", "it broke while it was made")))
            : Optional.empty();
    return new Operation(
        new OperationHandle("memory", Fields.of("operation", Value.text(pending.id()))),
        state,
        Optional.of(running ? 50 : 100),
        running ? Optional.of(Duration.ofSeconds(1)) : Optional.empty(),
        state == Operation.State.FAILED
            ? Optional.empty()
            : pending.makes().map(kept -> kept.resource().id()),
        error,
        state.name());
  }

  @Override
  public Operation poll(OperationHandle handle) {
    cloud.note(false, handle.state());
    synchronized (cloud) {
      Pending pending = cloud.operations.get(handle.state().text("operation").orElse(""));
      if (pending == null || !pending.account().equals(account)) {
        throw new ProviderException.NotFound(facts("poll", 404, "gone", "no such operation"));
      }
      return look(pending);
    }
  }

  @Override
  public Operation cancel(OperationHandle handle) {
    throw refused("cancel", "operations can't be cancelled");
  }

  @Override
  public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
    cloud.note(false, Fields.EMPTY);
    synchronized (cloud) {
      return Optional.ofNullable(cloud.of(account).get(id.value()))
          .map(Kept::resource)
          .filter(one -> one.type().equals(type));
    }
  }

  @Override
  public Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
    cloud.note(false, Fields.EMPTY);
    synchronized (cloud) {
      var gaps = new ArrayList<String>();
      var left = new ArrayList<ResourceType>();
      if (page.isEmpty() && type.isEmpty()) {
        for (ResourceType one : catalog().types()) {
          cloud
              .struck(one, true)
              .ifPresent(
                  _ -> {
                    left.add(one);
                    gaps.add(one + " could not be listed: denied");
                  });
        }
      }
      List<Resource> all =
          cloud.of(account).values().stream()
              .map(Kept::resource)
              .filter(one -> type.map(one.type()::equals).orElse(!left.contains(one.type())))
              .toList();
      int from = page.map(Integer::parseInt).orElse(0);
      int to = left.isEmpty() ? Math.min(all.size(), from + PAGE) : all.size();
      return new Page<>(
          all.subList(from, to),
          to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty(),
          gaps,
          List.of(new Page.Source("memory", left.isEmpty(), "all there is")));
    }
  }

  @Override
  public Optional<Resource> find(ResourceType type, String region, String correlation) {
    cloud.note(false, Fields.EMPTY);
    synchronized (cloud) {
      return cloud.of(account).values().stream()
          .filter(
              one -> one.correlation().equals(correlation) && one.resource().type().equals(type))
          .map(Kept::resource)
          .findFirst();
    }
  }

  @Override
  public PriceSource prices() {
    throw refused("prices", "there are no prices");
  }

  @Override
  public Health health(Resource resource) {
    throw refused("health", "there is no health");
  }

  @Override
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    throw refused("logs", "there are no logs");
  }

  @Override
  public void close() {}

  private TypeSchema schema(ResourceType type) {
    return catalog()
        .describe(type)
        .orElseThrow(
            () ->
                new ProviderException.InvalidRequest(
                    Facts.unsent(account, "validate", "no type " + type), List.of()));
  }

  /** Secrets go out as text, and are not kept. */
  private Fields sendable(ResourceType type, Fields body) {
    Fields sent = body;
    for (Pointer output : schema(type).readOnly()) {
      sent = output.remove(sent);
    }
    var fields = new LinkedHashMap<String, Value>();
    sent.fields()
        .forEach(
            (name, value) ->
                fields.put(
                    name,
                    value instanceof Secret(var reference)
                        ? new Text(secrets.apply(reference))
                        : value));
    return new Fields(fields);
  }

  private Fields shown(ResourceType type, Fields body) {
    Fields shown = body;
    for (Pointer hidden : schema(type).writeOnly()) {
      shown = hidden.remove(shown);
    }
    for (Pointer output : schema(type).readOnly()) {
      shown = output.remove(shown);
    }
    boolean sized = type.equals(MemoryCloud.THING) && shown.get("size").isEmpty();
    return sized ? shown.with("size", Value.num(1)) : shown;
  }

  private List<SchemaError> mistakes(ResourceType type, Fields sent) {
    return SchemaValidator.validate(schema(type), sent).stream()
        .filter(error -> error.grade() == SchemaError.Grade.ERROR)
        .toList();
  }

  private static Resource resource(
      ResourceType type, String id, String name, String region, Fields properties, String etag) {
    Map<String, String> tags = new LinkedHashMap<>();
    properties
        .fieldsAt("tags")
        .fields()
        .forEach(
            (key, value) -> {
              if (value instanceof Text(var text)) {
                tags.put(key, text);
              }
            });
    return new Resource(
        type,
        new ResourceId(id),
        name,
        region,
        properties,
        tags,
        Lifecycle.READY,
        Optional.of(etag));
  }

  private Facts facts(String operation, int status, String code, String message) {
    return new Facts(
        account, operation, status, code, message, "memory-" + cloud.wire().size(), Sent.YES);
  }

  private ProviderException refused(String operation, String message) {
    return new ProviderException.Refused(Facts.unsent(account, operation, message));
  }
}
