package dev.parley.provider.aws.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.engine.resolve.Resolution;
import dev.parley.plan.Change;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.provider.Operation;
import dev.parley.provider.Provider;
import dev.parley.provider.ProviderFactory.Surroundings;
import dev.parley.provider.Token;
import dev.parley.provider.aws.AwsFactory;
import dev.parley.provider.aws.catalog.PlanningBench;
import dev.parley.resource.Address;
import dev.parley.resource.Resource;
import dev.parley.testkit.SettableClock;
import dev.parley.value.Digest;
import dev.parley.value.Pointer;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import dev.parley.value.Value.Items;
import dev.parley.value.Value.Ref;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everyday services, planned with the stand-in's registry and made in it by the provider. */
class EverydayServicesTest {
  @TempDir Path folder;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final Map<Address, Resource> made = new LinkedHashMap<>();
  private FakeAwsHarness harness;
  private Provider provider;

  @BeforeEach
  void start() {
    harness = new FakeAwsHarness(FakeAws.builder().clock(clock).retryAfter(Duration.ZERO).start());
    provider =
        new AwsFactory()
            .open(
                harness.account("one"),
                new Surroundings(clock, folder, FakeAwsHarness.secrets(_ -> "")));
    provider.catalog().refresh();
  }

  @AfterEach
  void stop() {
    provider.close();
    harness.close();
  }

  @Test
  void three_machines_behind_a_load_balancer_with_a_postgres_database() {
    var wants = new ArrayList<Want>(List.of(make("net", "network", Fields.EMPTY)));
    wants.add(make("sub", "subnet", Fields.of("network", Value.text("net"))));
    wants.add(make("fw", "firewall", Fields.of("network", Value.text("net"))));
    for (int i = 1; i <= 3; i++) {
      wants.add(
          make(
              "web-" + i,
              "vm",
              Fields.of("size", Value.text("t3.medium"))
                  .with("subnet", Value.text("sub"))
                  .with("firewall", Value.text("fw"))));
    }
    wants.add(
        make(
            "front",
            "load-balancer",
            Fields.of("targets", Value.texts(List.of("web-1", "web-2", "web-3")))
                .with("network", Value.text("net"))
                .with("subnet", Value.text("sub"))
                .with("protocol", Value.text("http"))));
    wants.add(make("orders", "database", Fields.of("engine", Value.text("postgres"))));
    carryOut(plan(wants));
    assertThat(harness.aws().resources("AWS::EC2::Instance"))
        .hasSize(3)
        .allMatch(each -> each.properties().text("InstanceType").orElse("").equals("t3.medium"))
        .allMatch(each -> each.place().region().equals("ap-south-1"));
    assertThat(
            harness
                .aws()
                .resources("AWS::ElasticLoadBalancingV2::TargetGroup")
                .getFirst()
                .properties()
                .itemsAt("Targets"))
        .hasSize(3);
    assertThat(
            harness
                .aws()
                .resources("AWS::RDS::DBInstance")
                .getFirst()
                .properties()
                .fieldsAt("Endpoint")
                .text("Port"))
        .contains("5432");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network",
        "firewall",
        "vm",
        "disk",
        "load-balancer",
        "bucket",
        "database",
        "queue",
        "topic",
        "role",
        "policy",
        "function",
        "container-service",
        "kubernetes-cluster",
        "cache",
        "key",
        "secret",
        "log-group",
        "container-registry",
        "public-ip"
      })
  void a_service_with_its_defaults_can_be_made(String service) {
    carryOut(plan(List.of(make("main-item", service, Fields.EMPTY))));
    assertThat(made).isNotEmpty();
  }

  private static Want make(String name, String service, Fields arguments) {
    return new Want.Make(name, new Want.OfService(service, arguments), Place.ANY);
  }

  private Plan plan(List<Want> wants) {
    return switch (new PlanningBench(provider.catalog()).resolve(wants)) {
      case Resolution.Resolved resolved -> resolved.plan();
      case Resolution.Rejected(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  /** Creates in an order in which every reference leads to what exists already. */
  private void carryOut(Plan plan) {
    var waiting = new ArrayList<>(plan.changes());
    while (!waiting.isEmpty()) {
      Change next =
          waiting.stream()
              .filter(
                  change ->
                      made.keySet().containsAll(plan.needs().getOrDefault(change.at(), Set.of())))
              .findFirst()
              .orElseThrow(() -> new AssertionError("nothing can go first: " + waiting));
      waiting.remove(next);
      create((Change.Create) next);
    }
  }

  private void create(Change.Create change) {
    var whole = new Change.Create(change.at(), change.region(), (Fields) filled(change.desired()));
    String about = Digest.ofText(change.at().toString()).hex();
    Operation now = provider.create(whole, new Token(about, about.substring(0, 40)));
    for (int i = 0; i < 20 && now.state() == Operation.State.RUNNING; i++) {
      clock.advance(Duration.ofSeconds(1));
      now = provider.poll(now.handle());
    }
    assertThat(now.state()).as(now.message()).isEqualTo(Operation.State.SUCCEEDED);
    made.put(
        change.at(),
        provider
            .read(change.at().type(), change.region(), now.resource().orElseThrow())
            .orElseThrow());
  }

  private Value filled(Value value) {
    return switch (value) {
      case Ref(var target, var pointer) -> {
        Resource resource = made.get(Address.of(target));
        yield pointer.isEmpty()
            ? Value.text(resource.id().value())
            : Pointer.of(pointer).in(resource.properties()).orElseThrow();
      }
      case Items(var items) -> new Items(items.stream().map(this::filled).toList());
      case Fields(var fields) -> {
        var filled = new LinkedHashMap<String, Value>();
        fields.forEach((name, field) -> filled.put(name, filled(field)));
        yield new Fields(filled);
      }
      default -> value;
    };
  }
}
