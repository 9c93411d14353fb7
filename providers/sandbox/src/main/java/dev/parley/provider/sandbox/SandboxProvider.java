package dev.parley.provider.sandbox;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.cost.PriceSource;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.engine.json.Codec;
import dev.parley.plan.Change;
import dev.parley.provider.Capability;
import dev.parley.provider.Health;
import dev.parley.provider.LogLine;
import dev.parley.provider.Operation;
import dev.parley.provider.OperationHandle;
import dev.parley.provider.Page;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderException;
import dev.parley.provider.ProviderException.Facts;
import dev.parley.provider.ProviderException.Sent;
import dev.parley.provider.ProviderInfo;
import dev.parley.provider.Token;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.provider.sandbox.cloud.Reply;
import dev.parley.provider.sandbox.cloud.Request;
import dev.parley.provider.sandbox.cloud.Request.Verb;
import dev.parley.provider.sandbox.wire.Link;
import dev.parley.provider.sandbox.wire.LinkBroken;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Pointer;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Num;
import dev.parley.value.Value.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One account of one simulated cloud. */
final class SandboxProvider implements Provider {
  private static final String HANDLE = "sandbox-operation";

  private final String account;
  private final String family;
  private final String owner;
  private final Link link;
  private final Function<String, String> secret;
  private final ProviderInfo info;

  SandboxProvider(
      String account,
      String family,
      String owner,
      int concurrency,
      Link link,
      Function<String, String> secret) {
    this.account = account;
    this.family = family;
    this.owner = owner;
    this.link = link;
    this.secret = secret;
    this.info =
        new ProviderInfo(
            "sandbox", family, account, link.endpoint(), concurrency, capabilities(family));
  }

  /** As the real ones: ARM has no tokens, and only Cloud Control cancels. */
  private static Set<Capability> capabilities(String family) {
    var claimed =
        EnumSet.of(
            Capability.OPTIMISTIC_LOCK,
            Capability.TAGS,
            Capability.LOGS,
            Capability.HEALTH,
            Capability.RESUMABLE_POLL);
    if (!family.equals("azure")) {
      claimed.add(Capability.IDEMPOTENCY_TOKEN);
    }
    if (family.equals("aws")) {
      claimed.add(Capability.CANCEL);
    }
    return claimed;
  }

  @Override
  public ProviderInfo info() {
    return info;
  }

  @Override
  public Catalog catalog() {
    return ware().catalog();
  }

  private Cloudware ware() {
    return Cloudware.of(family);
  }

  @Override
  public Check check() {
    try {
      Reply reply = link.send(Request.of(Verb.CHECK, family, owner));
      if (reply.failed()) {
        return Check.failed(
            "the simulated cloud answers "
                + reply.status()
                + " "
                + reply.code()
                + ": "
                + reply.message(),
            "look at the account's settings and faults");
      }
      return Check.ok(
          "simulated "
              + family
              + " "
              + link.endpoint()
              + ", "
              + number(reply.body(), "resources")
              + " resources");
    } catch (LinkBroken | RuntimeException e) {
      return Check.failed(
          String.valueOf(e.getMessage()),
          "start the simulated cloud, or mend 'endpoint' in the account's settings");
    }
  }

  @Override
  public List<SchemaError> validate(ResourceType type, Fields desired) {
    return ware()
        .describe(type)
        .map(schema -> SchemaValidator.validate(schema, desired))
        .orElseGet(
            () ->
                List.of(
                    new SchemaError(
                        SchemaError.Grade.ERROR,
                        Pointer.ROOT,
                        type.toString(),
                        "this cloud has no such type",
                        "choose one of its catalog")));
  }

  @Override
  public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
    return Differ.plan(at, region, schema(at.type(), "plan"), desired, prior);
  }

  private TypeSchema schema(ResourceType type, String operation) {
    return ware()
        .describe(type)
        .orElseThrow(
            () ->
                new ProviderException.InvalidRequest(
                    Facts.unsent(
                        account, operation, "the catalog of " + account + " has no type " + type),
                    List.of()));
  }

  @Override
  public Operation create(Change.Create change, Token token) {
    schema(change.at().type(), "create");
    var secrets = new Secrets(secret);
    Request request =
        about(Verb.CREATE, change, "")
            .with(sendable(change.at().type(), change.desired(), secrets, "create"), Fields.EMPTY);
    return mutate(marked(request, token), secrets);
  }

  @Override
  public Operation update(Change.Update change, Token token) {
    TypeSchema schema = schema(change.at().type(), "update");
    var secrets = new Secrets(secret);
    Fields now = sendable(change.at().type(), change.now(), secrets, "update");
    Fields was =
        Places.without(Places.without(change.was(), schema.readOnly()), schema.writeOnly());
    Request request =
        about(Verb.UPDATE, change, change.id().value())
            .with(now, was.hasHoles() ? Fields.EMPTY : was);
    return mutate(marked(request, token), secrets);
  }

  @Override
  public Operation delete(Change.Delete change, Token token) {
    try {
      return mutate(
          marked(about(Verb.DELETE, change, change.id().value()), token), new Secrets(secret));
    } catch (ProviderException.NotFound e) {
      if (change.was().isEmpty()) {
        throw e;
      }
      return new Operation(
          new OperationHandle(HANDLE, Fields.of("gone", Value.text(change.id().value()))),
          Operation.State.SUCCEEDED,
          Optional.of(100),
          Optional.empty(),
          Optional.of(change.id()),
          Optional.empty(),
          "it was gone already");
    }
  }

  @Override
  public Operation call(Change.Call change, Token token) {
    TypeSchema schema = schema(change.at().type(), "call");
    if (!schema.calls().contains(change.operation())) {
      throw new ProviderException.Refused(
          Facts.unsent(
              account,
              "call",
              change.at().type()
                  + " has no operation '"
                  + change.operation()
                  + "'; it has "
                  + schema.calls()));
    }
    var secrets = new Secrets(secret);
    Request request =
        about(Verb.CALL, change, change.id().value())
            .with(secrets.reveal(change.input()), Fields.EMPTY)
            .detail(change.operation());
    return mutate(marked(request, token), secrets);
  }

  @Override
  public Operation poll(OperationHandle handle) {
    if (handle.state().get("gone").isPresent()) {
      return new Operation(
          handle,
          Operation.State.SUCCEEDED,
          Optional.of(100),
          Optional.empty(),
          handle.state().text("gone").map(ResourceId::new),
          Optional.empty(),
          "it was gone already");
    }
    String id = handle.state().text("operation").orElse("");
    return operation(look(Request.of(Verb.POLL, family, owner).detail(id)), "poll");
  }

  @Override
  public Operation cancel(OperationHandle handle) {
    if (!info.capabilities().contains(Capability.CANCEL)) {
      throw refused("cancel", "this cloud can't cancel an operation");
    }
    String id = handle.state().text("operation").orElse("");
    return mutate(Request.of(Verb.CANCEL, family, owner).detail(id), new Secrets(secret));
  }

  @Override
  public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
    return found(Request.of(Verb.READ, family, owner).about(type.toString(), region, id.value()));
  }

  @Override
  public Optional<Resource> find(ResourceType type, String region, String correlation) {
    return found(
        Request.of(Verb.FIND, family, owner)
            .about(type.toString(), region, "")
            .marked("", correlation));
  }

  private Optional<Resource> found(Request request) {
    try {
      return Optional.of(Codec.decode(look(request).body().fieldsAt("resource"), Resource.class));
    } catch (ProviderException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
    Request request =
        Request.of(Verb.LIST, family, owner)
            .about(type.map(ResourceType::toString).orElse(""), "", "")
            .detail(page.orElse(""));
    Fields body = look(request).body();
    List<Resource> items =
        body.itemsAt("items").stream()
            .map(item -> Codec.decode((Fields) item, Resource.class))
            .toList();
    List<String> gaps = texts(body.itemsAt("gaps"));
    return new Page<>(
        items,
        body.text("next"),
        gaps,
        List.of(
            new Page.Source(
                "simulated " + family, gaps.isEmpty(), "everything the simulated account holds")));
  }

  @Override
  public PriceSource prices() {
    throw refused(
        "prices", "a simulated cloud has no prices of its own; they come from the price book");
  }

  @Override
  public Health health(Resource resource) {
    Fields body = look(about(Verb.HEALTH, resource)).body();
    Health.State state = Health.State.valueOf(body.text("state").orElse("UNKNOWN"));
    String detail = body.text("detail").orElse("");
    Optional<Problem> problem =
        state == Health.State.UNHEALTHY
            ? Optional.of(
                new Problem(
                    resource.name(),
                    resource.type().name(),
                    detail,
                    "read its logs, then repair it or roll back"))
            : Optional.empty();
    return new Health(state, detail, problem);
  }

  @Override
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    Fields body = look(about(Verb.LOGS, resource).detail(since + " " + limit)).body();
    return body.itemsAt("lines").stream()
        .map(Fields.class::cast)
        .map(
            line ->
                new LogLine(
                    Instant.parse(line.text("at").orElse(Instant.EPOCH.toString())),
                    line.text("source").orElse(""),
                    line.text("text").orElse("")))
        .toList();
  }

  @Override
  public void close() {
    link.close();
  }

  private Request about(Verb verb, Change change, String id) {
    return Request.of(verb, family, owner)
        .about(change.at().type().toString(), change.region(), id)
        .named(change.at().name());
  }

  private Request about(Verb verb, Resource resource) {
    return Request.of(verb, family, owner)
        .about(resource.type().toString(), resource.region(), resource.id().value())
        .named(resource.name());
  }

  /** A token is sent where the vendor understands one; the correlation always. */
  private Request marked(Request request, Token token) {
    boolean understood = info.capabilities().contains(Capability.IDEMPOTENCY_TOKEN);
    return request.marked(understood ? token.value() : "", token.correlation());
  }

  private Fields sendable(ResourceType type, Fields properties, Secrets secrets, String operation) {
    Fields sent = Places.without(properties, schema(type, operation).readOnly());
    List<Pointer> holes = Places.holes(sent);
    if (!holes.isEmpty()) {
      throw new ProviderException.InvalidRequest(
          Facts.unsent(
              account,
              operation,
              "not known yet: " + holes + "; references are resolved before the call"),
          holes);
    }
    return secrets.reveal(sent);
  }

  private Operation mutate(Request request, Secrets secrets) {
    String word = request.verb().word();
    Reply reply;
    try {
      reply = link.send(request);
    } catch (LinkBroken e) {
      Facts facts =
          new Facts(
              account, word, 0, "", secrets.redact(String.valueOf(e.getMessage())), "", e.sent());
      throw e.sent() == Sent.NO
          ? new ProviderException.Unavailable(facts)
          : new ProviderException.OutcomeUnknown(facts);
    }
    if (reply.failed()) {
      throw error(reply, word, secrets);
    }
    return operation(reply, word);
  }

  /** A request that changes nothing. */
  private Reply look(Request request) {
    String word = request.verb().word();
    Reply reply;
    try {
      reply = link.send(request);
    } catch (LinkBroken e) {
      throw new ProviderException.Unavailable(
          new Facts(account, word, 0, "", String.valueOf(e.getMessage()), "", e.sent()));
    }
    if (reply.failed()) {
      throw error(reply, word, new Secrets(secret));
    }
    return reply;
  }

  private ProviderException error(Reply reply, String word, Secrets secrets) {
    var facts =
        new Facts(
            account,
            word,
            reply.status(),
            reply.code(),
            secrets.redact(reply.message()),
            reply.requestId(),
            Sent.YES);
    return ErrorRules.of(family)
        .exception(
            facts,
            reply.paths().stream().map(Pointer::of).toList(),
            reply.retryAfterMillis().map(Duration::ofMillis));
  }

  private Operation operation(Reply reply, String word) {
    Fields told = reply.body().fieldsAt("operation");
    String id = told.text("id").orElse("");
    if (id.isEmpty()) {
      throw new ProviderException.OutcomeUnknown(
          new Facts(
              account,
              word,
              reply.status(),
              "",
              "the answer names no operation",
              reply.requestId(),
              Sent.YES));
    }
    Operation.State state = Operation.State.valueOf(told.text("state").orElse("UNKNOWN"));
    String message =
        told.text("message")
            .orElse(
                told.text("verb").orElse(word)
                    + " "
                    + state.name().toLowerCase(java.util.Locale.ROOT));
    Optional<ProviderException> error =
        state == Operation.State.FAILED
            ? Optional.of(
                ErrorRules.of(family)
                    .exception(
                        new Facts(
                            account,
                            told.text("verb").orElse(word),
                            0,
                            told.text("code").orElse(""),
                            message,
                            reply.requestId(),
                            Sent.YES),
                        List.of(),
                        Optional.empty()))
            : Optional.empty();
    return new Operation(
        new OperationHandle(HANDLE, Fields.of("operation", Value.text(id))),
        state,
        Optional.of(number(told, "percent")),
        reply.retryAfterMillis().map(Duration::ofMillis),
        told.text("resource").map(ResourceId::new),
        error,
        message);
  }

  private ProviderException refused(String operation, String message) {
    return new ProviderException.Refused(Facts.unsent(account, operation, message));
  }

  private static int number(Fields fields, String name) {
    return fields.get(name).orElse(Value.num(0)) instanceof Num(var number) ? number.intValue() : 0;
  }

  private static List<String> texts(List<Value> values) {
    var texts = new ArrayList<String>();
    for (Value value : values) {
      if (value instanceof Text(var text)) {
        texts.add(text);
      }
    }
    return texts;
  }
}
