package dev.parley.provider.aws;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.cost.PriceSource;
import dev.parley.engine.catalog.Differ;
import dev.parley.engine.catalog.SchemaValidator;
import dev.parley.identity.Account;
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
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.ProviderInfo;
import dev.parley.provider.Token;
import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.provider.aws.account.IdentityPin;
import dev.parley.provider.aws.account.Plugins;
import dev.parley.provider.aws.account.SdkClients;
import dev.parley.provider.aws.catalog.AwsCatalog;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.control.Control;
import dev.parley.provider.aws.look.Bills;
import dev.parley.provider.aws.look.Discovery;
import dev.parley.provider.aws.look.Looks;
import dev.parley.provider.aws.look.PriceList;
import dev.parley.provider.aws.look.Recipes;
import dev.parley.provider.aws.operation.Operations;
import dev.parley.provider.aws.stack.Live.Sight;
import dev.parley.provider.aws.stack.Stacks;
import dev.parley.provider.services.FamilyServices;
import dev.parley.resource.Address;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.Resource;
import dev.parley.resource.ResourceId;
import dev.parley.resource.ResourceType;
import dev.parley.value.Check;
import dev.parley.value.Pointer;
import dev.parley.value.Value.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One account of AWS. Types are what its catalog says; a change goes through Cloud Control, through
 * a stack, or as an operation by name, and never from one to another after it was sent.
 */
final class AwsProvider implements Provider {
  private final Account account;
  private final AwsSettings settings;
  private final ProviderInfo info;
  private final SdkClients clients;
  private final Plugins plugins;
  private final AwsCatalog catalog;
  private final Gate gate;
  private final Control control;
  private final Stacks stacks;
  private final Routes routes;
  private final Listing listing;
  private final Lazy<Operations> operations;
  private final NamedCalls calls;
  private final Lazy<Recipes> recipes;
  private final Lazy<Looks> looks;
  private final Lazy<Discovery> discovery;
  private final Bills bills;
  private final PriceList prices;

  AwsProvider(Account account, AwsSettings settings, Surroundings surroundings) {
    this.account = account;
    this.settings = settings;
    String id = account.id();
    Function<String, String> secret = surroundings.secret();
    this.info =
        new ProviderInfo(
            "aws",
            "aws",
            id,
            settings.endpoint().map(Object::toString).orElse("AWS, " + account.region()),
            settings.concurrency(),
            capabilities(settings));
    this.clients = new SdkClients(settings, account.region(), secret);
    this.plugins = new Plugins(settings.plugins());
    this.catalog =
        new AwsCatalog(
            settings.catalog(),
            clients,
            account.region(),
            surroundings.folder().resolve("catalog"),
            surroundings.clock(),
            FamilyServices.of("aws"),
            id);
    this.gate =
        new Gate(
            account,
            clients,
            new IdentityPin(id, settings.number(), surroundings.folder(), surroundings.clock()));
    this.control = new Control(id, clients, secret, surroundings.clock());
    this.operations =
        new Lazy<>(() -> new Operations(clients, plugins.loader(), id, secret::apply));
    this.recipes = new Lazy<>(() -> Recipes.read(operations.get(), settings.recipes()));
    this.looks = new Lazy<>(() -> new Looks(clients, operations.get(), recipes.get(), id));
    List<String> regions = regions(account);
    this.stacks =
        new Stacks(
            settings,
            clients,
            id,
            regions,
            secret,
            catalog::type,
            List.of(new ControlLook(settings, control), this::exists),
            surroundings.clock());
    this.discovery =
        new Lazy<>(
            () ->
                new Discovery(
                    clients,
                    operations.get(),
                    recipes.get(),
                    regions,
                    catalog::type,
                    catalog::types,
                    id,
                    surroundings.clock()));
    this.bills = new Bills(clients, surroundings.clock(), id);
    this.prices = new PriceList(clients, surroundings.clock(), id);
    this.routes = new Routes(id, settings, stacks);
    this.listing = new Listing(control, regions);
    this.calls = new NamedCalls(account, settings, gate, operations);
  }

  private static List<String> regions(Account account) {
    var regions = new ArrayList<String>();
    regions.add(account.region());
    account.regions().stream().filter(one -> !regions.contains(one)).forEach(regions::add);
    return regions;
  }

  private static Set<Capability> capabilities(AwsSettings settings) {
    var claimed =
        EnumSet.of(
            Capability.IDEMPOTENCY_TOKEN,
            Capability.OPTIMISTIC_LOCK,
            Capability.TAGS,
            Capability.CANCEL,
            Capability.RESUMABLE_POLL,
            Capability.OPERATIONS,
            Capability.HEALTH,
            Capability.LOGS,
            Capability.COSTS,
            Capability.PRICES);
    claimed.removeAll(settings.without());
    return claimed;
  }

  @Override
  public ProviderInfo info() {
    return info;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Check check() {
    try {
      var caller = gate.caller("check");
      if (settings.number().filter(number -> !number.equals(caller.account())).isPresent()) {
        return Check.failed(
            "the credentials belong to AWS account " + caller.account(),
            "give credentials of account "
                + settings.number().orElseThrow()
                + ", or mend accountId");
      }
      return Check.ok("AWS account " + caller.account() + " as " + caller.arn());
    } catch (ProviderException e) {
      return Check.failed(e.kind() + ": " + e.getMessage(), advice(e));
    } catch (RuntimeException e) {
      return Check.failed(String.valueOf(e.getMessage()), "mend the account's settings");
    }
  }

  private String advice(ProviderException e) {
    return switch (e) {
      case ProviderException.Unauthenticated _ ->
          "renew the credentials of " + account.id() + ", or mend its role";
      case ProviderException.Forbidden _ -> "allow sts:GetCallerIdentity";
      case ProviderException.Throttled _ -> "try again in a minute";
      default -> "look whether " + info.endpoint() + " can be reached from here";
    };
  }

  @Override
  public List<SchemaError> validate(ResourceType type, Fields desired) {
    if (!account.allows(type.toString())) {
      return List.of(
          new SchemaError(
              SchemaError.Grade.ERROR,
              Pointer.ROOT,
              type.name(),
              "it is not among the services this account may use",
              gate.forbidden(type.name())));
    }
    return catalog
        .type(type)
        .map(known -> SchemaValidator.validate(known.schema(), desired))
        .orElseGet(
            () ->
                List.of(
                    new SchemaError(
                        SchemaError.Grade.ERROR,
                        Pointer.ROOT,
                        type.toString(),
                        "the catalog of " + account.id() + " has no such type",
                        "choose one of its catalog, or take in its schema")));
  }

  @Override
  public Change plan(Address at, String region, Fields desired, Optional<Resource> prior) {
    AwsType type = type(at.type(), "plan");
    Fields whole = prior.isEmpty() ? looks.get().usual(at.type(), region, desired) : desired;
    Change change = Differ.plan(at, region, type.schema(), whole, prior);
    boolean fixed =
        !type.handlers().contains("update")
            && !settings.ways().contains(Way.STACK)
            && !Stacks.unit(at.type());
    if (change instanceof Change.Update update && fixed) {
      return new Change.Replace(
          at,
          update.region(),
          update.region(),
          update.id(),
          update.was(),
          update.now(),
          Differ.changed(type.schema(), desired, update.was()));
    }
    return change;
  }

  private AwsType type(ResourceType type, String operation) {
    return catalog
        .type(type)
        .orElseThrow(
            () ->
                new ProviderException.InvalidRequest(
                    Facts.unsent(
                        account.id(),
                        operation,
                        "the catalog of " + account.id() + " has no type " + type),
                    List.of()));
  }

  @Override
  public Operation create(Change.Create change, Token token) {
    AwsType type = type(change.at().type(), "create");
    Way way = routes.making(type);
    gate.pass("create", change.at().type().name());
    return proposing(
        way,
        type,
        change,
        () ->
            switch (way) {
              case CONTROL -> control.create(change, token, type);
              case STACK -> stacks.create(change, token, type);
            });
  }

  @Override
  public Operation update(Change.Update change, Token token) {
    AwsType type = type(change.at().type(), "update");
    gate.pass("update", change.at().type().name());
    Way way = routes.changing(type, "update", change.region(), change.id(), change.was());
    return proposing(
        way,
        type,
        change,
        () ->
            switch (way) {
              case CONTROL -> control.update(change, token, type);
              case STACK -> stacks.update(change, token, type);
            });
  }

  @Override
  public Operation delete(Change.Delete change, Token token) {
    AwsType type = type(change.at().type(), "delete");
    gate.pass("delete", change.at().type().name());
    Way way = routes.changing(type, "delete", change.region(), change.id(), change.was());
    return switch (way) {
      case CONTROL -> control.delete(change, token, type);
      case STACK -> stacks.delete(change, token, type);
    };
  }

  /** What this way can't do is not tried on another; the error says which could be proposed. */
  private Operation proposing(Way way, AwsType type, Change change, Supplier<Operation> call) {
    try {
      return call.get();
    } catch (ProviderException.InvalidRequest e) {
      if (!Rejected.byThisWay(e)) {
        throw e;
      }
      throw new ProviderException.InvalidRequest(
          Rejected.proposing(e.facts(), routes.other(way, type, change)), e.paths());
    }
  }

  @Override
  public Operation call(Change.Call change, Token token) {
    if (change.at().type().isOperation() || change.operation().contains(".")) {
      require(Capability.OPERATIONS, "call");
      return calls.call(change, token);
    }
    List<String> offered = looks.get().calls(change.at().type());
    if (!offered.contains(change.operation())) {
      throw refused(
          "call",
          change.at().type()
              + " has no operation '"
              + change.operation()
              + "'; it has "
              + offered
              + ", and its service has more by name, for example ec2.StopInstances");
    }
    Resource resource =
        read(change.at().type(), change.region(), change.id())
            .orElseThrow(
                () ->
                    new ProviderException.NotFound(
                        Facts.unsent(account.id(), "call", change.id() + " is not there")));
    Looks.Meant meant =
        looks
            .get()
            .call(resource, change.operation(), change.input())
            .orElseThrow(() -> refused("call", change.operation() + " has no recipe"));
    return calls.carriedOut(change, meant.operation(), meant.input(), token);
  }

  /** What neither Cloud Control nor the stack tells, the type's own service may. */
  private Sight exists(AwsType type, String region, String id, Fields properties) {
    var resource =
        new Resource(
            type.schema().type(),
            new ResourceId(id),
            id,
            region,
            properties,
            Map.of(),
            Lifecycle.UNKNOWN,
            Optional.empty());
    return looks
        .get()
        .see(resource, type.schema().readOnly())
        .<Sight>map(
            seen -> seen.there() ? new Sight.There(seen.properties(), false) : new Sight.Gone())
        .orElseGet(Sight.Blind::new);
  }

  @Override
  public Operation poll(OperationHandle handle) {
    if (Stacks.made(handle)) {
      return stacks.poll(handle);
    }
    if (Control.owns(handle)) {
      return control.poll(handle, schema(handle));
    }
    if (NamedCalls.made(handle)) {
      return NamedCalls.ended(handle, "it was answered when it was called");
    }
    throw refused("poll", "no operation of AWS: " + handle.kind());
  }

  @Override
  public Operation cancel(OperationHandle handle) {
    if (Stacks.made(handle)) {
      return stacks.cancel(handle);
    }
    if (Control.owns(handle)) {
      return control.cancel(handle, schema(handle));
    }
    throw refused("cancel", "there is nothing to stop: " + handle.kind());
  }

  private Optional<TypeSchema> schema(OperationHandle handle) {
    return handle
        .state()
        .text("type")
        .map(ResourceType::of)
        .flatMap(catalog::type)
        .map(AwsType::schema);
  }

  @Override
  public Optional<Resource> read(ResourceType type, String region, ResourceId id) {
    AwsType known = type(type, "read");
    boolean whole = Stacks.unit(type) || id.value().contains(":cloudformation:");
    boolean through = settings.ways().contains(Way.CONTROL) && known.handlers().contains("read");
    return whole || !through ? stacks.read(known, region, id) : control.read(known, region, id);
  }

  @Override
  public Page<Resource> list(Optional<ResourceType> type, Optional<String> page) {
    if (type.isEmpty()) {
      return switch (settings.discover()) {
        case INDEXES -> withoutHolders(discovery.get().page(type, page));
        case TYPES -> listing.everything(allowed(), catalog::type, page);
      };
    }
    AwsType known = type(type.get(), "list");
    if (settings.ways().contains(Way.CONTROL) && known.handlers().contains("list")) {
      return listing.page(known, page);
    }
    return recipes.get().lists(type.get())
        ? discovery.get().page(type, page)
        : stacks.list(known, page);
  }

  private static Page<Resource> withoutHolders(Page<Resource> page) {
    return new Page<>(
        page.items().stream().filter(one -> !Stacks.holder(one)).toList(),
        page.next(),
        page.gaps(),
        page.sources());
  }

  private List<ResourceType> allowed() {
    return catalog.types().stream().filter(type -> account.allows(type.toString())).toList();
  }

  @Override
  public Optional<Resource> find(ResourceType type, String region, String correlation) {
    AwsType known = type(type, "find");
    return switch (routes.making(known)) {
      case CONTROL -> control.find(known, region, correlation);
      case STACK -> stacks.find(known, region, correlation);
    };
  }

  @Override
  public PriceSource prices() {
    require(Capability.PRICES, "prices");
    return prices;
  }

  @Override
  public Costs costs(Costs.Query query) {
    require(Capability.COSTS, "costs");
    return bills.costs(query);
  }

  @Override
  public Health health(Resource resource) {
    require(Capability.HEALTH, "health");
    return looks.get().health(resource);
  }

  @Override
  public List<LogLine> logs(Resource resource, Instant since, int limit) {
    require(Capability.LOGS, "logs");
    return looks.get().logs(resource, since, limit);
  }

  @Override
  public List<OperationInfo> operations(String words, int limit) {
    require(Capability.OPERATIONS, "operations");
    return operations.get().search(words, limit);
  }

  @Override
  public Fields query(String operation, String region, Fields input) {
    require(Capability.OPERATIONS, "query");
    return calls.query(operation, region, input);
  }

  @Override
  public Optional<String> identity() {
    return Optional.of(gate.number("identity"));
  }

  private void require(Capability capability, String operation) {
    if (!info.capabilities().contains(capability)) {
      throw unclaimed(operation);
    }
  }

  private ProviderException unclaimed(String operation) {
    return refused(operation, "the account " + account.id() + " does not offer " + operation);
  }

  private ProviderException refused(String operation, String message) {
    return new ProviderException.Refused(Facts.unsent(account.id(), operation, message));
  }

  @Override
  public void close() {
    discovery.end(_ -> {});
    looks.end(_ -> {});
    recipes.end(_ -> {});
    operations.end(_ -> {});
    clients.close();
    plugins.close();
  }

  @Override
  public String toString() {
    return "aws " + account.id() + " at " + info.endpoint();
  }
}
