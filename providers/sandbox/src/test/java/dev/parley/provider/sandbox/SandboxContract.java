package dev.parley.provider.sandbox;

import dev.parley.engine.json.Yaml;
import dev.parley.identity.Account;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.sandbox.cloud.Fault;
import dev.parley.provider.sandbox.cloud.Profile;
import dev.parley.provider.sandbox.cloud.Request;
import dev.parley.provider.sandbox.cloud.SandboxCloud;
import dev.parley.provider.sandbox.wire.LocalLink;
import dev.parley.provider.sandbox.wire.SandboxServer;
import dev.parley.resource.ResourceType;
import dev.parley.testkit.Misfortune;
import dev.parley.testkit.ProviderContract;
import dev.parley.testkit.Sample;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The simulated clouds keep the provider's contract; one subclass for each family and way. */
abstract class SandboxContract extends ProviderContract {
  private static final Profile PROFILE = new Profile("contract", 0, 0, 1, Map.of(), 5);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  @TempDir Path folder;
  private Optional<SandboxCloud> opened = Optional.empty();
  private Optional<SandboxServer> server = Optional.empty();

  abstract String family();

  abstract boolean overHttp();

  abstract String region();

  /** YAML: a list of {type, body, change, fixed, secret}; {@code NAME} in a text is the name. */
  abstract String samplesYaml();

  @BeforeEach
  void open() throws IOException {
    opened = Optional.of(SandboxCloud.in(folder, clock, _ -> PROFILE));
    server = overHttp() ? Optional.of(SandboxServer.start(cloud(), 0)) : Optional.empty();
  }

  @AfterEach
  void close() {
    server.ifPresent(SandboxServer::close);
    opened.ifPresent(SandboxCloud::close);
  }

  private SandboxCloud cloud() {
    return opened.orElseThrow();
  }

  @Override
  protected Provider provider(String account) {
    if (overHttp()) {
      return remote(account, server.orElseThrow().endpoint().toString());
    }
    var link = new LocalLink("in this process", this::cloud, _ -> {});
    return new SandboxProvider(
        account, family(), "acme/" + account, 8, link, ProviderContract::secret);
  }

  private Provider remote(String account, String endpoint) {
    Fields settings = Fields.of("endpoint", Value.text(endpoint));
    var configured =
        new Account(
            "acme",
            account,
            "sandbox",
            family(),
            region(),
            List.of(),
            "development",
            Map.of(),
            Optional.empty(),
            Set.of(),
            settings);
    return new SandboxFactory()
        .open(
            configured, new Surroundings(clock, folder.resolve("none"), ProviderContract::secret));
  }

  @Override
  protected Optional<Provider> unreachable() {
    return overHttp() ? Optional.of(remote("one", "http://127.0.0.1:1")) : Optional.empty();
  }

  @Override
  protected List<Sample> samples() {
    Value read = Yaml.parse("samples", samplesYaml()).value();
    return ((Value.Items) read).items().stream().map(one -> sample((Fields) one)).toList();
  }

  private Sample sample(Fields read) {
    Fields body = read.fieldsAt("body");
    Fields change = read.fieldsAt("change");
    Optional<Value> fixed = read.get("fixed");
    return new Sample(
        ResourceType.of(read.text("type").orElseThrow()),
        region(),
        name -> (Fields) named(body, name),
        properties -> laid(properties, change),
        fixed.map(fields -> properties -> laid(properties, (Fields) fields)),
        read.text("secret").map(Pointer::of));
  }

  private static Fields laid(Fields properties, Fields over) {
    Fields now = properties;
    for (Map.Entry<String, Value> one : over.fields().entrySet()) {
      now = Pointer.of(one.getKey()).set(now, one.getValue());
    }
    return now;
  }

  private static Value named(Value value, String name) {
    return switch (value) {
      case Value.Text(var text) -> Value.text(text.replace("NAME", name));
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> named(item, name)).toList());
      case Fields(var fields) -> {
        var copy = new java.util.LinkedHashMap<String, Value>();
        fields.forEach((key, field) -> copy.put(key, named(field, name)));
        yield new Fields(copy);
      }
      default -> value;
    };
  }

  @Override
  protected void strike(Misfortune misfortune, Sample sample) {
    Fault.Effect effect =
        switch (misfortune) {
          case THROTTLE -> Fault.Effect.THROTTLE;
          case DROP_AFTER_SEND -> Fault.Effect.DROP;
          case TRUNCATE -> Fault.Effect.TRUNCATE;
          case EMPTY_SUCCESS -> Fault.Effect.EMPTY;
          case FAIL_OPERATION -> Fault.Effect.FAIL;
          case SLOW -> Fault.Effect.SLOW;
          case DENY_LIST -> Fault.Effect.DENY;
        };
    String verb = misfortune == Misfortune.DENY_LIST ? "list" : "create";
    cloud().faults(List.of(new Fault(verb, sample.type().unversioned(), "*", 1, 1, effect, 7)));
  }

  @Override
  protected List<Wire> wireLog() {
    var log = new ArrayList<Wire>();
    Set<String> mutating =
        Set.copyOf(
            Arrays.stream(Request.Verb.values())
                .filter(Request.Verb::mutates)
                .map(Request.Verb::word)
                .toList());
    cloud()
        .trail()
        .last()
        .forEach(seen -> log.add(new Wire(mutating.contains(seen.verb()), seen.body())));
    return log;
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }
}
