package dev.parley.provider.sandbox.cloud;

import dev.parley.catalog.SchemaError;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.catalog.Patterns;
import dev.parley.provider.sandbox.catalog.Behaviour;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.provider.sandbox.cloud.Commit.Used;
import dev.parley.provider.sandbox.cloud.Fault.Effect;
import dev.parley.provider.sandbox.cloud.Request.Verb;
import dev.parley.provider.sandbox.cloud.Undertaking.State;
import dev.parley.resource.Lifecycle;
import dev.parley.resource.ResourceType;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What one account of a simulated cloud holds, and what becomes of it. Every change is one commit,
 * written before it is answered.
 */
final class Estate {
  private static final Duration TOKENS_LIVE = Duration.ofHours(36);
  private static final Map<String, Pattern> EVERYBODYS =
      Map.of(
          "aws",
              Pattern.compile(
                  "arn:aws:iam::aws:.*|alias/.*|aws/.*|arn:aws:[a-z0-9]+:[^:]*:(?!\\{).*:alias/.*"),
          "azure", Pattern.compile("/providers/Microsoft\\.Authorization/.*|/subscriptions/[^/]+"),
          "gcp",
              Pattern.compile(
                  "(global/networks/|projects/[^/]+/global/networks/)?default|roles/.*"));

  private final String family;
  private final String account;
  private final String number;
  private final Profile profile;
  private final Clock clock;
  private final Cloudware ware;
  private final GlobalNames names;
  private final Consumer<Commit> ledger;
  private final Holdings holdings;
  private final Map<String, Undertaking> undertakings = new HashMap<>();
  private final Map<String, Used> tokens = new HashMap<>();
  private final PriorityQueue<Undertaking> running =
      new PriorityQueue<>(Comparator.comparing(Undertaking::due).thenComparing(Undertaking::id));
  private final ReentrantLock holdingsLock = new ReentrantLock();
  private long sequence;

  Estate(
      String family,
      String account,
      Profile profile,
      Clock clock,
      GlobalNames names,
      Consumer<Commit> ledger) {
    this.family = family;
    this.account = account;
    this.profile = profile;
    this.clock = clock;
    this.names = names;
    this.ledger = ledger;
    this.ware = Cloudware.of(family);
    this.holdings = new Holdings(ware);
    this.number = new Dice(profile.seed() + "|account|" + account).digits(12);
  }

  /** Takes in what was committed earlier. */
  void replay(List<Commit> commits) {
    for (Commit commit : commits) {
      commit.gone().forEach(holdings::remove);
      commit.put().forEach(holdings::load);
      commit.undertakings().forEach(one -> undertakings.put(one.id(), one));
      commit.tokens().forEach(one -> tokens.put(one.token(), one));
      sequence += commit.undertakings().size();
    }
    holdings.relink();
    holdings.items().values().forEach(this::claimGlobally);
    undertakings.values().stream()
        .filter(one -> one.state() == State.RUNNING)
        .forEach(running::add);
  }

  /** Everything that still matters, as one commit. */
  Commit snapshot() {
    return locked(
        () -> {
          Instant oldest = clock.instant().minus(TOKENS_LIVE);
          tokens.values().removeIf(used -> used.at().isBefore(oldest));
          undertakings
              .values()
              .removeIf(one -> one.state() != State.RUNNING && one.due().isBefore(oldest));
          return new Commit(
              family,
              account,
              List.copyOf(holdings.items().values()),
              holdings.gone().stream().filter(key -> holdings.get(key).isEmpty()).sorted().toList(),
              List.copyOf(undertakings.values()),
              List.copyOf(tokens.values()));
        });
  }

  <T> T locked(java.util.function.Supplier<T> action) {
    holdingsLock.lock();
    try {
      return action.get();
    } finally {
      holdingsLock.unlock();
    }
  }

  /** Ends every undertaking whose time has come. */
  void settle() {
    Instant now = clock.instant();
    while (!running.isEmpty() && !running.peek().due().isAfter(now)) {
      Undertaking one = running.poll();
      Undertaking current = undertakings.getOrDefault(one.id(), one);
      if (current.state() == State.RUNNING) {
        commit(ended(current, holdings.get(current.key()), Optional.empty()));
      }
    }
  }

  Reply create(Request request, Optional<Fault> fault) {
    ResourceType type = ResourceType.of(request.type());
    Optional<TypeSchema> described = ware.describe(type);
    if (described.isEmpty()) {
      return noSuchType(type);
    }
    TypeSchema schema = described.get();
    List<SchemaError> mistakes = Bodies.mistakes(schema, request.body());
    String digest = request.token().isEmpty() ? "" : digest(request);
    return locked(
        () -> {
          settle();
          Optional<Reply> repeated = repeated(request, digest);
          if (repeated.isPresent()) {
            return repeated.get();
          }
          if (!mistakes.isEmpty()) {
            return invalid(mistakes);
          }
          Optional<Reply> dangling = dangling(schema, request.body());
          if (dangling.isPresent()) {
            return dangling.get();
          }
          if (holdings.count(request.type()) >= profile.quota(type.unversioned())) {
            return no(
                Trouble.QUOTA,
                type.unversioned()
                    + ": the limit of "
                    + profile.quota(type.unversioned())
                    + " is reached");
          }
          Behaviour behaviour = ware.behaviour(type);
          Fields properties = made(schema, behaviour, request);
          String id =
              identity(schema, properties).orElseGet(() -> new Dice(seed(request, 0)).uuid());
          Optional<Reply> taken = taken(request, behaviour, properties, id);
          if (taken.isPresent()) {
            return taken.get();
          }
          Instant now = clock.instant();
          var item =
              new Item(
                  request.type(),
                  request.region(),
                  id,
                  request.name(),
                  properties,
                  request.correlation(),
                  Lifecycle.PENDING,
                  1,
                  "",
                  now,
                  now);
          return begin(
              request, digest, item, Lifecycle.PENDING, properties, behaviour.create(), fault);
        });
  }

  Reply update(Request request, Optional<Fault> fault) {
    ResourceType type = ResourceType.of(request.type());
    Optional<TypeSchema> described = ware.describe(type);
    if (described.isEmpty()) {
      return noSuchType(type);
    }
    TypeSchema schema = described.get();
    List<SchemaError> mistakes = Bodies.mistakes(schema, request.body());
    String digest = request.token().isEmpty() ? "" : digest(request);
    return locked(
        () -> {
          settle();
          Optional<Reply> repeated = repeated(request, digest);
          if (repeated.isPresent()) {
            return repeated.get();
          }
          Optional<Item> found = holdings.get(request.type(), request.region(), request.id());
          if (found.isEmpty()) {
            return notFound(request);
          }
          Item item = found.get();
          if (item.busy()) {
            return busy(item);
          }
          Optional<Pointer> moved =
              request.expect().isEmpty()
                  ? Optional.empty()
                  : Bodies.differs(request.expect(), item.properties(), Pointer.ROOT)
                      .or(
                          () ->
                              Bodies.surprises(
                                  request.body(),
                                  request.expect(),
                                  item.properties(),
                                  Pointer.ROOT));
          if (moved.isPresent()) {
            return Trouble.PRECONDITION.reply(
                family,
                item.id() + " has changed at " + moved.get() + " since it was last read",
                List.of(moved.get().toString()),
                Optional.empty());
          }
          if (!mistakes.isEmpty()) {
            return invalid(mistakes);
          }
          List<Pointer> fixed = Bodies.fixed(schema, request.body(), item.properties());
          if (!fixed.isEmpty()) {
            return Trouble.NOT_UPDATABLE.reply(
                family,
                "can't be changed in place: " + fixed,
                fixed.stream().map(Pointer::toString).toList(),
                Optional.empty());
          }
          Optional<Reply> dangling = dangling(schema, request.body());
          if (dangling.isPresent()) {
            return dangling.get();
          }
          Behaviour behaviour = ware.behaviour(type);
          return begin(
              request,
              digest,
              item,
              Lifecycle.UPDATING,
              changed(schema, behaviour, request, item),
              behaviour.update(),
              fault);
        });
  }

  Reply delete(Request request, Optional<Fault> fault) {
    String digest = request.token().isEmpty() ? "" : digest(request);
    return locked(
        () -> {
          settle();
          Optional<Reply> repeated = repeated(request, digest);
          if (repeated.isPresent()) {
            return repeated.get();
          }
          Optional<Item> found = holdings.get(request.type(), request.region(), request.id());
          if (found.isEmpty()) {
            return notFound(request);
          }
          Item item = found.get();
          if (item.busy()) {
            return busy(item);
          }
          Behaviour behaviour = ware.behaviour(ResourceType.of(item.type()));
          if (behaviour.protect().isPresent()
              && Behaviour.given(behaviour.protect().get().in(item.properties()))) {
            return no(
                Trouble.PROTECTED,
                item.id() + " is protected: set " + behaviour.protect().get() + " to false first");
          }
          List<Item> dependents = holdings.dependents(item.key());
          if (!dependents.isEmpty()) {
            return no(
                Trouble.IN_USE,
                item.id()
                    + " is used by "
                    + dependents.stream().limit(5).map(Item::id).toList()
                    + " and can't be deleted");
          }
          return begin(
              request,
              digest,
              item,
              Lifecycle.DELETING,
              item.properties(),
              behaviour.delete(),
              fault);
        });
  }

  Reply call(Request request, Optional<Fault> fault) {
    String digest = request.token().isEmpty() ? "" : digest(request);
    return locked(
        () -> {
          settle();
          Optional<Reply> repeated = repeated(request, digest);
          if (repeated.isPresent()) {
            return repeated.get();
          }
          Optional<Item> found = holdings.get(request.type(), request.region(), request.id());
          if (found.isEmpty()) {
            return notFound(request);
          }
          Item item = found.get();
          Behaviour behaviour = ware.behaviour(ResourceType.of(item.type()));
          Map<Pointer, Value> effect = behaviour.effects().get(request.detail());
          if (effect == null) {
            return no(
                Trouble.INVALID, item.type() + " has no operation '" + request.detail() + "'");
          }
          if (item.busy()) {
            return busy(item);
          }
          Fields after = outputs(request, 0).lay(item.properties(), effect);
          return begin(request, digest, item, Lifecycle.UPDATING, after, behaviour.update(), fault);
        });
  }

  Reply cancel(Request request) {
    return locked(
        () -> {
          settle();
          Undertaking one = undertakings.get(request.detail());
          if (one == null) {
            return noSuchOperation(request);
          }
          if (one.state() == State.RUNNING) {
            commit(ended(one, holdings.get(one.key()), Optional.of(State.CANCELLED)));
          }
          return told(undertakings.getOrDefault(request.detail(), one));
        });
  }

  Reply poll(Request request) {
    return locked(
        () -> {
          settle();
          Undertaking one = undertakings.get(request.detail());
          return one == null ? noSuchOperation(request) : told(one);
        });
  }

  Holdings holdings() {
    return holdings;
  }

  Cloudware ware() {
    return ware;
  }

  Profile profile() {
    return profile;
  }

  /** Starts an undertaking, and ends it in the same commit where it takes no time. */
  private Reply begin(
      Request request,
      String digest,
      Item item,
      Lifecycle during,
      Fields after,
      Duration usual,
      Optional<Fault> fault) {
    Instant now = clock.instant();
    Duration takes = Duration.ofMillis((long) (usual.toMillis() * profile.latency()));
    if (fault.isPresent() && fault.get().effect() == Effect.SLOW) {
      takes = takes.plusSeconds(fault.get().seconds());
    }
    Optional<Trouble> trouble = fault.flatMap(Estate::ending);
    String said = trouble.map(one -> one.in(family).code()).orElse("");
    String leaves =
        fault.filter(one -> one.effect() == Effect.FAIL_HALFWAY).isPresent() ? " (half made)" : "";
    String message = trouble.isEmpty() ? "" : scripted(trouble.get(), item) + leaves;
    String id =
        "op-"
            + new Dice(profile.seed() + "|" + account + "|op|" + ++sequence + "|" + item.key())
                .hex(20);
    var one =
        new Undertaking(
            id,
            request.verb(),
            item.key(),
            item.id(),
            item.name(),
            now,
            now.plus(takes),
            State.RUNNING,
            after,
            said,
            message);
    Item begun = item.during(id, during);
    List<Used> used =
        request.token().isEmpty() ? List.of() : List.of(new Used(request.token(), digest, id, now));
    if (takes.isZero()) {
      Commit end = ended(one, Optional.of(begun), Optional.empty());
      commit(new Commit(family, account, end.put(), end.gone(), end.undertakings(), used));
    } else {
      commit(new Commit(family, account, List.of(begun), List.of(), List.of(one), used));
    }
    return told(undertakings.getOrDefault(id, one));
  }

  private static Optional<Trouble> ending(Fault fault) {
    return switch (fault.effect()) {
      case FAIL, FAIL_HALFWAY -> Optional.of(Trouble.INTERNAL);
      case CAPACITY -> Optional.of(Trouble.CAPACITY);
      default -> Optional.empty();
    };
  }

  private static String scripted(Trouble trouble, Item item) {
    return trouble == Trouble.CAPACITY
        ? "there is no capacity left for " + item.name() + " in " + item.region()
        : "an internal failure ended the operation on " + item.name();
  }

  /** What the end of an undertaking changes. */
  private Commit ended(Undertaking one, Optional<Item> item, Optional<State> forced) {
    boolean failed = !one.trouble().isEmpty();
    State state = forced.orElse(failed ? State.FAILED : State.SUCCEEDED);
    var put = new ArrayList<Item>();
    var gone = new ArrayList<String>();
    if (item.isPresent()) {
      Item was = item.get();
      boolean done = state == State.SUCCEEDED;
      boolean halfway = state == State.FAILED && one.message().endsWith("(half made)");
      if (one.verb() == Verb.CREATE && !done && !halfway || one.verb() == Verb.DELETE && done) {
        gone.add(was.key());
      } else {
        Lifecycle lifecycle =
            one.verb() == Verb.CREATE && halfway ? Lifecycle.FAILED : Lifecycle.READY;
        Instant since = one.verb() == Verb.DELETE ? was.ready() : one.due();
        put.add(was.settled(done ? one.after() : was.properties(), lifecycle, since));
      }
    }
    return new Commit(family, account, put, gone, List.of(one.ended(state)), List.of());
  }

  private void commit(Commit commit) {
    ledger.accept(commit);
    for (String key : commit.gone()) {
      holdings.get(key).ifPresent(this::releaseGlobally);
      holdings.remove(key);
    }
    for (Item item : commit.put()) {
      holdings.put(item);
      claimGlobally(item);
    }
    for (Undertaking one : commit.undertakings()) {
      undertakings.put(one.id(), one);
      if (one.state() == State.RUNNING) {
        running.add(one);
      }
    }
    commit.tokens().forEach(used -> tokens.put(used.token(), used));
  }

  private Optional<String> globalName(Item item) {
    return ware.behaviour(ResourceType.of(item.type()))
        .unique()
        .filter(unique -> unique.scope() == Behaviour.Unique.Scope.GLOBAL)
        .flatMap(_ -> holdings.uniqueName(item.type(), item.region(), item.properties()));
  }

  private void claimGlobally(Item item) {
    globalName(item).ifPresent(name -> names.claim(family + "|" + name, account));
  }

  private void releaseGlobally(Item item) {
    globalName(item).ifPresent(name -> names.release(family + "|" + name, account));
  }

  /**
   * What a new item looks like: the body without secrets, defaults, outputs; never an id that was
   * used before.
   */
  private Fields made(TypeSchema schema, Behaviour behaviour, Request request) {
    Fields shown = Bodies.without(request.body(), schema.writeOnly());
    Fields before = Fields.EMPTY;
    for (int n = 0; ; n++) {
      Outputs outputs = outputs(request, n);
      Fields made =
          outputs.generated(
              outputs.defaults(shown, behaviour),
              behaviour,
              copy -> copied(schema, request.body(), copy));
      String key = Item.key(request.type(), request.region(), identity(schema, made).orElse(""));
      if (!holdings.gone().contains(key) && holdings.get(key).isEmpty()
          || identity(schema, made).equals(identity(schema, before))) {
        return made;
      }
      before = made;
    }
  }

  private Fields changed(TypeSchema schema, Behaviour behaviour, Request request, Item item) {
    Fields shown = Bodies.without(request.body(), schema.writeOnly());
    Fields kept = Bodies.keeping(shown, schema.createOnly(), item.properties());
    kept = Bodies.keeping(kept, schema.readOnly(), item.properties());
    Outputs outputs =
        new Outputs(
            new Dice(seed(request, 0) + "|" + item.version()), item.name(), item.region(), number);
    Fields now = outputs.defaults(kept, behaviour);
    for (Behaviour.When when : behaviour.when()) {
      boolean shows = when.outputs().keySet().stream().allMatch(at -> at.in(now).isPresent());
      if (Behaviour.given(when.property().in(now)) && !shows) {
        return outputs.lay(now, when.outputs());
      }
    }
    return now;
  }

  private Outputs outputs(Request request, int n) {
    return new Outputs(new Dice(seed(request, n)), request.name(), request.region(), number);
  }

  private String seed(Request request, int n) {
    return String.join(
            "|", profile.seed(), family, account, request.type(), request.region(), request.name())
        + (n == 0 ? "" : "|" + n);
  }

  private Optional<Value> copied(TypeSchema schema, Fields body, Behaviour.Copy copy) {
    List<ResourceType> types =
        schema.links().stream()
            .filter(link -> link.from().equals(copy.property()))
            .flatMap(link -> link.to().stream())
            .toList();
    return copy.property()
        .in(body)
        .filter(Text.class::isInstance)
        .flatMap(value -> holdings.pointed(((Text) value).text(), types))
        .flatMap(target -> copy.output().in(target.properties()));
  }

  private static Optional<String> identity(TypeSchema schema, Fields properties) {
    return schema
        .identity()
        .in(properties)
        .filter(Text.class::isInstance)
        .map(value -> ((Text) value).text());
  }

  private Optional<Reply> repeated(Request request, String digest) {
    Used used = request.token().isEmpty() ? null : tokens.get(request.token());
    if (used == null || used.at().isBefore(clock.instant().minus(TOKENS_LIVE))) {
      return Optional.empty();
    }
    if (!used.digest().equals(digest)) {
      return Optional.of(no(Trouble.TOKEN_REUSED, "this token was used for another request"));
    }
    Undertaking one = undertakings.get(used.undertaking());
    return one == null ? Optional.empty() : Optional.of(told(one));
  }

  private static String digest(Request request) {
    return Digest.ofText(
            String.join(
                    "|",
                    request.verb().name(),
                    request.type(),
                    request.region(),
                    request.id(),
                    request.name(),
                    request.detail())
                + "|"
                + Digest.of(request.body()))
        .hex();
  }

  private Optional<Reply> taken(
      Request request, Behaviour behaviour, Fields properties, String id) {
    Optional<String> name = holdings.uniqueName(request.type(), request.region(), properties);
    boolean here =
        name.flatMap(holdings::taken).isPresent()
            || holdings.get(Item.key(request.type(), request.region(), id)).isPresent();
    if (here) {
      return Optional.of(no(Trouble.NAME_TAKEN, request.type() + " " + id + " exists already"));
    }
    boolean global =
        behaviour
            .unique()
            .filter(unique -> unique.scope() == Behaviour.Unique.Scope.GLOBAL)
            .isPresent();
    if (global
        && name.isPresent()
        && names
            .holder(family + "|" + name.get())
            .filter(holder -> !holder.equals(account))
            .isPresent()) {
      return Optional.of(
          no(
              Trouble.GLOBAL_NAME_TAKEN,
              "the name "
                  + id
                  + " is taken by another account; such names are unique in the whole cloud"));
    }
    return Optional.empty();
  }

  private Optional<Reply> dangling(TypeSchema schema, Fields body) {
    for (TypeSchema.Link link : schema.links()) {
      for (Pointer place : Patterns.places(link.from(), body)) {
        if (place.in(body).orElseThrow() instanceof Text(var output)
            && holdings.pointed(output, link.to()).isEmpty()
            && !EVERYBODYS.getOrDefault(family, Pattern.compile("")).matcher(output).matches()) {
          return Optional.of(
              Trouble.REFERENCE.reply(
                  family,
                  "there is no " + link.to() + " '" + output + "' (" + place + ")",
                  List.of(place.toString()),
                  Optional.empty()));
        }
      }
    }
    return Optional.empty();
  }

  private Reply told(Undertaking one) {
    boolean running = one.state() == State.RUNNING;
    Instant now = clock.instant();
    long total = Math.max(1, Duration.between(one.started(), one.due()).toMillis());
    long passed = Math.max(0, Duration.between(one.started(), now).toMillis());
    long left = Math.max(0, Duration.between(now, one.due()).toMillis());
    boolean lost = one.verb() == Verb.CREATE && !running && holdings.get(one.key()).isEmpty();
    Fields told =
        Fields.EMPTY
            .with("id", Value.text(one.id()))
            .with("verb", Value.text(one.verb().word()))
            .with("state", Value.text(one.state().name()))
            .with("percent", Value.num(running ? Math.min(99, passed * 100 / total) : 100));
    if (!lost) {
      told = told.with("resource", Value.text(one.resourceId()));
    }
    if (one.state() == State.FAILED) {
      told =
          told.with("code", Value.text(one.trouble())).with("message", Value.text(one.message()));
    }
    Reply reply = Reply.ok(running ? 202 : 200, Fields.of("operation", told));
    Optional<Long> again =
        running ? Optional.of(Math.max(1, Math.min(left, 2000))) : Optional.empty();
    return new Reply(
        reply.status(), "", "", List.of(), reply.body(), again, "", Reply.Delivery.WHOLE);
  }

  /** A value as people write it. */
  static String plain(Value value) {
    return value instanceof Text(var text) ? text : dev.parley.value.CanonicalJson.write(value);
  }

  private Reply no(Trouble trouble, String message) {
    return trouble.reply(family, message);
  }

  private Reply noSuchType(ResourceType type) {
    return no(Trouble.NO_SUCH_TYPE, "this cloud has no type " + type);
  }

  private Reply notFound(Request request) {
    return no(
        Trouble.NOT_FOUND,
        request.type() + " " + request.id() + " does not exist in " + request.region());
  }

  private Reply noSuchOperation(Request request) {
    return no(Trouble.NO_SUCH_OPERATION, "there is no operation " + request.detail());
  }

  private Reply busy(Item item) {
    return Trouble.BUSY.reply(
        family, item.id() + " is busy with " + item.operation(), List.of(), Optional.of(1000L));
  }

  private Reply invalid(List<SchemaError> mistakes) {
    String message =
        String.join(
            "; ", mistakes.stream().map(error -> error.path() + ": " + error.why()).toList());
    return Trouble.INVALID.reply(
        family,
        message,
        mistakes.stream().map(error -> error.path().toString()).toList(),
        Optional.empty());
  }
}
