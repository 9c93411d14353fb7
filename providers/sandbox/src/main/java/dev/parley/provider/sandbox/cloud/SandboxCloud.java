package dev.parley.provider.sandbox.cloud;

import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.provider.sandbox.cloud.Request.Verb;
import dev.parley.resource.ResourceType;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A world of simulated clouds: any number of accounts of the three families. What was acknowledged
 * survives the process where a folder was given.
 */
public final class SandboxCloud implements AutoCloseable {
  private final Clock clock;
  private final Function<String, Profile> profiles;
  private final Optional<Ledger> ledger;
  private final Faults faults;
  private final GlobalNames names = new GlobalNames();
  private final Trail trail = new Trail();
  private final AtomicLong requests = new AtomicLong();
  private final ReentrantLock openLock = new ReentrantLock();
  private final Map<String, Branch> branches = new ConcurrentHashMap<>();
  private final Map<String, List<Commit>> waiting = new ConcurrentHashMap<>();

  /** One account, and all that serves it. */
  private record Branch(Estate estate, Sights sights, Meter writes, Meter reads) {}

  /**
   * Opens a cloud; nothing is read before the first request.
   *
   * @param profiles how each account behaves
   */
  private SandboxCloud(Optional<Path> folder, Clock clock, Function<String, Profile> profiles) {
    this.clock = clock;
    this.profiles = profiles;
    this.faults = new Faults(folder.map(path -> path.resolve("faults.yaml")));
    this.ledger = folder.map(Ledger::open);
    ledger.ifPresent(this::restore);
  }

  /** One that forgets everything when the process ends. */
  public static SandboxCloud inMemory(Clock clock, Function<String, Profile> profiles) {
    return new SandboxCloud(Optional.empty(), clock, profiles);
  }

  /**
   * One that remembers in a folder.
   *
   * @throws IllegalStateException if another process has the folder open
   */
  public static SandboxCloud in(Path folder, Clock clock, Function<String, Profile> profiles) {
    return new SandboxCloud(Optional.of(folder), clock, profiles);
  }

  private void restore(Ledger from) {
    for (Commit commit : from.read()) {
      waiting
          .computeIfAbsent(commit.family() + "/" + commit.account(), _ -> new ArrayList<>())
          .add(commit);
    }
    var snapshots = new ArrayList<Commit>();
    for (String key : List.copyOf(waiting.keySet())) {
      int slash = key.indexOf('/');
      snapshots.add(branch(key.substring(0, slash), key.substring(slash + 1)).estate().snapshot());
    }
    from.rewrite(snapshots);
  }

  private Branch branch(String family, String account) {
    String name = family + "/" + account;
    Branch known = branches.get(name);
    return known != null ? known : open(name, family, account);
  }

  /** Reading a family's catalog takes a while; the others wait for the first. */
  private Branch open(String name, String family, String account) {
    openLock.lock();
    try {
      Branch known = branches.get(name);
      if (known != null) {
        return known;
      }
      Profile profile = profiles.apply(account);
      var estate =
          new Estate(
              family,
              account,
              profile,
              clock,
              names,
              commit -> ledger.ifPresent(to -> to.append(commit)));
      estate.replay(waiting.getOrDefault(name, List.of()));
      waiting.remove(name);
      var opened =
          new Branch(
              estate,
              new Sights(family, account, estate, faults, clock),
              new Meter(clock, profile.rate(), profile.burst()),
              new Meter(clock, profile.rate() * 4, profile.burst() * 4));
      branches.put(name, opened);
      return opened;
    } finally {
      openLock.unlock();
    }
  }

  /** Answers one request. */
  public Reply handle(Request request) {
    String requestId = "req-" + new Dice("request|" + requests.incrementAndGet()).hex(16);
    if (!Cloudware.FAMILIES.contains(request.family())) {
      return Trouble.INVALID
          .reply("aws", "no cloud '" + request.family() + "'")
          .identified(requestId);
    }
    Reply reply = answer(request).identified(requestId);
    trail.note(
        new Trail.Seen(
            request.verb().word(),
            request.account(),
            request.type(),
            request.id(),
            request.name(),
            shown(request),
            reply.status()),
        request.verb().mutates());
    return reply;
  }

  private Reply answer(Request request) {
    Branch branch = branch(request.family(), request.account());
    Meter meter = request.verb().mutates() ? branch.writes() : branch.reads();
    Optional<Duration> wait = meter.take();
    if (wait.isPresent()) {
      return throttled(request, wait.get());
    }
    Optional<Fault> fault = request.verb() == Verb.HEALTH ? Optional.empty() : struck(request);
    if (fault.isPresent()) {
      Optional<Trouble> before = Troubles.before(fault.get());
      if (before.isPresent()) {
        return before.get() == Trouble.THROTTLED
            ? throttled(request, Duration.ofSeconds(fault.get().seconds()))
            : before.get().reply(request.family(), Troubles.message(before.get(), request));
      }
      if (fault.get().effect() == Fault.Effect.DROP_REQUEST) {
        return Trouble.DOWN.reply(request.family(), "").delivered(Reply.Delivery.DROPPED);
      }
    }
    Reply reply = done(branch, request, fault);
    return fault.map(one -> Troubles.after(one, request.family(), reply)).orElse(reply);
  }

  private Reply done(Branch branch, Request request, Optional<Fault> fault) {
    Estate estate = branch.estate();
    Sights sights = branch.sights();
    return switch (request.verb()) {
      case CREATE -> estate.create(request, fault);
      case UPDATE -> estate.update(request, fault);
      case DELETE -> estate.delete(request, fault);
      case CALL -> estate.call(request, fault);
      case CANCEL -> estate.cancel(request);
      case POLL -> estate.poll(request);
      case READ -> sights.read(request);
      case FIND -> sights.find(request);
      case LIST -> sights.list(request);
      case HEALTH -> sights.health(request);
      case LOGS -> sights.logs(request);
      case CHECK ->
          Reply.ok(
              200,
              Fields.of(
                  "resources", Value.num(estate.locked(() -> estate.holdings().items().size()))));
    };
  }

  private Optional<Fault> struck(Request request) {
    String typeName = request.type().isEmpty() ? "" : ResourceType.of(request.type()).unversioned();
    if (request.verb() == Verb.LIST && typeName.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> tag =
        request.verb() == Verb.CREATE
            ? Cloudware.of(request.family())
                .describe(ResourceType.of(request.type()))
                .flatMap(schema -> Sights.faultTag(schema, request.body()))
            : Optional.empty();
    return faults.strike(request.account(), request.verb(), typeName, request.name(), tag);
  }

  private static Reply throttled(Request request, Duration wait) {
    return Trouble.THROTTLED.reply(
        request.family(),
        Troubles.message(Trouble.THROTTLED, request),
        List.of(),
        Optional.of(wait.toMillis()));
  }

  private static Fields shown(Request request) {
    if (request.type().isEmpty() || request.body().isEmpty()) {
      return request.body();
    }
    return Cloudware.of(request.family())
        .describe(ResourceType.of(request.type()))
        .map(schema -> Bodies.without(request.body(), schema.writeOnly()))
        .orElse(request.body());
  }

  /** From now on these faults, beside those of the folder's {@code faults.yaml}. */
  public void faults(List<Fault> script) {
    faults.set(script);
  }

  /** The faults that hold. */
  public List<Fault> faults() {
    return faults.all();
  }

  /** What reached the cloud. */
  public Trail trail() {
    return trail;
  }

  /** How many resources of each type each account holds: {@code {"aws/dev": {"aws:…": 3}}}. */
  public Fields counts() {
    var counts = new LinkedHashMap<String, Value>();
    new TreeMap<>(branches).forEach((key, branch) -> counts.put(key, branch.sights().counts()));
    return new Fields(counts);
  }

  @Override
  public void close() {
    ledger.ifPresent(Ledger::close);
  }
}
