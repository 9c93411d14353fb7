package dev.parley.provider.aws.fake;

import com.sun.net.httpserver.HttpServer;
import dev.parley.engine.json.Codec;
import dev.parley.engine.json.Json;
import dev.parley.provider.aws.fake.service.CloudControl;
import dev.parley.provider.aws.fake.service.CostExplorer;
import dev.parley.provider.aws.fake.service.Ec2;
import dev.parley.provider.aws.fake.service.Handlers;
import dev.parley.provider.aws.fake.service.LoadBalancing;
import dev.parley.provider.aws.fake.service.Logs;
import dev.parley.provider.aws.fake.service.Pricing;
import dev.parley.provider.aws.fake.service.Requests;
import dev.parley.provider.aws.fake.service.ResourceExplorer;
import dev.parley.provider.aws.fake.service.Sts;
import dev.parley.provider.aws.fake.service.TaggingApi;
import dev.parley.provider.aws.fake.service.TypeRegistry;
import dev.parley.provider.aws.fake.type.FakeTypes;
import dev.parley.provider.aws.fake.wire.AccessKey;
import dev.parley.provider.aws.fake.wire.Identity;
import dev.parley.provider.aws.fake.wire.Service;
import dev.parley.provider.aws.fake.world.Charge;
import dev.parley.provider.aws.fake.world.Entry;
import dev.parley.provider.aws.fake.world.Fault;
import dev.parley.provider.aws.fake.world.Faults;
import dev.parley.provider.aws.fake.world.Ledger;
import dev.parley.provider.aws.fake.world.LogLine;
import dev.parley.provider.aws.fake.world.Pace;
import dev.parley.provider.aws.fake.world.Role;
import dev.parley.provider.aws.fake.world.Stored;
import dev.parley.provider.aws.fake.world.WireEntry;
import dev.parley.provider.aws.fake.world.World;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * A stand-in of AWS on the loopback interface: strict about signatures, protocols and schemas, and
 * with a memory. All services are reached at one endpoint; the signature's scope tells them apart.
 */
public final class FakeAws implements AutoCloseable {
  private final World world = new World();
  private final Faults faults = new Faults();
  private final WireLog wire;
  private final FakeTypes types;
  private final Optional<Ledger> ledger;
  private final Clock clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ResourceExplorer explorer;
  private final List<Service> services = new ArrayList<>();

  private FakeAws(Builder wanted) {
    types = wanted.types;
    clock = wanted.clock;
    wire = new WireLog(wanted.folder);
    ledger = wanted.folder.map(folder -> Ledger.open(folder.resolve("state.log"), world::apply));
    ledger.ifPresent(kept -> world.keptBy(kept::append));
    RandomGenerator random = new SplittableRandom();
    var requests = new Requests(world, types, wanted.retryAfter);
    var handlers = new Handlers(world, types, requests, faults, random, wanted.pace);
    services.add(new CloudControl(world, requests, handlers));
    services.add(new Sts(world, random));
    services.add(new TypeRegistry(types));
    services.add(new TaggingApi(world, types));
    services.add(new Logs(world));
    services.add(new Pricing());
    services.add(new CostExplorer(world));
    explorer = new ResourceExplorer(world, types);
    services.add(explorer);
    services.add(new Ec2(world));
    services.add(new LoadBalancing(world));
    wanted.more.forEach(each -> services.add(each.in(this)));
    var front = new Front(this, requests, services, faults, wire, wanted.signing);
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted.port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("can't listen on port " + wanted.port, e);
    }
    server.setExecutor(threads);
    server.createContext("/", front);
    server.createContext("/_fake/", new Witness(this));
    server.start();
  }

  /** What a stand-in is made of. */
  public static Builder builder() {
    return new Builder();
  }

  /** One with nothing in it. */
  public static FakeAws start() {
    return builder().start();
  }

  /** Where it is reached. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it remembers; touch it only while holding its lock. */
  public World world() {
    return world;
  }

  /** The types it knows. */
  public FakeTypes types() {
    return types;
  }

  /** The cloud's time. */
  public Clock clock() {
    return clock;
  }

  /** Lets something go wrong. */
  public void strike(Fault fault) {
    faults.add(fault);
  }

  /** The faults that are still to come. */
  public Faults faults() {
    return faults;
  }

  /** Every request that was understood, oldest first. */
  public List<WireEntry> wire() {
    return wire.entries();
  }

  /** How often an operation was asked for. */
  public long asked(String operation) {
    return wire().stream().filter(each -> each.operation().equals(operation)).count();
  }

  /** A user of an account, with the key of {@link #key}. */
  public AccessKey user(String account, String name) {
    AccessKey key = key(account, name);
    synchronized (world) {
      if (world.key(key.id()).isEmpty()) {
        write(new Entry.Keyed(key));
      }
    }
    return key;
  }

  /** The key that a user of that name has or would have; its texts follow from the names. */
  public static AccessKey key(String account, String name) {
    String letters = (name + account).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return new AccessKey(
        "AKIA" + letters,
        "secret-of-" + name + "-in-" + account,
        Optional.empty(),
        new Identity(account, "arn:aws:iam::" + account + ":user/" + name, "AIDA" + letters),
        Optional.empty());
  }

  /** A role that can be taken. */
  public Role role(Role role) {
    write(new Entry.Trusted(role));
    return role;
  }

  /** Something was logged. */
  public void log(LogLine line) {
    write(new Entry.Logged(line));
  }

  /** Something was charged. */
  public void charge(Charge charge) {
    write(new Entry.Charged(charge));
  }

  /** Sets up Resource Explorer's default view in an account; without it there is no searching. */
  public void explorer(String account) {
    explorer.view(account);
  }

  private void write(Entry entry) {
    synchronized (world) {
      world.write(entry);
      sync();
    }
  }

  /** Everything written so far is on the disk, if there is one. */
  void sync() {
    ledger.ifPresent(Ledger::sync);
  }

  /** What there is of a type, in all accounts and regions. */
  public List<Stored> resources(String type) {
    synchronized (world) {
      return world.everything().filter(each -> each.place().type().equals(type)).toList();
    }
  }

  /** How much there is, of all types, in all accounts. */
  public long count() {
    synchronized (world) {
      return world.everything().count();
    }
  }

  /** Everything there is, for a witness: resources and requests. */
  public Fields export() {
    synchronized (world) {
      var resources = world.everything().<Value>map(Codec::encode).toList();
      var requests = world.requests().stream().<Value>map(Codec::encode).toList();
      return Fields.of("resources", new Items(resources)).with("requests", new Items(requests));
    }
  }

  /** The same as text. */
  public String exported() {
    return Json.pretty(export());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
    ledger.ifPresent(Ledger::close);
    wire.close();
  }

  /** Adds a service to a stand-in that is being made. */
  @FunctionalInterface
  public interface Addition {
    /** The service, with access to what the stand-in remembers. */
    Service in(FakeAws aws);
  }

  /** What a stand-in is made of. */
  public static final class Builder {
    private FakeTypes types = FakeTypes.shipped();
    private Clock clock = Clock.systemUTC();
    private Clock signing = Clock.systemUTC();
    private Optional<Path> folder = Optional.empty();
    private Optional<Pace> pace = Optional.empty();
    private Duration retryAfter = Duration.ofSeconds(1);
    private int port;
    private final List<Addition> more = new ArrayList<>();

    private Builder() {}

    /** The types; those that come along if nothing is said. */
    public Builder types(FakeTypes types) {
      this.types = types;
      return this;
    }

    /** The cloud's time: by it operations end, and sessions and tokens expire. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The time by which signatures are judged; clients sign by the wall clock. */
    public Builder signing(Clock clock) {
      this.signing = clock;
      return this;
    }

    /** Where it keeps its state, to survive its own end. */
    public Builder folder(Path folder) {
      this.folder = Optional.of(folder);
      return this;
    }

    /** How long all operations take, whatever their type says. */
    public Builder pace(Pace pace) {
      this.pace = Optional.of(pace);
      return this;
    }

    /** What a request in progress asks callers to wait; zero asks nothing. */
    public Builder retryAfter(Duration delay) {
      this.retryAfter = delay;
      return this;
    }

    /** A fixed port; any free one if nothing is said. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** A service more. */
    public Builder service(Addition addition) {
      more.add(addition);
      return this;
    }

    /** Begins to listen. */
    public FakeAws start() {
      return new FakeAws(this);
    }
  }
}
