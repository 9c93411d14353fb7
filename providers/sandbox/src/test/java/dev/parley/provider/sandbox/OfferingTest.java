package dev.parley.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.catalog.Offering;
import dev.parley.engine.json.Json;
import dev.parley.engine.resolve.Resolution;
import dev.parley.plan.Change;
import dev.parley.plan.Place;
import dev.parley.plan.Plan;
import dev.parley.plan.Want;
import dev.parley.provider.Health;
import dev.parley.provider.sandbox.catalog.Cloudware;
import dev.parley.resource.Address;
import dev.parley.resource.Tracked;
import dev.parley.value.Problem;
import dev.parley.value.Value;
import dev.parley.value.Value.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every offering becomes a plan that its own cloud takes, finds unchanged afterwards, and can undo.
 */
class OfferingTest {
  private static final Pattern MENTION =
      Pattern.compile("\\$\\{([a-zA-Z]+)[.}]|\"\\$(?:pick|each)\":\"([a-zA-Z]+)\"");

  @TempDir Path folder;

  static Stream<Arguments> offerings() {
    return Cloudware.FAMILIES.stream()
        .flatMap(
            family ->
                Cloudware.of(family).catalog().offerings().stream()
                    .map(offering -> Arguments.of(family, offering.service())));
  }

  @ParameterizedTest
  @MethodSource("offerings")
  void with_nothing_but_what_it_needs_it_is_made_found_unchanged_and_deleted(
      String family, String service) {
    Offering offering = offering(family, service);
    var arguments = new LinkedHashMap<String, Value>();
    offering.needs().forEach(need -> arguments.put(need, every().get(need)));
    liveItsLife(family, offering, new Fields(arguments));
  }

  @ParameterizedTest
  @MethodSource("offerings")
  void with_everything_said_it_is_made_found_unchanged_and_deleted(String family, String service) {
    Offering offering = offering(family, service);
    liveItsLife(family, offering, mentioned(offering));
  }

  @ParameterizedTest
  @MethodSource("offerings")
  void made_public_it_is_made_found_unchanged_and_deleted(String family, String service) {
    Offering offering = offering(family, service);
    if (mentions(offering).contains("public")) {
      liveItsLife(family, offering, mentioned(offering).with("public", Value.bool(true)));
    }
  }

  @ParameterizedTest
  @MethodSource("offerings")
  void every_size_and_variant_is_valid(String family, String service) {
    Offering offering = offering(family, service);
    var needed = new LinkedHashMap<String, Value>();
    offering.needs().forEach(need -> needed.put(need, every().get(need)));
    try (var bench = new Workbench(family, folder)) {
      for (Offering.Size size : offering.sizes()) {
        resolved(bench, offering, new Fields(needed).with("size", Value.text(size.sku())));
        Value word = size.more().get("word");
        if (word != null) {
          Plan plan = resolved(bench, offering, new Fields(needed).with("size", word));
          assertThat(Json.write(plan.changes().getFirst().properties()))
              .as(word + " is " + size.sku())
              .isNotBlank();
        }
      }
      for (Fields variant : offering.variants().values()) {
        var all = new LinkedHashMap<>(needed);
        all.putAll(variant.fields());
        resolved(bench, offering, new Fields(all));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void machines_behind_a_load_balancer_become_healthy(String family) {
    try (var bench = new Workbench(family, folder)) {
      List<Want> wants = new ArrayList<>(surroundings(Set.of("targets")));
      Fields arguments =
          Fields.of("targets", Value.texts(List.of("web-1", "web-2"))).with("port", Value.num(80));
      wants.add(make("front", "load-balancer", arguments));
      bench.carryOut(plan(bench.resolve(wants)));
      Tracked front =
          bench.tracked().values().stream()
              .filter(one -> one.at().name().equals("front"))
              .findFirst()
              .orElseThrow();
      Health health = bench.provider().health(front.resource());
      assertThat(health.state()).isEqualTo(Health.State.HEALTHY);
      assertThat(health.detail()).contains("2 of 2 targets healthy");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "azure", "gcp"})
  void a_size_asked_for_later_changes_only_the_size(String family) {
    try (var bench = new Workbench(family, folder)) {
      bench.carryOut(
          plan(
              bench.resolve(
                  List.of(make("main-item", "database", Fields.of("size", Value.text("small")))))));
      Address at = bench.tracked().keySet().iterator().next();
      Plan plan =
          plan(
              bench.resolve(
                  List.of(
                      new Want.Alter(
                          at,
                          Fields.of("size", Value.text("large")),
                          java.util.Optional.empty()))));
      assertThat(plan.changes())
          .filteredOn(Change::mutates)
          .singleElement()
          .isInstanceOf(Change.Update.class);
      bench.carryOut(plan);
    }
  }

  private void liveItsLife(String family, Offering offering, Fields arguments) {
    try (var bench = new Workbench(family, folder)) {
      List<Want> wants = new ArrayList<>(surroundings(arguments.fields().keySet()));
      wants.add(make("main-item", offering.service(), arguments));
      Plan first = plan(bench.resolve(wants));
      assertThat(first.changes()).allMatch(change -> change instanceof Change.Create);
      bench.carryOut(first);
      Plan second = plan(bench.resolve(wants));
      assertThat(second.changes()).filteredOn(Change::mutates).isEmpty();
      List<Want> removals =
          bench.tracked().keySet().stream().map(at -> (Want) new Want.Remove(at)).toList();
      bench.carryOut(plan(bench.resolve(removals)));
      assertThat(
              bench.provider().list(java.util.Optional.empty(), java.util.Optional.empty()).items())
          .isEmpty();
    }
  }

  private static Plan resolved(Workbench bench, Offering offering, Fields arguments) {
    List<Want> wants = new ArrayList<>(surroundings(arguments.fields().keySet()));
    wants.add(make("main-item", offering.service(), arguments));
    return plan(bench.resolve(wants));
  }

  private static Plan plan(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved resolved -> {
        assertThat(resolved.warnings())
            .filteredOn(
                warning ->
                    !warning.what().equals("'subnet'")) // what is public needs none in some clouds
            .isEmpty();
        yield resolved.plan();
      }
      case Resolution.Rejected(var problems) ->
          throw new AssertionError(
              String.join("\n", problems.stream().map(Problem::toString).toList()));
    };
  }

  /** What the arguments may name. */
  private static List<Want> surroundings(Set<String> arguments) {
    var wants = new ArrayList<Want>();
    boolean sub = arguments.contains("subnet");
    if (arguments.contains("network") || sub) {
      wants.add(make("net", "network", Fields.EMPTY));
    }
    if (sub) {
      wants.add(make("sub", "subnet", Fields.of("network", Value.text("net"))));
    }
    if (arguments.contains("firewall")) {
      wants.add(make("fw", "firewall", Fields.EMPTY));
    }
    if (arguments.contains("key")) {
      wants.add(make("cmk", "key", Fields.EMPTY));
    }
    if (arguments.contains("role")) {
      wants.add(make("runner", "role", Fields.EMPTY));
    }
    if (arguments.contains("zone")) {
      wants.add(make("dns", "dns-zone", Fields.of("domain", Value.text("example.com"))));
    }
    if (arguments.contains("targets")) {
      wants.add(make("web-1", "vm", Fields.EMPTY));
      wants.add(make("web-2", "vm", Fields.EMPTY));
    }
    return wants;
  }

  /** A value for every argument that offerings know. */
  private static Map<String, Value> every() {
    var every = new LinkedHashMap<String, Value>();
    every.put("size", Value.text("medium"));
    every.put("disk", Value.num(40));
    every.put("network", Value.text("net"));
    every.put("subnet", Value.text("sub"));
    every.put("firewall", Value.text("fw"));
    every.put("key", Value.text("cmk"));
    every.put("role", Value.text("runner"));
    every.put("storage", Value.num(64));
    every.put("multiAz", Value.bool(true));
    every.put("ports", new Value.Items(List.of(Value.num(443), Value.num(8443))));
    every.put("source", Value.text("192.168.0.0/16"));
    every.put("protocol", Value.text("tcp"));
    every.put("port", Value.num(8080));
    every.put("targets", Value.texts(List.of("web-1", "web-2")));
    every.put("public", Value.bool(false));
    every.put("versioned", Value.bool(false));
    every.put("encrypted", Value.bool(true));
    every.put("cidr", Value.text("10.0.0.0/20"));
    every.put("zone", Value.text("dns"));
    every.put("record", Value.text("192.0.2.7"));
    every.put("ttl", Value.num(60));
    every.put("retention", Value.num(14));
    every.put("timeout", Value.num(45));
    every.put("fifo", Value.bool(true));
    every.put("functionMemory", Value.num(512));
    every.put("replicas", Value.num(3));
    every.put("nodes", Value.num(3));
    every.put("domain", Value.text("www.example.com"));
    every.put("certificate", Value.text("arn:aws:acm:eu-west-1:111122223333:certificate/0a1b"));
    return every;
  }

  private static Set<String> mentions(Offering offering) {
    var mentions = new LinkedHashSet<String>();
    for (Offering.Part part : offering.parts()) {
      var matcher = MENTION.matcher(Json.write(part.properties()));
      while (matcher.find()) {
        mentions.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      part.only().forEach(only -> mentions.add(only.replace("!", "")));
    }
    return mentions;
  }

  private static Fields mentioned(Offering offering) {
    var arguments = new LinkedHashMap<String, Value>();
    Map<String, Value> every = every();
    for (String name : mentions(offering)) {
      if (every.containsKey(name)) {
        arguments.put(name, every.get(name));
      }
    }
    return new Fields(arguments);
  }

  private static Want make(String name, String service, Fields arguments) {
    return new Want.Make(name, new Want.OfService(service, arguments), Place.ANY);
  }

  private static Offering offering(String family, String service) {
    return Cloudware.of(family).catalog().offerings().stream()
        .filter(one -> one.service().equals(service))
        .findFirst()
        .orElseThrow();
  }
}
